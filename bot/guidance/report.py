"""Figures about the knowledge: how much of it there is, how sound, and what is due next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from bot.guidance.entry import Entry, Mark
from bot.guidance.knowledge import Knowledge
from bot.guidance.readability import grade_reader, reading_age
from bot.guidance.rules.review import rests_on_memory


@dataclass(frozen=True, slots=True)
class Figures:
    """What `alongside knowledge report` prints."""

    entries: int
    by_status: Mapping[str, int]
    by_nation: Mapping[str, int]
    by_cluster: Mapping[str, int]
    by_mark: Mapping[str, int]
    """Law lines and deadlines together."""
    asks: Mapping[str, int]
    """Phrasings per entry, fewest first."""
    stories: int
    """Whole made-up posts in all entries."""
    on_memory: tuple[str, ...]
    """Entries with a law line or a time limit still to be confirmed."""
    noted: tuple[str, ...]
    """The other entries whose notes say that some advice rests on memory."""
    without_source: tuple[str, ...]
    signpost_only: tuple[str, ...]
    reading_ages: Mapping[str, float]
    """Per entry, hardest first; empty where it could not be measured."""
    due: tuple[tuple[date, str], ...]
    """When each entry is due for review, soonest first."""
    services: int
    services_unverified: tuple[str, ...]
    areas: int
    terms: int


def figures(knowledge: Knowledge) -> Figures:
    """Count what a loaded knowledge holds."""
    entries = knowledge.entries
    services = knowledge.directory.services.values()
    return Figures(
        entries=len(entries),
        by_status=_count(entries, lambda e: [e.review.status.value]),
        by_nation=_count(entries, lambda e: [nation.value for nation in e.nations]),
        by_cluster=_count(entries, lambda e: [e.cluster]),
        by_mark=_count(entries, _marks),
        asks=_sorted({each: len(entry.asks) for each, entry in entries.items()}),
        stories=sum(len(entry.stories) for entry in entries.values()),
        on_memory=tuple(each for each, entry in entries.items() if rests_on_memory(entry)),
        noted=tuple(each for each, entry in entries.items() if _noted(entry)),
        without_source=tuple(each for each, entry in entries.items() if not entry.sources),
        signpost_only=tuple(each for each, entry in entries.items() if entry.signpost_only),
        reading_ages=_reading_ages(entries),
        due=due_soonest(knowledge),
        services=len(services),
        services_unverified=tuple(s.id for s in services if s.verified_on is None),
        areas=len(knowledge.areas.areas),
        terms=len(knowledge.glossary.terms),
    )


def due_soonest(knowledge: Knowledge) -> tuple[tuple[date, str], ...]:
    """Return when each entry is due for review, soonest first."""
    return tuple(sorted((entry.review.due, each) for each, entry in knowledge.entries.items()))


def due_by(knowledge: Knowledge, day: date) -> tuple[tuple[date, str], ...]:
    """Return the entries due on or before a day, longest due first."""
    return tuple((due, each) for due, each in due_soonest(knowledge) if due <= day)


def _count(entries: Mapping[str, Entry], words: Callable[[Entry], list[str]]) -> Mapping[str, int]:
    return dict(Counter(word for entry in entries.values() for word in words(entry)).most_common())


def _marks(entry: Entry) -> list[str]:
    marks: list[Mark] = [line.mark for line in entry.law]
    marks += [deadline.mark for deadline in entry.deadlines]
    return [mark.value for mark in marks]


def _noted(entry: Entry) -> bool:
    named = any("memory" in note.lower() for note in entry.review.notes)
    return named and not rests_on_memory(entry)


def _reading_ages(entries: Mapping[str, Entry]) -> Mapping[str, float]:
    grade = grade_reader()
    if grade is None:
        return {}
    ages = {each: reading_age(entry, grade) for each, entry in entries.items()}
    return dict(sorted(ages.items(), key=lambda pair: (-pair[1], pair[0])))


def _sorted(counts: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (pair[1], pair[0])))


def middle(values: Mapping[str, float] | Mapping[str, int]) -> float:
    """Return the median, or 0 where there is nothing."""
    return float(median(values.values())) if values else 0.0
