"""Whether a database file can be trusted."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path

from bot.adapters.sqlite.connection import APPLICATION_ID, connect
from bot.adapters.sqlite.errors import ForeignFile, in_our_words, is_damage

PATIENCE_MS = 60_000


class Health(StrEnum):
    """What a look at the file showed."""

    GOOD = "good"
    BLANK = "blank"
    """There is no file, or nothing in it."""
    DAMAGED = "damaged"


def health_of(path: Path) -> Health:
    """Look at a file. Raises `ForeignFile`, or `StoreUnwritable` when it is out of reach."""
    if not path.exists():
        return Health.BLANK
    connection = None
    try:
        connection = connect(path, PATIENCE_MS)
        return _look(connection)
    except sqlite3.Error as error:
        if is_damage(error):
            return Health.DAMAGED
        raise in_our_words(error) from error
    finally:
        if connection is not None:
            connection.close()


def version_of(raw: sqlite3.Connection) -> int:
    """Return the number of the last migration a file has seen."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def _look(raw: sqlite3.Connection) -> Health:
    (application,) = raw.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema")}
    if not tables and not version_of(raw):
        return Health.BLANK
    if application != APPLICATION_ID and "inbox" not in tables:
        raise ForeignFile
    if application != APPLICATION_ID or not version_of(raw) or "inbox" not in tables:
        return Health.DAMAGED
    (verdict,) = raw.execute("PRAGMA quick_check(1)").fetchone()
    return Health.GOOD if verdict == "ok" else Health.DAMAGED
