"""What an admin chooses: where to listen, where to call volunteers, and who they are."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.capability import Actor, Capability, may
from bot.services.bells import Bells
from bot.services.errors import Refusal
from bot.services.guilds import Choose, Guilds
from bot.services.ports import Clock
from bot.services.records import GuildSettings


class OnlyAdmins(Refusal):
    """Only those who may manage this server can set Alongside up."""


class Setup:
    """Reads and changes a guild's settings."""

    def __init__(self, guilds: Guilds, clock: Clock, bells: Bells) -> None:
        self._guilds = guilds
        self._clock = clock
        self._bells = bells

    async def of(self, guild_id: int) -> GuildSettings:
        """Return a guild's settings; empty ones where nothing was chosen yet."""
        return await self._guilds.of(guild_id)

    async def change(self, actor: Actor, choose: Choose) -> GuildSettings:
        """Change a guild's settings. Raises `OnlyAdmins`."""
        if not may(actor, Capability.SET_UP):
            raise OnlyAdmins
        after = await self._guilds.edit(actor.guild_id, lambda kept: self._taken(kept, choose))
        self._bells.queue_changed(actor.guild_id)
        return after

    def _taken(self, before: GuildSettings, choose: Choose) -> GuildSettings:
        """Take a choice in. Watching begins when the settings first suffice, never earlier."""
        after = choose(before)
        if after.ready and after.watching_since is None:
            after = replace(after, watching_since=self._clock.now())
        if after.volunteers_channel != before.volunteers_channel:
            after = replace(after, panel_message=None)
        return after
