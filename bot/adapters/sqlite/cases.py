"""Cases, their parts, and what happened to them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.adapters.sqlite import rows
from bot.cases.case import OPEN, QUEUED, Case, State
from bot.cases.event import Event
from bot.services.ports import Conflict
from bot.services.records import CaseWrite

_INSERT = f"INSERT INTO cases ({rows.CASE}) VALUES ({rows.marks(rows.CASE)}) ON CONFLICT DO NOTHING"
_UPDATE = f"UPDATE cases SET ({rows.CASE}) = ({rows.marks(rows.CASE)}) WHERE id = ? AND version = ?"
_INSERT_PART = f"INSERT INTO parts ({rows.PART}) VALUES ({rows.marks(rows.PART)})"
_INSERT_EVENT = f"""
INSERT INTO events ({rows.EVENT}, guild_id, asker)
SELECT {rows.marks(rows.EVENT)}, coalesce(guild_id, 0), coalesce(asker, '')
FROM (SELECT 1) LEFT JOIN cases ON id = ?
"""


def states(chosen: frozenset[State]) -> str:
    """Return states as a list in SQL."""
    return ", ".join(f"'{state}'" for state in sorted(chosen))


def write(raw: sqlite3.Connection, change: CaseWrite) -> None:
    """Write a case over the version it was read at. Raises `Conflict`."""
    case = change.case
    if change.was is None:
        written = raw.execute(_INSERT, rows.case_row(case))
    else:
        written = raw.execute(_UPDATE, (*rows.case_row(case), case.id, change.was))
    if not written.rowcount:
        raise Conflict
    raw.execute("DELETE FROM parts WHERE case_id = ?", (case.id,))
    raw.executemany(_INSERT_PART, rows.part_rows(case))


def note(raw: sqlite3.Connection, events: Sequence[Event]) -> None:
    """Keep what happened."""
    raw.executemany(_INSERT_EVENT, [(*rows.event_row(one), one.case_id) for one in events])


def by_id(raw: sqlite3.Connection, case_id: int) -> Case | None:
    """Return a case."""
    return next(iter(_where(raw, "id = ?", case_id)), None)


def in_channel(raw: sqlite3.Connection, channel_id: int) -> tuple[Case, ...]:
    """Return every case of a conversation, oldest first."""
    return _where(raw, "channel_id = ? ORDER BY opened_at, id", channel_id)


def queue(raw: sqlite3.Connection, guild_id: int) -> tuple[Case, ...]:
    """Return the cases volunteers still owe a word, longest waiting first."""
    return _where(
        raw,
        f"guild_id = ? AND state IN ({states(QUEUED)})"
        " ORDER BY coalesce(waiting_since, opened_at), id",
        guild_id,
    )


def uncovered(raw: sqlite3.Connection, guild_id: int, since: datetime) -> tuple[Case, ...]:
    """Return the cases since then with a question no entry answered, newest first."""
    return _where(
        raw,
        f"guild_id = ? AND opened_at >= ? AND state <> '{State.WITHDRAWN}'"
        " AND EXISTS (SELECT 1 FROM parts WHERE case_id = id AND entry IS NULL)"
        " ORDER BY opened_at DESC, id DESC",
        guild_id,
        rows.to_ms(since),
    )


def oldest_open(raw: sqlite3.Connection, guild_id: int) -> Case | None:
    """Return the oldest open case."""
    which = f"guild_id = ? AND state IN ({states(OPEN)}) ORDER BY opened_at, id LIMIT 1"
    return next(iter(_where(raw, which, guild_id)), None)


def events_of(raw: sqlite3.Connection, case_id: int) -> tuple[Event, ...]:
    """Return what happened to a case, oldest first."""
    sql = f"SELECT {rows.EVENT} FROM events WHERE case_id = ? ORDER BY at, id"
    return tuple(map(rows.event_of, raw.execute(sql, (case_id,))))


def _where(raw: sqlite3.Connection, which: str, *values: int) -> tuple[Case, ...]:
    """Return cases with their parts, in two questions however many there are."""
    found = raw.execute(f"SELECT {rows.CASE} FROM cases WHERE {which}", values).fetchall()
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    chosen = f"SELECT id FROM cases WHERE {which}"
    sql = f"SELECT {rows.PART} FROM parts WHERE case_id IN ({chosen}) ORDER BY case_id, place"
    for part in raw.execute(sql, values):
        parts[part[0]].append(part)
    return tuple(rows.case_of(row, parts[row[0]]) for row in found)
