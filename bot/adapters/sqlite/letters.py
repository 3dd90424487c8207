"""The outbox: letters on their way, and what became of each try."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from bot.adapters.sqlite import rows
from bot.services.ports import Conflict
from bot.services.records import Letter

UNSENT = "state IN ('new', 'sending')"

_INSERT = (
    f"INSERT INTO letters ({rows.LETTER}) VALUES ({rows.marks(rows.LETTER)})"
    " ON CONFLICT (subject, kind, seq) DO NOTHING"
)
_KEY = "subject = ? AND kind = ? AND seq = ?"


def add(raw: sqlite3.Connection, letters: Iterable[Letter]) -> None:
    """Put letters in the outbox; one whose key is there already is left as it is."""
    raw.executemany(_INSERT, map(rows.letter_row, letters))


def recall(raw: sqlite3.Connection, subjects: Iterable[int]) -> None:
    """Take back the letters of these subjects that were never tried."""
    raw.executemany(
        "DELETE FROM letters WHERE subject = ? AND state = 'new' AND tries = 0",
        [(subject,) for subject in subjects],
    )


def to_send(raw: sqlite3.Connection, now: datetime, limit: int) -> tuple[Letter, ...]:
    """Return letters to be tried by `now`, oldest first."""
    found = raw.execute(
        f"SELECT {rows.LETTER} FROM letters WHERE {UNSENT}"
        " AND (next_try_at IS NULL OR next_try_at <= ?) ORDER BY created_at, id LIMIT ?",
        (rows.to_ms(now), limit),
    )
    return tuple(map(rows.letter_of, found))


def of_subject(raw: sqlite3.Connection, subject: int) -> tuple[Letter, ...]:
    """Return every letter of a case or an alarm, in the order they were written."""
    sql = f"SELECT {rows.LETTER} FROM letters WHERE subject = ? ORDER BY id"
    return tuple(map(rows.letter_of, raw.execute(sql, (subject,))))


def sent_as(raw: sqlite3.Connection, message_id: int) -> Letter | None:
    """Return the letter a message of ours is."""
    sql = f"SELECT {rows.LETTER} FROM letters WHERE message_id = ? ORDER BY id LIMIT 1"
    row = raw.execute(sql, (message_id,)).fetchone()
    return None if row is None else rows.letter_of(row)


def next_try(raw: sqlite3.Connection) -> datetime | None:
    """Return the earliest time a letter is to be tried."""
    sql = f"SELECT min(coalesce(next_try_at, created_at)) FROM letters WHERE {UNSENT}"
    (at,) = raw.execute(sql).fetchone()
    return None if at is None else rows.time_of(at)


def sending(raw: sqlite3.Connection, letter: Letter, now: datetime) -> None:
    """Note a try. Raises `Conflict` when the letter was taken back or settled meanwhile."""
    noted = raw.execute(
        "UPDATE letters SET state = 'sending', first_try_at = coalesce(first_try_at, ?),"
        f" tries = tries + 1, next_try_at = NULL WHERE {_KEY} AND {UNSENT}",
        (rows.to_ms(now), *letter.key),
    )
    if not noted.rowcount:
        raise Conflict


def sent(raw: sqlite3.Connection, letter: Letter, message_id: int) -> None:
    """Note that a letter arrived; the first message noted stays."""
    raw.execute(
        "UPDATE letters SET state = 'sent', message_id = ?, next_try_at = NULL, reason = NULL"
        f" WHERE {_KEY} AND state <> 'sent'",
        (message_id, *letter.key),
    )


def retry(raw: sqlite3.Connection, letter: Letter, at: datetime) -> None:
    """Note when a letter not yet settled is to be tried again."""
    sql = f"UPDATE letters SET next_try_at = ? WHERE {_KEY} AND {UNSENT}"
    raw.execute(sql, (rows.to_ms(at), *letter.key))


def dead(raw: sqlite3.Connection, letter: Letter, reason: str, alert: Letter | None) -> None:
    """Note that a letter not yet settled was refused, with the alert about it."""
    sql = f"UPDATE letters SET state = 'dead', reason = ?, next_try_at = NULL WHERE {_KEY}"
    noted = raw.execute(f"{sql} AND {UNSENT}", (reason, *letter.key))
    if noted.rowcount and alert is not None:
        add(raw, (alert,))


def forget_channel(raw: sqlite3.Connection, channel_id: int) -> None:
    """Drop the cursor and the unsent letters of a channel."""
    raw.execute("DELETE FROM cursors WHERE channel_id = ?", (channel_id,))
    raw.execute(f"DELETE FROM letters WHERE channel_id = ? AND {UNSENT}", (channel_id,))
