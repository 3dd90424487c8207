"""A process for the store's fault tests to kill: it writes, and says what is safe."""

from __future__ import annotations

import asyncio
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.adapters.sqlite import SqliteStore
from bot.services.ports import StoreUnwritable
from bot.services.records import Seen

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def a_seen(number: int) -> Seen:
    return Seen(number << 22, 0, 1, 2, "ab" * 32, NOW)


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def write_for_ever(path: Path, first: int) -> None:
    """Receive messages, ten at a time, and name each one only once it is durable."""
    store = await SqliteStore.open(path, NOW)
    say("open")

    async def one(number: int) -> None:
        await store.receive([a_seen(number)])
        say(number)

    while True:
        await asyncio.gather(*(one(first + offset) for offset in range(10)))
        first += 10


async def open_for_ever(path: Path, migrations: Path, started: int) -> None:
    """Open, with whatever migrating and backing up that takes, and say so."""
    now = datetime.fromtimestamp(started, UTC)
    say("begin")
    store = await SqliteStore.open(path, now, migrations)
    say("open")
    while True:
        await store.back_up(now)


async def fill_the_disk(path: Path) -> None:
    """Write under a limit on file size, say when it is hit, lift it, and write again."""
    store = await SqliteStore.open(path, NOW)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, most))
    number = 0
    try:
        while True:
            number += 100
            await store.receive([a_seen(n) for n in range(number, number + 100)])
            say(number)
    except StoreUnwritable:
        say("full")
    say(f"readable {len(await store.unfinished(100_000))}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    await store.receive([a_seen(n) for n in range(number, number + 100)])
    say("recovered")
    await store.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", path, first]:
            asyncio.run(write_for_ever(Path(path), int(first)))
        case ["open", path, migrations, started]:
            asyncio.run(open_for_ever(Path(path), Path(migrations), int(started)))
        case ["fill", path]:
            asyncio.run(fill_the_disk(Path(path)))
