"""Bots as processes of their own: to start, to stop, and to kill."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.adapters.sqlite.store import SqliteStore
from bot.bootstrap import DATABASE
from bot.services.records import Changes
from sandbox.server import TOKEN, Server
from sandbox.town import Town
from tests.faults.bench import KEY, chosen
from tests.faults.scripted import KNOWLEDGE

CHILD = Path(__file__).with_name("bot_child.py")
Kill = tuple[str, str, str, int]
"""Where a bot is to die: room, method, before or after, and at which call."""


@dataclass
class Child:
    """One bot."""

    pid: int
    ended: asyncio.Task[int]

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it is gone."""
        if not self.ended.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def kill(self) -> int:
        """Kill it at once."""
        self.signal(signal.SIGKILL)
        return await self.until_ended()

    async def stop(self, within: float = 12.0) -> int:
        """Ask it to end, as a service manager does; return its exit code."""
        self.signal(signal.SIGTERM)
        return await self.until_ended(within)

    async def until_ended(self, within: float = 20.0) -> int:
        """Wait for its end; return its exit code."""
        return await asyncio.wait_for(asyncio.shield(self.ended), within)


@dataclass
class Nursery:
    """Starts bots in one town, one after another, over one data folder."""

    server: Server
    town: Town
    data: Path
    process: subprocess.Popen[str]
    children: list[Child] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Return the file with everything the bots have printed."""
        return self.data.parent / "bot.log"

    async def birth(self, kill: Kill | None = None, **env: str) -> Child:
        """Start a bot."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(self.order(kill, **env)) + "\n")
        self.process.stdin.flush()
        pid = (await self._said())["pid"]
        child = Child(pid, asyncio.create_task(self._end()))
        self.children.append(child)
        return child

    def order(self, kill: Kill | None = None, **env: str) -> dict[str, Any]:
        """Return what tells a child how to live."""
        surroundings = {
            "DISCORD_TOKEN": TOKEN,
            "ALONGSIDE_AUTHOR_KEY": KEY.hex(),
            "ALONGSIDE_DATA": str(self.data),
            "ALONGSIDE_CACHE": str(self.data / "cache"),
            "ALONGSIDE_KNOWLEDGE": str(KNOWLEDGE),
            "ALONGSIDE_DISCORD_URL": self.server.url,
        }
        return {"env": surroundings | env, "log": str(self.log), "kill": kill}

    async def up(self, kill: Kill | None = None) -> Child:
        """Start a bot and wait until it has begun a session, or has ended."""
        before = len(self.server.gateway.identifies)
        child = await self.birth(kill)
        await wait_until(lambda: len(self.server.gateway.identifies) > before or child.ended.done())
        return child

    async def store(self) -> SqliteStore:
        """Open the database of a bot that has ended."""
        return await SqliteStore.open(self.data / DATABASE, self.server.clock.now())

    async def _end(self) -> int:
        return int((await self._said())["code"])

    async def _said(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = await asyncio.to_thread(self.process.stdout.readline)
        assert line, "the nursery has ended"
        said: dict[str, Any] = json.loads(line)
        return said


async def wait_until(
    done: Callable[[], bool], wait: float = 30.0, look_every: float = 0.01
) -> None:
    """Wait until something is so that no event of the world tells of."""
    async with asyncio.timeout(wait):
        while not done():  # noqa: ASYNC110 - another process is what changes it
            await asyncio.sleep(look_every)


def surroundings() -> dict[str, str]:
    """Return an environment without settings of ours: an unknown one would be refused."""
    return {n: v for n, v in os.environ.items() if not n.startswith(("ALONGSIDE_", "DISCORD_"))}


@contextlib.contextmanager
def forking() -> Iterator[subprocess.Popen[str]]:
    """Run the process that forks bots; loading all they need takes it some seconds."""
    with subprocess.Popen(
        [sys.executable, str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=surroundings(),
    ) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["ready"]
        yield process


@contextlib.asynccontextmanager
async def nursery(
    server: Server, town: Town, folder: Path, process: subprocess.Popen[str]
) -> AsyncIterator[Nursery]:
    """Open a nursery whose database knows the town as if an admin had set it up."""
    home = Nursery(server, town, folder / "data", process)
    store = await home.store()
    await store.apply(Changes(settings=(chosen(town, server.clock.now()),)))
    await store.close()
    try:
        yield home
    finally:
        for child in home.children:
            await child.kill()
