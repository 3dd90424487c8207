"""The whole bot, alive in the sandbox in the test's own loop, set up as a community would."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.adapters.memory import MemoryStore
from bot.bootstrap import App, build
from bot.guidance.knowledge import load_knowledge
from bot.services.library import Library, Snapshot
from bot.services.records import Changes, GuildSettings
from bot.settings import Settings
from sandbox.actors import Answer, Invocation
from sandbox.server import TOKEN, Server
from sandbox.town import Town
from sandbox.world import components

KEY = bytes(range(32))


@dataclass(frozen=True)
class Living:
    """A served town with the bot in it."""

    app: App
    server: Server
    town: Town

    async def settle(self) -> None:
        """Let the bot hear everything and do all it has to."""
        await self.server.gateway.settle()
        await self.app.house.steward.settle()

    async def told(self, used: Invocation, messages: int = 1) -> list[str]:
        """Return the texts of the private messages a command was answered with."""
        answer: Answer = await used.answer()
        for number in range(1, messages):
            await used.followup(number)
        answer = await used.answer()
        shown = [message for message in (answer.message, *answer.followups) if message]
        assert all(message["flags"] & 64 for message in shown)
        return [text_of(message) for message in shown]


def text_of(message: dict[str, Any]) -> str:
    """Return all that can be read in a message."""
    parts = components.walk(message["components"])
    texts = [str(part["content"]) for part in parts if "content" in part]
    return "\n".join(filter(None, (message["content"], *texts)))


@contextlib.asynccontextmanager
async def alive(server: Server, town: Town, folder: Path, first: Snapshot) -> AsyncIterator[Living]:
    """Run the bot against a served town until the end of the block.

    It hears as the script says and knows what lies in `folder`, so that a test may write there.
    """

    def fresh() -> Snapshot:
        return replace(first, knowledge=load_knowledge(folder))

    settings = Settings(
        token=TOKEN,
        author_key=KEY,
        data=folder,
        knowledge=folder,
        discord_url=server.url,
    )
    app = await build(
        settings, clock=server.clock, store=MemoryStore(), library=Library(first, fresh)
    )
    chosen = GuildSettings(
        guild_id=int(town.guild.id),
        help_channels=frozenset({int(town.forum["id"]), int(town.chat["id"])}),
        volunteers_channel=int(town.volunteers["id"]),
        volunteer_role=int(town.volunteer_role["id"]),
        lead_role=int(town.lead_role["id"]),
        watching_since=server.clock.now(),
    )
    await app.house.store.apply(Changes(settings=(chosen,)))
    running = asyncio.create_task(app.run())
    try:
        async with asyncio.timeout(20):
            await app.house.steward.ready.wait()
        yield Living(app, server, town)
    finally:
        await app.client.close()
        await running
