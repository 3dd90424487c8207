"""Keep each guild's queue panel true: one message, drawn anew whenever the queue changes."""

from __future__ import annotations

import asyncio
import logging
import zlib
from dataclasses import replace

from bot.guidance.reply import Reply
from bot.services.bells import Bells
from bot.services.guilds import Guilds
from bot.services.letters.panel import panel_reply
from bot.services.ports import Postbox, Refused, Store, Unreachable
from bot.services.records import GuildSettings

log = logging.getLogger(__name__)

LOOK_AT_LEAST_EVERY = 60.0


class Panel:
    """Draws the queue panels that have gone stale."""

    def __init__(self, store: Store, guilds: Guilds, bells: Bells, postbox: Postbox) -> None:
        self._store = store
        self._guilds = guilds
        self._bells = bells
        self._postbox = postbox
        self._drawn: dict[int, tuple[Reply, bool]] = {}
        self._working = asyncio.Lock()

    async def run(self) -> None:
        """Redraw stale panels, for ever. Many changes at once cost one drawing."""
        while True:
            await self.work()
            await self._bells.panel.wait(LOOK_AT_LEAST_EVERY)

    async def work(self) -> None:
        """Redraw every panel that has gone stale."""
        async with self._working:
            failed_for: set[int] = set()
            while self._bells.stale_panels:
                guild_id = self._bells.stale_panels.pop()
                settings = await self._store.settings(guild_id)
                if settings is None or settings.volunteers_channel is None:
                    continue
                try:
                    await self._draw(settings, settings.volunteers_channel)
                except (Refused, Unreachable) as failed:
                    log.warning("the panel could not be drawn guild=%d: %s", guild_id, failed)
                    if not (isinstance(failed, Refused) and failed.reason == "gone"):
                        failed_for.add(guild_id)
            # No bell for these: they are tried again with the next change, or at the next look.
            self._bells.stale_panels |= failed_for

    async def _draw(self, settings: GuildSettings, channel_id: int) -> None:
        guild_id = settings.guild_id
        reply = panel_reply(
            await self._store.queue(guild_id), await self._store.open_alarms(guild_id)
        )
        look = reply, settings.plain_text
        if settings.panel_message is not None:
            if self._drawn.get(guild_id) == look:
                return
            try:
                await self._postbox.replace(
                    channel_id, settings.panel_message, reply, plain=settings.plain_text
                )
                self._drawn[guild_id] = look
                return
            except Refused as refused:
                if refused.reason != "gone":
                    raise
                log.info("the panel is gone and is put up again guild=%d", guild_id)
        mark = zlib.crc32(f"panel {settings.panel_message}".encode())
        message_id = await self._postbox.send(
            channel_id,
            reply,
            nonce=f"{guild_id:x}-{mark:x}",
            reply_to=None,
            plain=settings.plain_text,
        )
        self._drawn[guild_id] = look

        def noted(kept: GuildSettings) -> GuildSettings:
            moved = kept.volunteers_channel != channel_id
            return kept if moved else replace(kept, panel_message=message_id)

        await self._guilds.edit(guild_id, noted)
