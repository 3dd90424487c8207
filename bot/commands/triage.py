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
    for place, line in _lines(sys.stdin.buffer):
        try:
            post_id, text = read_post(line)
        except ValueError:
            bad += 1
            print(
                f'line {place}: expected {{"id": …, "text": …}}; this line was passed over',
                file=sys.stderr,
            )
            continue
        # Left in ASCII: an id of half a character would break any other way of writing it.
        print(json.dumps(one(taken, post_id, text)), flush=True)
    return 1 if bad else 0


def read_post(line: bytes) -> tuple[str | int, str]:
    """Return one line's id, as it was given, and its text.

    Raises `ValueError` if the line is anything else.
    """
    try:
        post = json.loads(line.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    match post:
        case {"id": str() | int() as post_id, "text": str() as text}:
            return post_id, text
    raise ValueError("no post")


def one(taken: Snapshot, post_id: str | int, text: str) -> dict[str, object]:
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


def _lines(stream: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for place, line in enumerate(stream, start=1):
        if line.strip():
            yield place, line
