"""The inbox and the cursors: what has reached us, and how far each channel is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.adapters.sqlite import rows
from bot.services import kept
from bot.services.records import Seen

_RECEIVE = f"""
INSERT INTO inbox ({rows.SEEN}) SELECT {rows.marks(rows.SEEN)}
WHERE NOT EXISTS (SELECT 1 FROM erasures WHERE author = ? AND at >= ?)
ON CONFLICT DO NOTHING
"""


def receive(raw: sqlite3.Connection, seen: Sequence[Seen]) -> frozenset[tuple[int, int]]:
    """Keep messages; what an erased member wrote before their erasure is not taken in again."""
    fresh = set()
    for one in seen:
        written = rows.to_ms(kept.written_at(one))
        if raw.execute(_RECEIVE, (*rows.seen_row(one), one.author, written)).rowcount:
            fresh.add((one.message_id, one.revision))
    return frozenset(fresh)


def unfinished(raw: sqlite3.Connection, limit: int) -> tuple[Seen, ...]:
    """Return messages not done, oldest first."""
    found = raw.execute(
        f"SELECT {rows.SEEN} FROM inbox WHERE done = 0"
        " ORDER BY seen_at, message_id, revision LIMIT ?",
        (limit,),
    )
    return tuple(map(rows.seen_of, found))


def finish(raw: sqlite3.Connection, done: Sequence[tuple[int, int]]) -> None:
    """Mark messages as dealt with."""
    raw.executemany("UPDATE inbox SET done = 1 WHERE message_id = ? AND revision = ?", done)


def cursor(raw: sqlite3.Connection, channel_id: int) -> int | None:
    """Return a channel's cursor."""
    sql = "SELECT message_id FROM cursors WHERE channel_id = ?"
    row = raw.execute(sql, (channel_id,)).fetchone()
    return None if row is None else int(row[0])


def move_cursor(raw: sqlite3.Connection, channel_id: int, message_id: int) -> None:
    """Advance a channel's cursor; never moves it back."""
    raw.execute(
        "INSERT INTO cursors (channel_id, message_id) VALUES (?, ?) ON CONFLICT DO UPDATE"
        " SET message_id = max(message_id, excluded.message_id)",
        (channel_id, message_id),
    )
