"""What may be kept, in what form and for how long: the rules every store shares."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.services.records import Changes, Letter, LetterKind, Seen
from bot.services.snowflake import sent_at

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Value = TypeVar("Value", bound=DataclassInstance)

CLOSED_CASES = timedelta(days=30)
"""After this a closed case becomes a count; what surrounds it goes with it."""
WITHDRAWN_CASES = timedelta(hours=24)
"""After this a case goes whose question was deleted or taken back, with the record of it."""
ENDED_ALARMS = timedelta(days=7)
"""After this an ended alarm goes: that somebody was in danger is the most private thing we hold."""
EVENTS = timedelta(days=90)
"""After this the record of who did what to a case goes."""
SMALLEST_COUNT = 5
"""Smaller counts could point at one family, so they are never shown."""
ABOUT_DANGER = frozenset(
    {LetterKind.CARD, LetterKind.CARD_ALONE, LetterKind.ALERT, LetterKind.ALERT_HERE}
)
"""Letters that tell that there was an alarm, and so go with it."""

_TOKEN = re.compile(r"[a-z0-9:_-]{1,64}")
_STAND_IN = re.compile(r"[A-Za-z0-9:._=-]{1,64}")


@dataclass(frozen=True, slots=True)
class Erasure:
    """Somebody asked to be forgotten, and when."""

    author: str
    at: datetime


def check_changes(changes: Changes) -> None:
    """Refuse words where only ids, numbers and states may stand. Raises `ValueError`."""
    for case in (write.case for write in changes.cases):
        check_stand_in(case.asker)
        for part in case.parts:
            _check_tokens(filter(None, (part.entry, *part.near)))
    for write in changes.alarms:
        check_stand_in(write.alarm.asker)
    for letter in changes.letters:
        check_letter(letter)
    _check_tokens(row.timer for due in changes.due for row in due.rows)


def check_letter(letter: Letter) -> None:
    """Refuse a letter that carries words. Raises `ValueError`."""
    _check_content(letter.content)
    if letter.reason is not None:
        check_token(letter.reason)


def check_token(text: str) -> None:
    """Refuse anything but one of our own ids or words. Raises `ValueError`."""
    if not _TOKEN.fullmatch(text):
        raise ValueError("only our own ids may be kept, never words")


def check_stand_in(author: str) -> None:
    """Refuse an author who is not a stand-in. Raises `ValueError`."""
    if not _STAND_IN.fullmatch(author):
        raise ValueError("an author is kept only as a stand-in")


def content_to_json(content: Mapping[str, object]) -> str:
    """Return a letter's content as it is kept."""
    return json.dumps(content, separators=(",", ":"), allow_nan=False)


def content_from_json(text: str) -> Mapping[str, object]:
    """Return a letter's content as it was kept; sequences come back as lists."""
    content: dict[str, object] = json.loads(text)
    return content


def in_milliseconds(value: Value) -> Value:
    """Return a value with its own times in UTC and cut to milliseconds, as they are kept."""
    fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
    times = {name: cut(at) for name, at in fields if isinstance(at, datetime)}
    return dataclasses.replace(value, **times) if times else value


def cut(at: datetime) -> datetime:
    """Return a time in UTC, cut to milliseconds. Raises `ValueError` without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def written_at(seen: Seen) -> datetime:
    """Return when a member wrote what was seen: the edit's time, or the message's own."""
    edited = datetime.fromtimestamp(seen.revision / 1000, UTC)
    return max(edited, sent_at(seen.message_id))


def ledger_line(erasure: Erasure) -> str:
    """Return an erasure as a line of the ledger that lies beside the database."""
    return f"{erasure.at.isoformat()} {erasure.author}\n"


def erasures_in(ledger: str) -> Iterator[Erasure]:
    """Read a ledger; a line that a crash cut short was never acknowledged and is passed over."""
    for line in ledger.splitlines():
        when, _, author = line.partition(" ")
        try:
            check_stand_in(author)
            yield Erasure(author, cut(datetime.fromisoformat(when)))
        except ValueError:
            continue


def _check_tokens(texts: Iterable[str]) -> None:
    for text in texts:
        check_token(text)


def _check_content(value: object) -> None:
    match value:
        case str():
            check_token(value)
        case None | bool() | int() | float():
            pass
        case Mapping():
            for key, inner in value.items():
                _check_content(str(key))
                _check_content(inner)
        case list() | tuple():
            for inner in value:
                _check_content(inner)
        case _:
            raise ValueError("a letter keeps ids and numbers only")
