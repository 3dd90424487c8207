"""The connection: how it is set up, and the one thread all work on it runs on."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar, cast

import aiosqlite

from bot.adapters.sqlite.errors import StoreDamaged, in_our_words, is_busy

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]

APPLICATION_ID = 0x414C4F4E
"""`ALON` in the file's header, so that nobody mistakes it for another program's."""
BUSY_MS = 1_000
"""How long one attempt waits for another program's lock; short, so that reads get between."""
PATIENCE = 60.0
"""Seconds a lock of another program's is waited for before it counts as unwritable."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
)


def connect(path: Path, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Open a file as it is: transactions are begun and ended by us alone."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
    return connection


def set_up(connection: sqlite3.Connection) -> None:
    """Make every commit durable and every deletion real."""
    for pragma in _PRAGMAS:
        connection.execute(pragma)


class Connection(aiosqlite.Connection):
    """Runs whole functions on the connection's thread, so that a step costs one hop."""

    def __init__(self, path: Path) -> None:
        super().__init__(self._open, iter_chunk_size=64)
        self._path = path
        self._identity: tuple[int, int] | None = None

    async def begin(self) -> Self:
        """Start the thread and open the file. Raises `StoreUnwritable`."""
        try:
            await self
        except sqlite3.Error as error:
            raise in_our_words(error) from error
        return self

    async def run(self, work: Work[Result]) -> Result:
        """Run `work` on the thread; wait while another program holds the file.

        Raises `StoreUnwritable` when that lasts too long, or when the disk refuses.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while True:
            try:
                # aiosqlite offers no public way to run a function; this is what all its own use.
                return cast(Result, await self._execute(work, self._conn))  # type: ignore[no-untyped-call]
            except sqlite3.Error as error:
                if not is_busy(error) or loop.time() >= deadline:
                    raise in_our_words(error) from error
                await asyncio.sleep(0.05)

    def check_in_place(self) -> None:
        """Refuse to write into a file that was moved or deleted under us: it would all be lost."""
        if _identity_of(self._path) != self._identity:
            raise StoreDamaged(StoreDamaged.__doc__)

    def _open(self) -> sqlite3.Connection:
        connection = connect(self._path)
        try:
            set_up(connection)
        except BaseException:
            connection.close()
            raise
        self._identity = _identity_of(self._path)
        return connection


def _identity_of(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - on the path of every write
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
