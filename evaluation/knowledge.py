"""The knowledge as the matcher learns it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.guidance.entry import Entry
from bot.guidance.knowledge import Knowledge, load_knowledge
from bot.matching.topic import Synonym, Topic

ROOT = Path(__file__).parents[1] / "knowledge"


@cache
def _knowledge(root: Path) -> Knowledge:
    return load_knowledge(root)


def read_topics(root: Path = ROOT) -> tuple[Topic, ...]:
    """Give every entry as the matcher sees it."""
    return tuple(topic(entry) for entry in _knowledge(root).entries.values())


def read_synonyms(root: Path = ROOT) -> tuple[Synonym, ...]:
    """Give the glossary's old and new words."""
    found = _knowledge(root).glossary.synonyms()
    return tuple(Synonym(same.canonical, same.variants, same.weak) for same in found)


def topic(entry: Entry) -> Topic:
    """Give one entry as the matcher sees it."""
    body = (entry.short, *entry.now, *(line.says for line in entry.law), *entry.careful)
    return Topic(
        id=entry.id,
        title=entry.title,
        nations=entry.nations,
        asks=entry.asks,
        keywords=entry.keywords,
        body=" ".join(body),
        answer_at=entry.answer_at,
        signpost_only=entry.signpost_only,
        stories=entry.stories,
    )
