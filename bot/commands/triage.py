"""`alongside triage --jsonl`: what the bot would do with each post. No database, no network."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

from bot.bootstrap import snapshot
from bot.care.assess import assess
from bot.care.details import find_details
from bot.matching.triage import triage
from bot.services.library import Snapshot
from bot.settings import Settings


def triage_lines(settings: Settings) -> int:
    """Read JSON lines from standard input, write one each; return 1 if any could not be read."""
    taken = snapshot(settings.knowledge, settings.cache)
    bad = 0
    for place, line in _lines(sys.stdin):
        try:
            post = json.loads(line)
            answer = one(taken, str(post["id"]), str(post["text"]))
        except (ValueError, TypeError, KeyError):
            bad += 1
            print(
                f'line {place}: expected {{"id": …, "text": …}}; this line was passed over',
                file=sys.stderr,
            )
            continue
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 1 if bad else 0


def one(taken: Snapshot, post_id: str, text: str) -> dict[str, object]:
    """Return what the bot would do with one post."""
    concern = assess(text, taken.playbook)
    summed = triage(taken.matcher.hear(text))
    return {
        "id": post_id,
        "action": "crisis" if concern else summed.action.value,
        "topics": list(summed.topics),
        "crisis": concern.level.value if concern else None,
        "pii": bool(find_details(text, known_numbers=taken.helplines)),
    }


def _lines(stream: Iterable[str]) -> Iterator[tuple[int, str]]:
    for place, line in enumerate(stream, start=1):
        if line.strip():
            yield place, line
