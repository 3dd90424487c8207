"""The twin's outbox: which letters are to be sent, and what became of each try."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.adapters.memory.changes import add_letter
from bot.adapters.memory.tables import Tables
from bot.services import kept
from bot.services.ports import Conflict
from bot.services.records import Letter, LetterState

_UNSENT = frozenset({LetterState.NEW, LetterState.SENDING})


def to_send(tables: Tables, now: datetime) -> tuple[Letter, ...]:
    """Return letters to be tried by `now`, oldest first."""
    rows = [x for x in _unsent(tables) if x.next_try_at is None or x.next_try_at <= now]
    return tuple(sorted(rows, key=lambda letter: letter.created_at))


def next_try(tables: Tables) -> datetime | None:
    """Return the earliest time a letter is to be tried."""
    return min((x.next_try_at or x.created_at for x in _unsent(tables)), default=None)


def sending(tables: Tables, letter: Letter, now: datetime) -> None:
    """Note a try. Raises `Conflict` when the letter was taken back or settled meanwhile."""
    known = tables.letters.get(letter.key)
    if known is None or known.state not in _UNSENT:
        raise Conflict
    tables.letters[known.key] = replace(
        known,
        state=LetterState.SENDING,
        first_try_at=known.first_try_at or kept.cut(now),
        tries=known.tries + 1,
        next_try_at=None,
    )


def sent(tables: Tables, letter: Letter, message_id: int) -> None:
    """Note that a letter arrived; the first message noted stays."""
    known = tables.letters.get(letter.key)
    if known is not None and known.state is not LetterState.SENT:
        tables.letters[known.key] = replace(
            known, state=LetterState.SENT, message_id=message_id, next_try_at=None, reason=None
        )


def retry(tables: Tables, letter: Letter, at: datetime) -> None:
    """Note when a letter not yet settled is to be tried again."""
    known = tables.letters.get(letter.key)
    if known is not None and known.state in _UNSENT:
        tables.letters[known.key] = replace(known, next_try_at=kept.cut(at))


def dead(tables: Tables, letter: Letter, reason: str, alert: Letter | None) -> None:
    """Note that a letter not yet settled was refused, with the alert about it."""
    kept.check_token(reason)
    if alert is not None:
        kept.check_letter(alert)
    known = tables.letters.get(letter.key)
    if known is None or known.state not in _UNSENT:
        return
    tables.letters[known.key] = replace(
        known, state=LetterState.DEAD, reason=reason, next_try_at=None
    )
    if alert is not None:
        add_letter(tables, alert)


def _unsent(tables: Tables) -> list[Letter]:
    return [letter for letter in tables.letters.values() if letter.state in _UNSENT]
