"""What can go wrong with the file, in words for whoever runs the bot."""

from __future__ import annotations

import sqlite3

from bot.services.ports import StoreUnwritable

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNWRITABLE = _BUSY | {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}


class CannotOpen(Exception):
    """The database cannot be opened."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


class AlreadyRunning(CannotOpen):
    """Alongside is already running with this database. Stop it first: two would answer twice."""


class NewerFile(CannotOpen):
    """A newer version of Alongside has written this database. Please update before starting."""


class ForeignFile(CannotOpen):
    """The database file belongs to another program. Nothing in it has been changed."""


class StoreDamaged(StoreUnwritable):
    """The database file is damaged or gone. A restart brings back the newest good backup."""


def is_busy(error: BaseException) -> bool:
    """Tell whether somebody else holds the file just now."""
    return _code(error) in _BUSY


def is_damage(error: BaseException) -> bool:
    """Tell whether the file itself is broken, as opposed to out of reach."""
    short_read = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_IOERR_SHORT_READ
    return short_read or _code(error) in _DAMAGED


def spoils_all(error: BaseException) -> bool:
    """Tell whether an error belongs to the file, and so to everything written along with it."""
    return is_damage(error) or _code(error) in _UNWRITABLE or isinstance(error, StoreUnwritable)


def in_our_words(error: BaseException) -> BaseException:
    """Return the error of the ports that stands for one of SQLite's, or the error itself."""
    if is_damage(error):
        return StoreDamaged(StoreDamaged.__doc__)
    if _code(error) in _UNWRITABLE:
        return StoreUnwritable(StoreUnwritable.__doc__)
    return error


def _code(error: BaseException) -> int | None:
    extended = getattr(error, "sqlite_errorcode", None)
    return None if extended is None else extended & 0xFF
