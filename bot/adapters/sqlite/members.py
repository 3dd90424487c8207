"""What is kept about one member, and how it is erased."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.adapters.sqlite import ledger, rows
from bot.adapters.sqlite.cases import states
from bot.cases.case import OPEN
from bot.services.kept import Erasure
from bot.services.records import Held, Letter

_FOR_EVER = 1 << 62
_THEIR_CASES = "SELECT id FROM cases WHERE asker = :author AND opened_at <= :until"
_THEIR_ALARMS = "SELECT id FROM alarms WHERE asker = :author AND raised_at <= :until"
_ERASE = (
    f"DELETE FROM letters WHERE subject IN ({_THEIR_CASES} UNION {_THEIR_ALARMS})",
    f"DELETE FROM due WHERE kind = 'case' AND owner IN ({_THEIR_CASES})",
    f"DELETE FROM due WHERE kind = 'alarm' AND owner IN ({_THEIR_ALARMS})",
    "DELETE FROM inbox WHERE author = :author AND seen_at <= :until",
    f"DELETE FROM cases WHERE id IN ({_THEIR_CASES})",
    f"DELETE FROM alarms WHERE id IN ({_THEIR_ALARMS})",
    "DELETE FROM silences WHERE author = :author AND (after IS NULL OR after < :until)",
    "DELETE FROM events WHERE asker = :author AND at <= :until"
    " AND case_id NOT IN (SELECT id FROM cases)",
)
_HELD = f"""
SELECT
    (SELECT count(*) FROM cases WHERE asker = :author AND state IN ({states(OPEN)})),
    (SELECT count(*) FROM cases WHERE asker = :author AND state NOT IN ({states(OPEN)})),
    (SELECT count(*) FROM alarms WHERE asker = :author),
    EXISTS (SELECT 1 FROM silences WHERE author = :author)
"""
_LETTERS_TO = f"""
SELECT {rows.LETTER} FROM letters AS letter WHERE message_id IS NOT NULL AND (
    EXISTS (SELECT 1 FROM cases AS owner WHERE owner.id = letter.subject
        AND owner.asker = :author AND owner.channel_id = letter.channel_id)
    OR EXISTS (SELECT 1 FROM alarms AS owner WHERE owner.id = letter.subject
        AND owner.asker = :author AND owner.channel_id = letter.channel_id)
) ORDER BY letter.id
"""


def held(raw: sqlite3.Connection, author: str) -> Held:
    """Count what is kept about a member."""
    open_cases, closed_cases, alarms, silenced = raw.execute(_HELD, {"author": author}).fetchone()
    return Held(open_cases, closed_cases, alarms, bool(silenced))


def erase(raw: sqlite3.Connection, erasure: Erasure, beside: Path) -> tuple[Letter, ...]:
    """Erase a member; return our messages in their conversations.

    The ledger beside the database is written first: should the rest fail, the next start
    carries it out.
    """
    ledger.append(beside, [erasure])
    _note(raw, erasure)
    letters = tuple(map(rows.letter_of, raw.execute(_LETTERS_TO, {"author": erasure.author})))
    _remove(raw, erasure.author, _FOR_EVER)
    return letters


def replay(raw: sqlite3.Connection, beside: Path, other: Path | None) -> int:
    """Erase again everyone in the ledgers; return how many rows that removed.

    What only one of the ledgers knows is written into both of ours.
    """
    in_file = set(ledger.read(beside))
    in_table = {
        Erasure(author, rows.time_of(at))
        for author, at in raw.execute("SELECT author, at FROM erasures")
    }
    every = in_file | in_table | set(ledger.read(other) if other else ())
    in_order = sorted(every, key=lambda one: (one.at, one.author))
    ledger.append(beside, [one for one in in_order if one not in in_file])
    for one in in_order:
        _note(raw, one)
    return sum(_remove(raw, one.author, rows.to_ms(one.at)) for one in in_order)


def _note(raw: sqlite3.Connection, erasure: Erasure) -> None:
    sql = "INSERT INTO erasures (author, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
    raw.execute(sql, (erasure.author, rows.to_ms(erasure.at)))


def _remove(raw: sqlite3.Connection, author: str, until: int) -> int:
    """Remove everything of a member from `until` or before; return how many rows that were."""
    whom = {"author": author, "until": until}
    return sum(raw.execute(sql, whom).rowcount for sql in _ERASE)
