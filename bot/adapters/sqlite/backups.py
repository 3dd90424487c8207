"""Whole copies of the database, and what a damaged file is exchanged for."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.sqlite.connection import connect
from bot.adapters.sqlite.errors import CannotOpen
from bot.adapters.sqlite.health import Health, health_of, version_of
from bot.services.ports import StoreUnwritable

KEPT_FOR = timedelta(days=14)
EVERY = timedelta(days=1)

_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(\d{8}T\d{12}Z)-v\d+\.sqlite3")
_ASIDE = re.compile(r"damaged-(\d{8}T\d{12}Z)\.sqlite3(?:-wal|-shm)?")


class Backups:
    """The folder of backups. A file in it is whole, or it is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, raw: sqlite3.Connection, now: datetime) -> Path:
        """Write a backup and put away those that are old enough. Raises `StoreUnwritable`."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        name = f"{now.astimezone(UTC):{_STAMP}}-v{version_of(raw)}.sqlite3"
        part = self._folder / f"{name}.part"
        try:
            part.unlink(missing_ok=True)
            raw.execute("VACUUM INTO ?", (str(part),))
            part.chmod(0o600)
            _put_in_place(part, self._folder / name)
            self.tidy(now)
        except OSError as error:
            raise StoreUnwritable(StoreUnwritable.__doc__) from error
        return self._folder / name

    def tidy(self, now: datetime) -> None:
        """Remove what a crash left half made, and what is too old; the newest backup stays."""
        if not self._folder.exists():
            return
        for part in self._folder.glob("*.part*"):
            part.unlink(missing_ok=True)
        aside = [path for path in self._folder.iterdir() if _ASIDE.fullmatch(path.name)]
        for path in (*self._newest_first()[1:], *aside):
            if taken_at(path) < now - KEPT_FOR:
                path.unlink(missing_ok=True)

    def is_due(self, now: datetime) -> bool:
        """Tell whether the newest backup is a day old, or there is none."""
        newest = self._newest_first()[:1]
        return not newest or taken_at(newest[0]) <= now - EVERY

    def newest_good(self, latest: int) -> Path | None:
        """Return the newest backup that is whole and that this version can read."""
        return next((path for path in self._newest_first() if _is_good(path, latest)), None)

    def restore(self, backup: Path, path: Path) -> None:
        """Put a copy of a backup in the database's place."""
        part = path.with_name(f"{path.name}.part")
        shutil.copyfile(backup, part)
        part.chmod(0o600)
        _put_in_place(part, path)

    def move_aside(self, path: Path, now: datetime) -> Path | None:
        """Put a database with its side files away; return where it is now, None without one."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        target = self._folder / f"damaged-{now.astimezone(UTC):{_STAMP}}.sqlite3"
        for suffix in ("-wal", "-shm", ""):
            source = path.with_name(path.name + suffix)
            if source.exists():
                source.replace(target.with_name(target.name + suffix))
        return target if target.exists() else None

    def _newest_first(self) -> list[Path]:
        if not self._folder.exists():
            return []
        return sorted((p for p in self._folder.iterdir() if _NAME.fullmatch(p.name)), reverse=True)


def taken_at(path: Path) -> datetime:
    """Return the time in the name of a backup, or of a file put aside."""
    found = _NAME.fullmatch(path.name) or _ASIDE.fullmatch(path.name)
    if found is None:
        raise ValueError(f"not the name of a backup: {path.name}")
    return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)


def _is_good(path: Path, latest: int) -> bool:
    try:
        if health_of(path) is not Health.GOOD:
            return False
    except (CannotOpen, StoreUnwritable):
        return False
    connection = connect(path)
    try:
        return version_of(connection) <= latest
    finally:
        connection.close()


def _put_in_place(part: Path, path: Path) -> None:
    """Rename a finished file, so that after a power cut it is there whole or not at all."""
    _sync(part)
    part.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
