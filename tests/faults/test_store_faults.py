"""Kills, a full disk, a read-only file: what was acknowledged is there afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.sqlite import SqliteStore
from bot.adapters.sqlite.health import Health, health_of
from bot.adapters.sqlite.migrate import MIGRATIONS, load
from bot.services.ports import StoreUnwritable
from tests.contract.values import CHANNEL, NOW, a_case, a_seen, new

pytestmark = pytest.mark.faults

CHILD = Path(__file__).with_name("store_child.py")
KILLS = 8


@contextlib.asynccontextmanager
async def child(*words: object) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the process to be killed; it is gone when this ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(CHILD), *map(str, words), stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def until(process: asyncio.subprocess.Process, word: str) -> None:
    """Wait until the child says a word."""
    assert process.stdout is not None
    async for line in process.stdout:
        if line.decode().strip() == word:
            return
    pytest.fail(f"the child ended before it said {word}")


async def kill_after(process: asyncio.subprocess.Process, seconds: float) -> list[str]:
    """Kill the child after a while; return all it had said by then."""
    assert process.stdout is not None
    await asyncio.sleep(seconds)
    process.kill()
    said = await process.stdout.read()
    await process.wait()
    # A line the kill cut short may name a smaller number than was meant.
    return said.decode().split("\n")[:-1]


async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "alongside.sqlite3"
    chance = random.Random(1)
    acknowledged: set[int] = set()
    for kill in range(KILLS):
        async with child("write", path, kill * 1_000_000) as process:
            await until(process, "open")
            acknowledged |= set(map(int, await kill_after(process, chance.uniform(0.0, 0.25))))
    store = await SqliteStore.open(path, NOW)
    try:
        assert store.report.damaged is None
        found = {seen.message_id >> 22 for seen in await store.unfinished(10_000_000)}
    finally:
        await store.close()
    assert len(acknowledged) > KILLS
    assert acknowledged <= found


async def test_a_kill_while_migrating_or_backing_up_leaves_old_or_new(tmp_path: Path) -> None:
    path, migrations = tmp_path / "alongside.sqlite3", tmp_path / "migrations"
    store = await SqliteStore.open(path, NOW)
    await store.apply(new(*(a_case(place=n) for n in range(2000))))
    await store.close()
    write_migrations(migrations)
    chance = random.Random(2)
    for kill in range(KILLS):
        started = int((NOW + timedelta(minutes=kill)).timestamp())
        async with child("open", path, migrations, started) as process:
            await until(process, "begin")
            await kill_after(process, chance.uniform(0.0, 0.3))
        assert health_of(path) is Health.GOOD
        for backup in whole_backups(tmp_path):
            assert health_of(backup) is Health.GOOD, backup.name
    store = await SqliteStore.open(path, NOW + timedelta(hours=1), migrations)
    try:
        assert store.report.damaged is None
        assert store.report.version == len(load()) + 20
        assert len(await store.cases_in(CHANNEL)) == 2000
        assert not half_made(tmp_path)
    finally:
        await store.close()


async def test_a_full_disk_is_named_and_recovered_from(tmp_path: Path) -> None:
    async with child("fill", tmp_path / "alongside.sqlite3") as process:
        said, _ = await process.communicate()
    *written, full, readable, recovered = said.decode().split("\n")[:-1]
    assert (full, recovered) == ("full", "recovered")
    assert readable == f"readable {100 * len(written)}"
    store = await SqliteStore.open(tmp_path / "alongside.sqlite3", NOW)
    try:
        assert len(await store.unfinished(100_000)) == 100 * (len(written) + 1)
    finally:
        await store.close()


async def test_a_file_that_may_not_be_written_is_named_and_recovered_from(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "alongside.sqlite3", NOW)
    try:
        await store.receive([a_seen()])
        await pragma(store, "PRAGMA query_only = ON")
        results = await asyncio.gather(
            *(store.receive([a_seen(place=n)]) for n in range(1, 4)), return_exceptions=True
        )
        assert all(isinstance(result, StoreUnwritable) for result in results)
        assert len(await store.unfinished()) == 1, "volunteers can still read the queue"
        await pragma(store, "PRAGMA query_only = OFF")
        assert len(await store.receive([a_seen(place=1)])) == 1
    finally:
        await store.close()


async def pragma(store: SqliteStore, words: str) -> None:
    """Make the connection refuse writes: for a file made read-only root is no witness."""
    await store._connection.run(lambda raw: raw.execute(words).fetchall())


def write_migrations(folder: Path) -> None:
    """Write the real migrations and twenty more that each rewrite every case."""
    folder.mkdir()
    for step in MIGRATIONS.glob("*.sql"):
        (folder / step.name).write_text(step.read_text())
    for number in range(len(load()) + 1, len(load()) + 21):
        sql = f"ALTER TABLE cases ADD COLUMN more_{number} INTEGER;"
        sql += f" UPDATE cases SET more_{number} = id;"
        (folder / f"{number:04}_more.sql").write_text(sql)


def half_made(folder: Path) -> list[Path]:
    return list(folder.rglob("*.part*"))


def whole_backups(folder: Path) -> list[Path]:
    return list((folder / "backups").glob("2*.sqlite3"))
