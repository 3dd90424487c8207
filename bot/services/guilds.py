"""A guild's settings, changed by one at a time: an admin's choice and our own notes never cross."""

from __future__ import annotations

from collections.abc import Callable

from bot.services.locks import Locks
from bot.services.ports import Store
from bot.services.records import Changes, GuildSettings

Choose = Callable[[GuildSettings], GuildSettings]


class Guilds:
    """Reads and edits the settings of guilds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._locks = Locks()

    async def of(self, guild_id: int) -> GuildSettings:
        """Return a guild's settings; empty ones where nothing was chosen yet."""
        return await self._store.settings(guild_id) or GuildSettings(guild_id)

    async def edit(self, guild_id: int, choose: Choose) -> GuildSettings:
        """Write what `choose` makes of the settings as they are at this moment."""
        async with self._locks.holding(guild_id):
            after = choose(await self.of(guild_id))
            await self._store.apply(Changes(settings=(after,)))
            return after
