"""What an admin chooses: where to listen, where to call volunteers, and who they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.cases.capability import Actor, Capability, may
from bot.services.bells import Bells
from bot.services.errors import Refusal
from bot.services.ports import Clock, Store
from bot.services.records import Changes, GuildSettings


class OnlyAdmins(Refusal):
    """Only those who may manage this server can set Alongside up."""


class Setup:
    """Reads and changes a guild's settings."""

    def __init__(self, store: Store, clock: Clock, bells: Bells) -> None:
        self._store = store
        self._clock = clock
        self._bells = bells

    async def of(self, guild_id: int) -> GuildSettings:
        """Return a guild's settings; empty ones where nothing was chosen yet."""
        return await self._store.settings(guild_id) or GuildSettings(guild_id)

    async def change(
        self, actor: Actor, choose: Callable[[GuildSettings], GuildSettings]
    ) -> GuildSettings:
        """Change a guild's settings.

        Watching begins at the moment the settings first suffice: nothing older is ever read.
        Raises `OnlyAdmins`.
        """
        if not may(actor, Capability.SET_UP):
            raise OnlyAdmins
        before = await self.of(actor.guild_id)
        after = choose(before)
        if after.ready and after.watching_since is None:
            after = replace(after, watching_since=self._clock.now())
        if after.volunteers_channel != before.volunteers_channel:
            after = replace(after, panel_message=None)
        await self._store.apply(Changes(settings=(after,)))
        self._bells.queue_changed(actor.guild_id)
        return after
