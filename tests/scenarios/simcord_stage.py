"""SimCord as a stage: somebody else's Discord, in this process, strict about everything.

Two things it cannot do through its public doors, and what stands in for them here:

- A member cannot begin a forum post: only the bot under test can. So the bot's own client opens
  the thread, and the member's question is the first word a person says in it. The question's id
  is then not the thread's id, and our reply refers to it.
- Threads are not put away by time, and a message does not bring one back. So the bot's own client
  archives it; whoever writes in it next writes in a thread that stays archived. SimCord asks for
  Manage Channels there, where Discord is content with the thread's own maker.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from discord import app_commands

from bot.adapters.memory import MemoryStore
from bot.bootstrap import App, build
from bot.cases.errors import CaseRefusal
from bot.services.errors import Refusal
from bot.services.house import House
from bot.services.library import Library
from bot.settings import Settings
from sandbox.world import components
from tests.scenarios.simcord_town import SimcordTown, build_simcord_town
from tests.scenarios.stage import (
    KEY,
    START,
    Named,
    Place,
    Shown,
    Who,
    buttons,
    links,
    texts,
)

PATIENCE = 20.0
"""Seconds of real time; a busy machine may need them."""
OPENING = "Opened for a member of this forum."


class SimClock:
    """SimCord's time; before there is a SimCord, the moment at which it will begin."""

    env: simcord.Env | None = None

    def now(self) -> datetime:
        return self.env.now() if self.env else START


class SimcordStage:
    """The town in SimCord with the bot in it."""

    refusals: tuple[type[Exception], ...] = (simcord.SetupError, simcord.BackendError)

    def __init__(self, env: simcord.Env, app: App, town: SimcordTown) -> None:
        self.house: House = app.house
        self._env = env
        self._client = app.client
        self._town = town
        self._opened: set[int] = set()
        self._last: simcord.InteractionResult | None = None

    @property
    def bot_id(self) -> int:
        assert self._client.user is not None
        return self._client.user.id

    @property
    def guild_id(self) -> int:
        return self._town.guild.id

    def id_of(self, named: Named) -> int:
        return int(self._town.handle(named).id)

    async def post(self, who: Who, text: str, title: str = "Please help") -> Shown:
        forum = self._client.get_channel(self.id_of(Place.FORUM))
        assert isinstance(forum, discord.ForumChannel)
        opened = await forum.create_thread(name=title, content=OPENING)
        self._opened.add(opened.message.id)
        await self.settle()
        return await self.send(who, opened.thread.id, text)

    async def send(
        self, who: Who, channel: int, text: str, *, reply_to: Shown | None = None
    ) -> Shown:
        answered = reply_to.handle if reply_to else None
        sent = await self._town.people[who].send(
            self._town.channel(channel), text, reply_to=answered
        )
        await self.settle()
        return self._shown(sent)

    async def edit(self, who: Who, message: Shown, text: str) -> None:
        await self._town.people[who].edit(message.handle, text)
        await self.settle()

    async def delete(self, who: Who, message: Shown) -> None:
        await self._town.people[who].delete(message.handle)
        await self.settle()

    async def slash(self, who: Who, channel: int, name: str, **given: Any) -> list[Shown]:
        return await self._answer(
            await self._town.people[who].slash(self._town.channel(channel), name, **given)
        )

    async def click(self, who: Who, message: Shown, label: str) -> list[Shown]:
        return await self._answer(await self._town.people[who].click(message.handle, label=label))

    async def select(
        self, who: Who, message: Shown, custom_id: str, values: Sequence[Named | str]
    ) -> list[Shown]:
        given = [self._town.handle(v) if isinstance(v, Named) else v for v in values]
        return await self._answer(
            await self._town.people[who].select(message.handle, given, custom_id=custom_id)
        )

    async def menu(self, who: Who, message: Shown, name: str) -> list[Shown]:
        where = self._town.channel(message.channel)
        return await self._answer(
            await self._town.people[who].context_menu(where, name, message.handle)
        )

    async def fill(self, who: Who, values: Mapping[str, str]) -> list[Shown]:
        assert self._last is not None
        # A person finds what stands in a form already and may leave it; SimCord begins empty.
        given = {**_standing(self._last.modal or {}), **values}
        return await self._answer(await self._town.people[who].submit_modal(self._last, given))

    async def complete(
        self, who: Who, channel: int, name: str, option: str, typed: str
    ) -> list[str]:
        where = self._town.channel(channel)
        offered = await self._town.people[who].autocomplete(where, name, option, typed)
        return [str(choice["value"]) for choice in offered]

    async def advance(self, **span: float) -> None:
        await self._env.advance_time(timedelta(**span).total_seconds())
        await self.settle()

    async def archive(self, channel: int) -> None:
        thread = self._client.get_channel(channel)
        assert isinstance(thread, discord.Thread)
        await thread.edit(archived=True)
        await self.settle()

    async def settle(self) -> None:
        for _ in range(2):
            await self._env.settle()
            with self._env.time_context():
                await self.house.steward.settle()

    def seen(self, who: Who, channel: int) -> list[Shown]:
        history = self._town.channel(channel).history(viewer=self._town.people[who])
        return [self._shown(each) for each in history if each.id not in self._opened]

    async def _answer(self, result: simcord.InteractionResult) -> list[Shown]:
        self._last = result
        await self.settle()
        assert result.acknowledged
        every = (result.response, *result.followups)
        return [self._shown(each.message, each) for each in every if each]

    def _shown(self, message: discord.Message, handle: Any = None) -> Shown:
        parts: list[dict[str, Any]] = [dict(part.to_dict()) for part in message.components]
        called = {each.id for each in (*message.mentions, *message.role_mentions)}
        return Shown(
            id=message.id,
            channel=message.channel.id,
            by_bot=message.author.id == self.bot_id,
            text=texts(parts, message.content),
            buttons=buttons(parts),
            links=links(parts),
            pings=frozenset(called),
            calls_everyone=message.mention_everyone,
            private=message.flags.ephemeral,
            files=tuple(each.filename for each in message.attachments),
            handle=handle or message,
        )


@contextlib.asynccontextmanager
async def simcord_stage(
    library: Library, data: Path, swallowed: list[BaseException]
) -> AsyncIterator[SimcordStage]:
    """Run the bot in SimCord until the end of the block, and collect what the bot swallowed."""
    clock = SimClock()
    app = await build(
        Settings(None, KEY, data, data), clock=clock, store=MemoryStore(), library=library
    )
    clock.env = env = simcord.Env(app.client, settle_timeout=PATIENCE)
    # In a task, because SimCord sets a context variable of discord.py's that would outlive a
    # failed scenario and send the next one's answers nowhere.
    await asyncio.create_task(env.start())
    try:
        await env.advance_time((START - env.now()).total_seconds())
        yield SimcordStage(env, app, await build_simcord_town(env))
    finally:
        await env.shutdown()
        await app.house.store.close()
        library.close()
        swallowed += [error for error in env.errors if not _meant(error)]


def _standing(form: dict[str, Any]) -> dict[str, str]:
    every = components.walk(form.get("components", []))
    return {part["custom_id"]: part["value"] for part in every if part.get("value")}


def _meant(error: BaseException) -> bool:
    """Tell whether an error is a refusal: raised on purpose, and answered in kind words."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return isinstance(error, Refusal | CaseRefusal)
