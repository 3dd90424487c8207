"""The writer: locks are waited for, refusals of the disk are named, neighbours are spared."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.sqlite import SqliteStore, StoreDamaged
from bot.services.ports import StoreUnwritable
from bot.services.records import CaseWrite, Changes
from tests.contract.values import CHANNEL, NOW, a_case, a_seen, new


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "alongside.sqlite3"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    made = await SqliteStore.open(path, NOW)
    try:
        yield made
    finally:
        await made.close()


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
async def test_a_lock_of_another_program_is_waited_for(
    store: SqliteStore, path: Path, lock: str
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(lock)
    writing = asyncio.create_task(store.receive([a_seen()]))
    # Longer than one attempt lasts, so that it has to be tried again.
    done, _ = await asyncio.wait({writing}, timeout=1.5)
    assert not done
    assert await store.unfinished() == (), "reading goes on meanwhile"
    other.execute("COMMIT")
    other.close()
    assert len(await writing) == 1
    assert await store.unfinished() == (a_seen(),)


async def test_what_writes_at_the_same_time_shares_transactions(
    store: SqliteStore, path: Path
) -> None:
    """Each transaction appends at least one page of 4 KB to the log."""
    before = size_of_log(path)
    await asyncio.gather(*(store.move_cursor(CHANNEL, n) for n in range(400)))
    assert (size_of_log(path) - before) / 4096 < 20


async def test_a_caller_who_goes_away_takes_nothing_back(store: SqliteStore) -> None:
    writing = asyncio.create_task(store.receive([a_seen()]))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await store.receive([a_seen(place=1)]) == {(a_seen(place=1).message_id, 0)}
    assert len(await store.unfinished()) == 2


async def test_an_error_of_one_leaves_its_neighbours_alone(store: SqliteStore) -> None:
    impossible = replace(a_case(), id="no number")
    results = await asyncio.gather(
        store.receive([a_seen()]),
        store.apply(new(impossible)),
        store.receive([a_seen(place=1)]),
        return_exceptions=True,
    )
    assert isinstance(results[1], sqlite3.Error)
    assert len(await store.unfinished()) == 2


async def test_a_database_deleted_under_us_is_noticed(store: SqliteStore, path: Path) -> None:
    lose(path)
    with pytest.raises(StoreDamaged, match="restart"):
        await store.receive([a_seen()])


async def test_many_steps_on_one_case_end_where_they_should(store: SqliteStore) -> None:
    case = a_case()
    await store.apply(new(case))
    for version in range(50):
        later = replace(case, version=version + 1, flags=version)
        await store.apply(Changes(cases=(CaseWrite(later, version),)))
    kept = await store.case(case.id)
    assert kept is not None
    assert (kept.version, kept.flags) == (50, 49)


async def test_a_folder_that_cannot_be_made_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnwritable):
        await SqliteStore.open(tmp_path / "file" / "alongside.sqlite3", NOW)


def size_of_log(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


def lose(path: Path) -> None:
    path.unlink()
