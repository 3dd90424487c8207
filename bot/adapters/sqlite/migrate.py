"""Numbered migrations, forward only, each in one transaction with the number it leaves."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.adapters.sqlite.backups import Backups
from bot.adapters.sqlite.connection import APPLICATION_ID
from bot.adapters.sqlite.errors import NewerFile
from bot.adapters.sqlite.health import version_of

MIGRATIONS = Path(__file__).parent / "migrations"

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    sql: str


def load(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """Return the migrations of a folder in order. Raises `ValueError` if a number is missing."""
    found: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        name = _NAME.fullmatch(path.name)
        if name is None or int(name[1]) != len(found) + 1:
            raise ValueError(f"a migration out of its order: {path.name}")
        found.append(Migration(int(name[1]), path.read_text("utf-8")))
    return tuple(found)


def migrate(
    raw: sqlite3.Connection, migrations: tuple[Migration, ...], backups: Backups, now: datetime
) -> int:
    """Bring a file to the newest schema, with a backup before each step; return what it was.

    Raises `NewerFile`. A step that fails leaves the file as it was before that step.
    """
    before = version_of(raw)
    if before > len(migrations):
        raise NewerFile
    for migration in migrations[before:]:
        if version_of(raw):
            backups.take(raw, now)
        _carry_out(raw, migration)
    return before


def _carry_out(raw: sqlite3.Connection, migration: Migration) -> None:
    marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {migration.number};"
    try:
        raw.executescript(f"BEGIN IMMEDIATE;\n{migration.sql}\n{marks}\nCOMMIT;")
    except sqlite3.Error:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
