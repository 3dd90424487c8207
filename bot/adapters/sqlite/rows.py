"""The one place where rows become values and values become rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.care.concern import Flow, Level, Who
from bot.cases.case import Case, State
from bot.cases.event import Event, EventKind
from bot.cases.nation import Nation
from bot.cases.part import Part, PartStatus
from bot.services import kept
from bot.services.records import (
    Alarm,
    AlarmState,
    DueKind,
    DueRow,
    GuildSettings,
    Letter,
    LetterKind,
    LetterState,
    Seen,
)

Row = Sequence[Any]

SEEN = "message_id, revision, guild_id, channel_id, author, seen_at"
CASE = (
    "id, guild_id, channel_id, asker, opened_at, state, waiting_since, flags, flagged_at,"
    " claimed_by, claimed_at, snoozed_until, human_at, closed_at, outcome_asked, version"
)
PART = "case_id, place, number, status, entry, near"
EVENT = "kind, case_id, at, part, by, count"
LETTER = (
    "subject, kind, seq, guild_id, channel_id, created_at, reply_to, content, state,"
    " first_try_at, tries, next_try_at, message_id, reason"
)
ALARM = (
    "id, guild_id, channel_id, asker, level, who, flow, raised_at, state, pings, by,"
    " changed_at, version"
)
DUE = "kind, owner, timer, at"
GUILD = (
    "guild_id, volunteers_channel, volunteer_role, lead_role, watching_since, panel_message,"
    " plain_text, nation"
)


def marks(columns: str) -> str:
    """Return as many question marks as there are columns."""
    return ", ".join("?" * len(columns.split(",")))


def to_ms(at: datetime) -> int:
    """Return a time in milliseconds since 1970. Raises `ValueError` without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return (at - _EPOCH) // _MILLISECOND


def time_of(ms: int) -> datetime:
    """Return the time that many milliseconds after the beginning of 1970, in UTC."""
    return _EPOCH + ms * _MILLISECOND


def seen_row(seen: Seen) -> Row:
    """Return the row of an inbox message."""
    ids = (seen.message_id, seen.revision, seen.guild_id, seen.channel_id)
    return (*ids, seen.author, to_ms(seen.seen_at))


def seen_of(row: Row) -> Seen:
    """Return the inbox message of a row."""
    return Seen(
        message_id=row[0],
        revision=row[1],
        guild_id=row[2],
        channel_id=row[3],
        author=row[4],
        seen_at=time_of(row[5]),
    )


def case_row(case: Case) -> Row:
    """Return the row of a case, without its parts."""
    return (
        case.id,
        case.guild_id,
        case.channel_id,
        case.asker,
        to_ms(case.opened_at),
        case.state,
        _ms(case.waiting_since),
        case.flags,
        _ms(case.flagged_at),
        case.claimed_by,
        _ms(case.claimed_at),
        _ms(case.snoozed_until),
        _ms(case.human_at),
        _ms(case.closed_at),
        int(case.outcome_asked),
        case.version,
    )


def case_of(row: Row, parts: Iterable[Row]) -> Case:
    """Return the case of a row and the rows of its parts."""
    return Case(
        id=row[0],
        guild_id=row[1],
        channel_id=row[2],
        asker=row[3],
        opened_at=time_of(row[4]),
        parts=tuple(
            Part(number, PartStatus(status), entry, tuple(filter(None, near.split("/"))))
            for _, _, number, status, entry, near in parts
        ),
        state=State(row[5]),
        waiting_since=_time(row[6]),
        flags=row[7],
        flagged_at=_time(row[8]),
        claimed_by=row[9],
        claimed_at=_time(row[10]),
        snoozed_until=_time(row[11]),
        human_at=_time(row[12]),
        closed_at=_time(row[13]),
        outcome_asked=bool(row[14]),
        version=row[15],
    )


def part_rows(case: Case) -> list[Row]:
    """Return the rows of a case's parts."""
    return [
        (case.id, place, part.number, part.status, part.entry, "/".join(part.near))
        for place, part in enumerate(case.parts)
    ]


def event_row(event: Event) -> Row:
    """Return the row of an event."""
    return (event.kind, event.case_id, to_ms(event.at), event.part, event.by, event.count)


def event_of(row: Row) -> Event:
    """Return the event of a row."""
    kind, case_id, at, part, by, count = row
    return Event(EventKind(kind), case_id, time_of(at), part, by, count)


def letter_row(letter: Letter) -> Row:
    """Return the row of a letter."""
    return (
        letter.subject,
        letter.kind,
        letter.seq,
        letter.guild_id,
        letter.channel_id,
        to_ms(letter.created_at),
        letter.reply_to,
        kept.content_to_json(letter.content),
        letter.state,
        _ms(letter.first_try_at),
        letter.tries,
        _ms(letter.next_try_at),
        letter.message_id,
        letter.reason,
    )


def letter_of(row: Row) -> Letter:
    """Return the letter of a row."""
    return Letter(
        subject=row[0],
        kind=LetterKind(row[1]),
        seq=row[2],
        guild_id=row[3],
        channel_id=row[4],
        created_at=time_of(row[5]),
        reply_to=row[6],
        content=kept.content_from_json(row[7]),
        state=LetterState(row[8]),
        first_try_at=_time(row[9]),
        tries=row[10],
        next_try_at=_time(row[11]),
        message_id=row[12],
        reason=row[13],
    )


def alarm_row(alarm: Alarm) -> Row:
    """Return the row of an alarm."""
    return (
        alarm.id,
        alarm.guild_id,
        alarm.channel_id,
        alarm.asker,
        alarm.level,
        alarm.who,
        alarm.flow,
        to_ms(alarm.raised_at),
        alarm.state,
        alarm.pings,
        alarm.by,
        _ms(alarm.changed_at),
        alarm.version,
    )


def alarm_of(row: Row) -> Alarm:
    """Return the alarm of a row."""
    return Alarm(
        id=row[0],
        guild_id=row[1],
        channel_id=row[2],
        asker=row[3],
        level=Level(row[4]),
        who=Who(row[5]),
        flow=Flow(row[6]),
        raised_at=time_of(row[7]),
        state=AlarmState(row[8]),
        pings=row[9],
        by=row[10],
        changed_at=_time(row[11]),
        version=row[12],
    )


def due_of(row: Row) -> DueRow:
    """Return the due time of a row."""
    return DueRow(DueKind(row[0]), row[1], row[2], time_of(row[3]))


def guild_row(settings: GuildSettings) -> Row:
    """Return the row of a guild's settings, without its help channels."""
    return (
        settings.guild_id,
        settings.volunteers_channel,
        settings.volunteer_role,
        settings.lead_role,
        _ms(settings.watching_since),
        settings.panel_message,
        int(settings.plain_text),
        settings.nation,
    )


def guild_of(row: Row, help_channels: Iterable[int]) -> GuildSettings:
    """Return the settings of a row and the guild's help channels."""
    return GuildSettings(
        guild_id=row[0],
        help_channels=frozenset(help_channels),
        volunteers_channel=row[1],
        volunteer_role=row[2],
        lead_role=row[3],
        watching_since=_time(row[4]),
        panel_message=row[5],
        plain_text=bool(row[6]),
        nation=Nation(row[7]),
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def _ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def _time(ms: int | None) -> datetime | None:
    return None if ms is None else time_of(ms)
