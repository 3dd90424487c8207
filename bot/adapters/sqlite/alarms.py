"""Alarms, and the times at which anything must be looked at."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.adapters.sqlite import rows
from bot.services.ports import Conflict
from bot.services.records import Alarm, AlarmWrite, DueOf, DueRow

_INSERT = (
    f"INSERT INTO alarms ({rows.ALARM}) VALUES ({rows.marks(rows.ALARM)}) ON CONFLICT DO NOTHING"
)
_UPDATE = (
    f"UPDATE alarms SET ({rows.ALARM}) = ({rows.marks(rows.ALARM)}) WHERE id = ? AND version = ?"
)


def write(raw: sqlite3.Connection, change: AlarmWrite) -> None:
    """Write an alarm over the version it was read at. Raises `Conflict`."""
    alarm = change.alarm
    if change.was is None:
        written = raw.execute(_INSERT, rows.alarm_row(alarm))
    else:
        written = raw.execute(_UPDATE, (*rows.alarm_row(alarm), alarm.id, change.was))
    if not written.rowcount:
        raise Conflict


def by_id(raw: sqlite3.Connection, alarm_id: int) -> Alarm | None:
    """Return an alarm."""
    return next(iter(_where(raw, "id = ?", alarm_id)), None)


def in_channel(raw: sqlite3.Connection, channel_id: int) -> tuple[Alarm, ...]:
    """Return every alarm of a conversation, oldest first."""
    return _where(raw, "channel_id = ?", channel_id)


def not_ended(raw: sqlite3.Connection, guild_id: int) -> tuple[Alarm, ...]:
    """Return the alarms nobody has ended, oldest first."""
    return _where(raw, "guild_id = ? AND state <> 'ended'", guild_id)


def replace_due(raw: sqlite3.Connection, due: DueOf) -> None:
    """Replace all due rows of one owner."""
    raw.execute("DELETE FROM due WHERE kind = ? AND owner = ?", (due.kind, due.owner))
    raw.executemany(
        f"INSERT OR REPLACE INTO due ({rows.DUE}) VALUES ({rows.marks(rows.DUE)})",
        [(due.kind, due.owner, row.timer, rows.to_ms(row.at)) for row in due.rows],
    )


def due_by(raw: sqlite3.Connection, now: datetime, limit: int) -> tuple[DueRow, ...]:
    """Return what is due, earliest first."""
    found = raw.execute(
        f"SELECT {rows.DUE} FROM due WHERE at <= ? ORDER BY at, kind, owner, timer LIMIT ?",
        (rows.to_ms(now), limit),
    )
    return tuple(map(rows.due_of, found))


def next_due(raw: sqlite3.Connection) -> datetime | None:
    """Return the earliest time anything comes due."""
    (at,) = raw.execute("SELECT min(at) FROM due").fetchone()
    return None if at is None else rows.time_of(at)


def _where(raw: sqlite3.Connection, which: str, value: int) -> tuple[Alarm, ...]:
    sql = f"SELECT {rows.ALARM} FROM alarms WHERE {which} ORDER BY raised_at, id"
    return tuple(map(rows.alarm_of, raw.execute(sql, (value,))))
