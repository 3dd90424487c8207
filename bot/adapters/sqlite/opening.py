"""Getting the file ready before anything is served: whole, up to date, backed up."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.adapters.sqlite.backups import Backups, taken_at
from bot.adapters.sqlite.connection import connect, set_up
from bot.adapters.sqlite.errors import in_our_words
from bot.adapters.sqlite.health import PATIENCE_MS, Health, health_of
from bot.adapters.sqlite.lock import Lock
from bot.adapters.sqlite.migrate import Migration, migrate
from bot.services.ports import StoreUnwritable


@dataclass(frozen=True, slots=True)
class OpenReport:
    """What opening the database found and did."""

    created: bool
    """The database is new and empty."""
    damaged: Path | None
    """Where a file that could not be trusted was put."""
    restored: Path | None
    """The backup that took its place."""
    gap_since: datetime | None
    """From when on rows may be missing, so that catch-up looks that far back."""
    version_before: int
    version: int
    erased_again: int = 0
    """Rows of members who had asked to be forgotten, and whom a backup brought back."""


def claim(path: Path) -> Lock:
    """Make sure the folder is there and nobody else uses it. Raises `AlreadyRunning`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Lock(path.with_name(f"{path.name}.lock"))
    except OSError as error:
        raise StoreUnwritable(StoreUnwritable.__doc__) from error


def backups_of(path: Path) -> Backups:
    """Return the backups of a database."""
    return Backups(path.parent / "backups")


def prepare(path: Path, now: datetime, migrations: tuple[Migration, ...]) -> OpenReport:
    """Check, restore if need be, migrate and back up a database.

    Raises `CannotOpen` of some kind, or `StoreUnwritable`.
    """
    try:
        return _prepare(path, now, migrations)
    except OSError as error:
        raise StoreUnwritable(StoreUnwritable.__doc__) from error
    except sqlite3.Error as error:
        raise in_our_words(error) from error


def _prepare(path: Path, now: datetime, migrations: tuple[Migration, ...]) -> OpenReport:
    backups = backups_of(path)
    backups.tidy(now)
    damaged = restored = None
    health = health_of(path)
    if health is not Health.GOOD:
        restored = backups.newest_good(len(migrations))
        # A log without its database would be played into whatever takes the database's place.
        if restored or health is Health.DAMAGED or not path.exists():
            damaged = backups.move_aside(path, now)
        if restored:
            backups.restore(restored, path)
    path.touch(mode=0o600)
    before = _bring_up_to_date(path, now, migrations, backups)
    return OpenReport(
        created=before == 0,
        damaged=damaged,
        restored=restored,
        gap_since=taken_at(restored) if restored else None,
        version_before=before,
        version=len(migrations),
    )


def _bring_up_to_date(
    path: Path, now: datetime, migrations: tuple[Migration, ...], backups: Backups
) -> int:
    """Migrate, and take the day's backup; return the version found."""
    raw = connect(path, PATIENCE_MS)
    try:
        set_up(raw)
        before = migrate(raw, migrations, backups, now)
        if before and backups.is_due(now):
            backups.take(raw, now)
    finally:
        raw.close()
    return before
