"""Opening: a new file, a damaged one, an older and a newer one, and one already in use."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.sqlite import AlreadyRunning, ForeignFile, NewerFile, SqliteStore
from bot.adapters.sqlite.migrate import MIGRATIONS, load
from tests.contract.values import ASKER, NOW, a_case, a_letter, a_seen, ago, new

LATER = NOW + timedelta(hours=1)


@asynccontextmanager
async def opened(path: Path, now: datetime = NOW, **given: Path) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(path, now, **given)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "alongside.sqlite3"


@pytest.fixture
def older_and_newer(tmp_path: Path) -> Path:
    """Return a folder with the real migrations and one more."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for step in MIGRATIONS.glob("*.sql"):
        (folder / step.name).write_text(step.read_text())
    (folder / f"{len(load()) + 1:04}_more.sql").write_text("CREATE TABLE more (id INTEGER) STRICT;")
    return folder


def lose(path: Path) -> None:
    path.unlink()


def overwrite(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def damage(path: Path) -> None:
    """Overwrite the middle of a file, as a failing disk would."""
    middle = path.stat().st_size // 2
    with path.open("r+b") as file:
        file.seek(middle - 6000)
        file.write(b"\xa5" * 12_000)


async def test_a_new_database_is_created_and_kept_from_other_eyes(path: Path) -> None:
    async with opened(path) as store:
        assert store.report.created
        assert (store.report.version_before, store.report.version) == (0, len(load()))
        modes = {p.name: p.stat().st_mode & 0o077 for p in path.parent.iterdir()}
    assert set(modes.values()) == {0}
    async with opened(path) as store:
        assert not store.report.created
        assert store.report.restored is store.report.damaged is None


async def test_a_second_instance_is_refused_while_the_first_runs(path: Path) -> None:
    async with opened(path):
        with pytest.raises(AlreadyRunning, match="already running"):
            await SqliteStore.open(path, NOW)
    async with opened(path):
        pass


async def test_closing_twice_changes_nothing_and_writing_afterwards_is_refused(path: Path) -> None:
    async with opened(path) as store:
        await store.close()
        with pytest.raises(RuntimeError, match="closed"):
            await store.receive([a_seen()])


async def test_what_was_still_waiting_is_written_when_it_closes(path: Path) -> None:
    async with opened(path) as store:
        writes = [asyncio.create_task(store.receive([a_seen(place=n)])) for n in range(50)]
        await asyncio.sleep(0)
        await store.close()
        assert sum(len(fresh) for fresh in await asyncio.gather(*writes)) == 50
    async with opened(path) as store:
        assert len(await store.unfinished()) == 50


async def test_a_backup_is_taken_once_a_day_and_put_away_after_fourteen(path: Path) -> None:
    for days in range(20, 0, -1):
        async with opened(path, ago(days=days)):
            pass
    async with opened(path) as store:
        names = sorted(p.name for p in (path.parent / "backups").iterdir())
        assert len(names) == 15
        assert names[-1].startswith("20260302T0930")
        assert (await store.back_up(LATER)).name > names[-1]


async def test_the_newest_backup_stays_however_old_it_is(path: Path) -> None:
    async with opened(path, ago(days=400)) as store:
        taken = await store.back_up(ago(days=400))
        await store.apply(new(a_case()))
    lose(path)
    async with opened(path) as store:
        assert store.report.restored == taken


async def test_a_damaged_file_is_exchanged_for_the_newest_good_backup(path: Path) -> None:
    async with opened(path) as store:
        await store.apply(new(*(a_case(place=n) for n in range(400))))
        good = await store.back_up(NOW)
        await store.apply(new(a_case(LATER)))
        spoilt = await store.back_up(LATER)
    damage(path)
    damage(spoilt)
    async with opened(path, LATER) as store:
        report = store.report
        assert (report.restored, report.gap_since) == (good, NOW)
        assert report.damaged is not None
        assert report.damaged.exists()
        assert await store.case(a_case(place=399).id) is not None
        assert await store.case(a_case(LATER).id) is None


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500, b"SQLite format 3\0" * 9])
async def test_a_file_overwritten_is_exchanged_too(path: Path, content: bytes) -> None:
    async with opened(path) as store:
        await store.apply(new(a_case()))
        await store.back_up(NOW)
    overwrite(path, content)
    async with opened(path, LATER) as store:
        assert store.report.restored is not None
        assert await store.case(a_case().id) == a_case()


async def test_a_damaged_file_without_a_backup_makes_room_for_a_new_one(path: Path) -> None:
    overwrite(path, b"not a database at all" * 500)
    async with opened(path) as store:
        assert store.report.created
        assert store.report.damaged is not None
        assert store.report.damaged.read_bytes().startswith(b"not a database")
        await store.apply(new(a_case()))


async def test_a_log_left_without_its_database_is_not_played_into_a_new_one(path: Path) -> None:
    async with opened(path) as store:
        await store.apply(new(a_case()))
        log = path.with_name(f"{path.name}-wal").read_bytes()
        assert log
    lose(path)
    overwrite(path.with_name(f"{path.name}-wal"), log)
    async with opened(path) as store:
        assert store.report.created
        assert await store.case(a_case().id) is None


async def test_what_was_erased_stays_erased_when_an_old_backup_comes_back(path: Path) -> None:
    async with opened(path) as store:
        await store.apply(new(a_case()))
        await store.receive([a_seen()])
        await store.back_up(NOW)
        await store.erase(ASKER, LATER)
    lose(path)
    async with opened(path, LATER) as store:
        assert store.report.restored is not None
        assert store.report.erased_again == 2
        assert await store.case(a_case().id) is None
        assert await store.receive([a_seen()]) == frozenset()


async def test_an_erased_member_is_in_no_byte_of_the_file_or_its_log(path: Path) -> None:
    case = a_case()
    trace = (case.id).to_bytes(8, "big")
    async with opened(path) as store:
        await store.apply(new(case, a_letter(case.id)))
        log = path.with_name(f"{path.name}-wal")
        assert trace in content_of(log)
        await store.erase(ASKER, LATER)
        assert trace not in content_of(path) + content_of(log)


async def test_an_erasure_cut_short_by_a_crash_does_not_swallow_the_next(path: Path) -> None:
    async with opened(path) as store:
        (path.parent / "erasures.log").write_text("2026-03-02T10:0")
        await store.apply(new(a_case()))
        await store.back_up(NOW)
        await store.erase(ASKER, LATER)
    lose(path)
    async with opened(path, LATER) as store:
        assert await store.case(a_case().id) is None


async def test_an_older_file_is_backed_up_and_brought_up_to_date(
    path: Path, older_and_newer: Path
) -> None:
    async with opened(path) as store:
        await store.apply(new(a_case()))
    async with opened(path, LATER, migrations=older_and_newer) as store:
        assert store.report.version == store.report.version_before + 1
        assert await store.case(a_case().id) == a_case()
    (backup,) = (path.parent / "backups").iterdir()
    assert backup.name == f"20260302T103015250000Z-v{len(load())}.sqlite3"


async def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, older_and_newer: Path
) -> None:
    async with opened(path) as store:
        await store.apply(new(a_case()))
    last = older_and_newer / f"{len(load()) + 1:04}_more.sql"
    last.write_text("CREATE TABLE more (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        await SqliteStore.open(path, LATER, older_and_newer)
    async with opened(path) as store:
        assert await store.case(a_case().id) == a_case()


async def test_a_file_of_a_newer_version_is_left_alone(path: Path, older_and_newer: Path) -> None:
    async with opened(path, migrations=older_and_newer):
        pass
    with pytest.raises(NewerFile, match="update"):
        await SqliteStore.open(path, NOW)


async def test_a_file_of_another_program_is_left_alone(path: Path, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "theirs.sqlite3")
    other.execute("CREATE TABLE theirs (id INTEGER)")
    other.close()
    before = content_of(tmp_path / "theirs.sqlite3")
    overwrite(path, before)
    with pytest.raises(ForeignFile, match="another program"):
        await SqliteStore.open(path, NOW)
    assert content_of(path) == before


def test_migrations_must_be_numbered_without_a_gap(older_and_newer: Path) -> None:
    (older_and_newer / "0009_far.sql").write_text("")
    with pytest.raises(ValueError, match="0009_far"):
        load(older_and_newer)


@pytest.mark.parametrize("step", sorted(MIGRATIONS.glob("*.sql")), ids=lambda step: step.name)
def test_every_migration_says_what_it_revises_when_and_why(step: Path) -> None:
    head = step.read_text().splitlines()[:4]
    assert head[0].startswith(f"-- {step.name[:4]}: ")
    for line, label in zip(head[1:], ("Revises", "Date", "Reason"), strict=True):
        assert line.startswith(f"-- {label}: ")
