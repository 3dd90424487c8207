"""The whole bot in a sandbox that breaks, and what must be true when the dust has settled."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from bot import bootstrap
from bot.adapters.memory import MemoryStore
from bot.bootstrap import App, build
from bot.services import watch
from bot.services.ports import Store
from bot.services.records import Changes, GuildSettings
from bot.settings import Settings
from sandbox.clock import SandboxClock
from sandbox.faults import Fault, FaultKind
from sandbox.server import TOKEN, Server
from sandbox.town import Town, build_town
from sandbox.world import World
from tests.faults.hurry import virtual_ticks
from tests.faults.scripted import KNOWLEDGE, scripted_snapshot
from tests.wire.living import text_of

KEY = bytes(range(32))
POSTS = "POST /channels/*/messages"
ONE_PERSONS = 64
"""The flag of a message that one person alone can see."""
PATIENCE = 90.0
"""Seconds (of the loop's own time) in which everything owed must have been said."""


def chosen(town: Town, since: Any) -> GuildSettings:
    """Return what an admin of the town would choose with /setup."""
    return GuildSettings(
        guild_id=int(town.guild.id),
        help_channels=frozenset({int(town.forum["id"]), int(town.chat["id"])}),
        volunteers_channel=int(town.volunteers["id"]),
        volunteer_role=int(town.volunteer_role["id"]),
        lead_role=int(town.lead_role["id"]),
        watching_since=since,
    )


@dataclass
class Tally:
    """What became of the questions asked."""

    asked: int = 0
    lost: int = 0
    duplicates: int = 0
    without_case: int = 0

    def assert_clean(self) -> None:
        """Say that nothing was lost and nothing said twice."""
        assert self.asked
        assert (self.lost, self.duplicates, self.without_case) == (0, 0, 0), self


@dataclass
class Bench:
    """A town, its server, and the bot in it."""

    server: Server
    town: Town
    store: Store
    app: App
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def world(self) -> World:
        """Return the world that is served."""
        return self.server.world

    def fault(self, kind: FaultKind, match: str = "*", **how: Any) -> Fault:
        """Put a fault in force."""
        return self.server.faults.add(Fault(kind, match, **how))

    async def ask(self, text: str = "?annual-review") -> dict[str, Any]:
        """Ask in a new forum thread; return the thread."""
        thread = await self.town.mother.post(self.town.forum, f"Question {len(self.asked)}", text)
        self.asked.append(thread)
        return thread

    def ours(self, channel: dict[str, Any]) -> list[dict[str, Any]]:
        """Return what the bot has said to everybody in a channel."""
        kept = self.world.messages.get(str(channel["id"]), {}).values()
        me = self.world.bot_id
        return [m for m in kept if m["author"]["id"] == me and not m["flags"] & ONE_PERSONS]

    def answered(self, thread: dict[str, Any]) -> bool:
        """Tell whether an overview and one answer stand in a thread."""
        return len(self.ours(thread)) >= 2

    async def until(self, done: Callable[[], bool], wait: float = PATIENCE) -> float:
        """Wait until something is so; return the seconds (of the loop's time) it took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not done():
            assert loop.time() - began < wait, "it did not become so"
            await asyncio.sleep(0.05)
        return loop.time() - began

    async def until_answered(self, wait: float = PATIENCE) -> float:
        """Wait until every question asked is answered; return how long that took."""
        return await self.until(lambda: all(map(self.answered, self.asked)), wait)

    async def settle(self) -> None:
        """Let the bot hear everything and do all it has to."""
        await self.server.gateway.settle()
        await self.app.house.steward.settle()

    async def tally(self, *, messages: int = 2) -> Tally:
        """Count what was lost and what was said twice, once everything has been done."""
        await self.settle()
        tally = Tally(asked=len(self.asked))
        for thread in self.asked:
            texts = Counter(text_of(message) for message in self.ours(thread))
            tally.lost += max(0, messages - len(texts))
            tally.duplicates += texts.total() - len(texts)
            if await self.store.case(int(thread["id"])) is None:
                tally.without_case += 1
        return tally


@contextlib.asynccontextmanager
async def served(*, hurried: bool = False, seed: int = 0) -> AsyncIterator[tuple[Server, Town]]:
    """Serve a town."""
    clock = SandboxClock(virtual_ticks()) if hurried else SandboxClock()
    world = World(clock)
    town = build_town(world)
    server = Server(world, clock, seed=seed)
    await server.start()
    try:
        yield server, town
    finally:
        await server.stop()


@contextlib.asynccontextmanager
async def living(
    server: Server, town: Town, data: Path, store: Store | None = None, *, wait: bool = True
) -> AsyncIterator[Bench]:
    """Run the bot in a served town until the end of the block."""
    settings = Settings(
        token=TOKEN, author_key=KEY, data=data, knowledge=KNOWLEDGE, discord_url=server.url
    )
    store = store or MemoryStore()
    with mock.patch.object(bootstrap, "snapshot", lambda *_: scripted_snapshot()):
        app = await build(settings, clock=server.clock, store=store)
    guild_id = int(town.guild.id)
    if await store.settings(guild_id) is None:
        await store.apply(Changes(settings=(chosen(town, server.clock.now()),)))
    # Days pass in seconds here: looking at the files every five of theirs would be all they hold.
    with mock.patch.object(watch, "LOOK_EVERY", 1e9):
        running = asyncio.create_task(app.run())
        try:
            if wait:
                async with asyncio.timeout(20):
                    await app.house.steward.ready.wait()
            yield Bench(server, town, store, app)
        finally:
            running.cancel() if not wait else None
            await app.client.close()
            with contextlib.suppress(asyncio.CancelledError):
                await running


@contextlib.asynccontextmanager
async def town_with_bot(
    data: Path, *, hurried: bool = False, seed: int = 0
) -> AsyncIterator[Bench]:
    """Serve a town with the bot in it."""
    async with (
        served(hurried=hurried, seed=seed) as (server, town),
        living(server, town, data) as bench,
    ):
        yield bench
