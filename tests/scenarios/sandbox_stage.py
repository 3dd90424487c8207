"""The sandbox as a stage: a Discord of our own, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.adapters.memory import MemoryStore
from bot.bootstrap import App, build
from bot.services.house import House
from bot.services.library import Library
from bot.settings import Settings
from sandbox.actors import CommandMissing, Invocation, NotAllowed, NotOffered, Person
from sandbox.clock import SandboxClock
from sandbox.server import TOKEN, Server
from sandbox.town import Town, build_town
from sandbox.values import Json
from sandbox.world import World
from sandbox.world.messages import EPHEMERAL
from tests.scenarios.stage import (
    KEY,
    START,
    Named,
    Place,
    Role,
    Shown,
    Who,
    buttons,
    links,
    texts,
)

PATIENCE = 20.0
HANDLERS = ("discord.py: on_", "CommandTree-invoker")
"""How discord.py names the tasks in which it runs an event's or a command's handler."""


class SandboxStage:
    """The town of the sandbox with the bot in it, in the test's own loop."""

    refusals: tuple[type[Exception], ...] = (NotAllowed, NotOffered, CommandMissing)

    def __init__(self, server: Server, town: Town, app: App) -> None:
        self.server = server
        self.town = town
        self.house: House = app.house
        self._client = app.client
        self._last: Invocation | None = None
        self._people: dict[Who, Person] = {
            Who.MOTHER: town.mother,
            Who.FATHER: town.father,
            Who.NEIGHBOUR: town.knowledgeable,
            Who.VOLUNTEER: town.volunteer,
            Who.LEAD: town.lead,
            Who.ADMIN: town.admin,
        }
        self._things: dict[Place | Role, Json] = {
            Place.FORUM: town.forum,
            Place.CHAT: town.chat,
            Place.VOLUNTEERS: town.volunteers,
            Role.VOLUNTEER: town.volunteer_role,
            Role.LEAD: town.lead_role,
        }

    @property
    def guild_id(self) -> int:
        return int(self.town.guild.id)

    @property
    def bot_id(self) -> int:
        return int(self.server.world.bot_id)

    def id_of(self, named: Named) -> int:
        if isinstance(named, Who):
            return int(self._people[named].id)
        return int(self._things[named]["id"])

    async def post(self, who: Who, text: str, title: str = "Please help") -> Shown:
        thread = await self._people[who].post(self.town.forum, title, text)
        await self.settle()
        return next(shown for shown in self.seen(who, int(thread["id"])) if not shown.by_bot)

    async def send(
        self, who: Who, channel: int, text: str, *, reply_to: Shown | None = None
    ) -> Shown:
        answered = reply_to.handle if reply_to else None
        sent = await self._people[who].send(str(channel), text, reply_to=answered)
        await self.settle()
        return self._shown(sent)

    async def edit(self, who: Who, message: Shown, text: str) -> None:
        await self._people[who].edit(message.handle, text)
        await self.settle()

    async def delete(self, who: Who, message: Shown) -> None:
        await self._people[who].delete(message.handle)
        await self.settle()

    async def slash(self, who: Who, channel: int, name: str, **given: Any) -> list[Shown]:
        return await self.answer(await self._people[who].slash(str(channel), name, **given))

    async def click(self, who: Who, message: Shown, label: str) -> list[Shown]:
        return await self.answer(await self._people[who].click(message.handle, label))

    async def select(
        self, who: Who, message: Shown, custom_id: str, values: Sequence[Named | str]
    ) -> list[Shown]:
        given = [str(self.id_of(v)) if isinstance(v, Named) else v for v in values]
        return await self.answer(await self._people[who].select(message.handle, custom_id, given))

    async def menu(self, who: Who, message: Shown, name: str) -> list[Shown]:
        return await self.answer(await self._people[who].context_menu(name, message.handle))

    async def fill(self, who: Who, values: Mapping[str, str]) -> list[Shown]:
        assert self._last is not None
        return await self.answer(await self._people[who].submit_modal(self._last, values))

    async def complete(
        self, who: Who, channel: int, name: str, option: str, typed: str
    ) -> list[str]:
        used = await self._people[who].autocomplete(str(channel), name, option, typed)
        return [str(choice["value"]) for choice in (await used.answer()).choices]

    async def advance(self, **span: float) -> None:
        seconds = timedelta(**span).total_seconds()
        await self.server.clock.advance(seconds, settle=False)
        await self.settle()

    async def archive(self, channel: int) -> None:
        await self.town.lead.archive(str(channel))
        await self.settle()

    async def settle(self) -> None:
        for _ in range(2):
            await self._heard()
            await _handled()
            await self.house.steward.settle()

    def seen(self, who: Who, channel: int) -> list[Shown]:
        return [self._shown(message) for message in self._people[who].read(str(channel))]

    async def _heard(self) -> None:
        """Wait until discord.py has taken in every event that was sent to it.

        Asked of the client itself: the gateway's own way costs a heartbeat each time, and
        discord.py lets through about a hundred a minute. It sets no event, so it is looked at.
        """
        async with asyncio.timeout(PATIENCE):
            for session in self.server.gateway.live:
                while (self._client.ws.sequence or 0) < session.sent:  # noqa: ASYNC110
                    await asyncio.sleep(0.001)

    async def answer(self, used: Invocation) -> list[Shown]:
        """Return what the bot showed in answer to something a person used."""
        self._last = used
        await self.settle()
        answer = await used.answer()
        return [self._shown(each) for each in (answer.message, *answer.followups) if each]

    def _shown(self, message: Json) -> Shown:
        parts = message["components"]
        called = {int(user["id"]) for user in message["mentions"]}
        return Shown(
            id=int(message["id"]),
            channel=int(message["channel_id"]),
            by_bot=message["author"]["id"] == self.server.world.bot_id,
            text=texts(parts, message["content"]),
            buttons=buttons(parts),
            links=links(parts),
            pings=frozenset(called | set(map(int, message["mention_roles"]))),
            calls_everyone=message["mention_everyone"],
            private=bool(message["flags"] & EPHEMERAL),
            files=tuple(each["filename"] for each in message["attachments"]),
            handle=message,
        )


async def _handled() -> None:
    """Wait until discord.py has run every handler of the events it has heard."""
    async with asyncio.timeout(PATIENCE):
        while running := [t for t in asyncio.all_tasks() if t.get_name().startswith(HANDLERS)]:
            await asyncio.wait(running)


@contextlib.asynccontextmanager
async def sandbox_stage(
    library: Library, data: Path, swallowed: list[BaseException]
) -> AsyncIterator[SandboxStage]:
    """Serve a town and run the bot in it, until the end of the block."""
    began = time.monotonic()
    clock = SandboxClock(lambda: START.timestamp() + time.monotonic() - began)
    world = World(clock, "Alongside")
    town = build_town(world)
    server = Server(world, clock)
    await server.start()
    settings = Settings(TOKEN, KEY, data, data, discord_url=server.url)
    app = await build(settings, clock=clock, store=MemoryStore(), library=library)
    running = asyncio.create_task(app.run())
    try:
        async with asyncio.timeout(PATIENCE):
            await app.house.steward.ready.wait()
        yield SandboxStage(server, town, app)
    finally:
        await app.client.close()
        await running
        await server.stop()
