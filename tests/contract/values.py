"""Made-up values for the stores to keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.care.concern import Flow, Level, Who
from bot.cases.case import Case, State
from bot.cases.part import Part, PartStatus
from bot.services.records import (
    Alarm,
    AlarmState,
    AlarmWrite,
    CaseWrite,
    Changes,
    DueKind,
    DueOf,
    DueRow,
    Letter,
    LetterKind,
    Seen,
)
from bot.services.snowflake import first_at

NOW = datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC)
GUILD = 700_000_000_000_000_001
CHANNEL = 700_000_000_000_000_002
VOLUNTEERS = 700_000_000_000_000_003
ASKER = "a" * 64
OTHER = "b" * 64


def ago(**span: float) -> datetime:
    """Return a moment before `NOW`."""
    return NOW - timedelta(**span)


def message(at: datetime = NOW, place: int = 0) -> int:
    """Return an id as Discord would give it to a message of that moment."""
    return first_at(at) + place


def a_seen(at: datetime = NOW, place: int = 0, **changed: object) -> Seen:
    fields: dict[str, object] = {
        "message_id": message(at, place),
        "revision": 0,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "author": ASKER,
        "seen_at": at,
    }
    return Seen(**(fields | changed))  # type: ignore[arg-type]


def a_case(at: datetime = NOW, place: int = 0, **changed: object) -> Case:
    parts = (
        Part(1, PartStatus.ANSWERED, entry="transport-refused"),
        Part(2, PartStatus.NEEDS_WORD, near=("school-transport", "travel-training")),
    )
    fields: dict[str, object] = {
        "id": message(at, place),
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "asker": ASKER,
        "opened_at": at,
        "parts": parts,
        "waiting_since": at,
    }
    return Case(**(fields | changed))  # type: ignore[arg-type]


def a_closed_case(closed: datetime, place: int = 0, **changed: object) -> Case:
    fields: dict[str, object] = {
        "state": State.RESOLVED,
        "closed_at": closed,
        "human_at": closed,
        "waiting_since": None,
        "parts": (Part(1, PartStatus.CLOSED, entry="transport-refused"),),
    }
    return a_case(closed, place, **(fields | changed))


def an_alarm(at: datetime = NOW, place: int = 0, **changed: object) -> Alarm:
    fields: dict[str, object] = {
        "id": message(at, place),
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "asker": ASKER,
        "level": Level.IMMEDIATE,
        "who": Who.PARENT,
        "flow": Flow.PARENT_AT_RISK,
        "raised_at": at,
    }
    return Alarm(**(fields | changed))  # type: ignore[arg-type]


def an_ended_alarm(ended: datetime, place: int = 0, **changed: object) -> Alarm:
    fields: dict[str, object] = {"state": AlarmState.ENDED, "changed_at": ended, "by": 42}
    return an_alarm(ended, place, **(fields | changed))


def a_letter(
    subject: int, kind: LetterKind = LetterKind.ANSWER, seq: int = 1, **changed: object
) -> Letter:
    fields: dict[str, object] = {
        "subject": subject,
        "kind": kind,
        "seq": seq,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "created_at": NOW,
        "reply_to": subject,
        "content": {
            "entry": "transport-refused",
            "above": {"1": 7},
            "parts": [1, 2],
            "away": False,
        },
    }
    return Letter(**(fields | changed))  # type: ignore[arg-type]


def due_of(owner: int, at: datetime, kind: DueKind = DueKind.CASE, timer: str = "flag") -> DueOf:
    return DueOf(kind, owner, (DueRow(kind, owner, timer, at),))


def new(*values: Case | Alarm | Letter) -> Changes:
    """Return changes that write these values for the first time."""
    return Changes(
        cases=tuple(CaseWrite(v, None) for v in values if isinstance(v, Case)),
        alarms=tuple(AlarmWrite(v, None) for v in values if isinstance(v, Alarm)),
        letters=tuple(v for v in values if isinstance(v, Letter)),
    )
