"""Recover what was written while we could not listen: the gateway is not trusted.

A new session replays nothing, so after every one of them each conversation is read from its
cursor on. Live events may move a cursor only once this session's scan of that channel is over.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from bot.services.intake import Intake
from bot.services.ports import Postbox, Refused, Store, Unreachable
from bot.services.snowflake import first_at

log = logging.getLogger(__name__)

PAGE = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or thread to read again."""

    channel_id: int
    guild_id: int
    newest: int | None
    """The id of its last message, where Discord told us."""


class CatchUp:
    """Reads the gap in every watched conversation."""

    def __init__(self, store: Store, intake: Intake, postbox: Postbox) -> None:
        self._store = store
        self._intake = intake
        self._postbox = postbox
        self._scanned: set[int] = set()

    def new_session(self) -> None:
        """Forget which channels were scanned: the last session's scans prove nothing now."""
        self._scanned.clear()

    async def run(self, places: Iterable[Place]) -> int:
        """Read every place from its cursor on; return how many messages that brought."""
        found = 0
        for place in places:
            try:
                found += await self._scan(place)
            except Refused as refused:
                log.info("cannot read channel=%d: %s", place.channel_id, refused)
            except Unreachable:
                log.warning("not read yet channel=%d", place.channel_id)
        return found

    async def heard_live(self, channel_id: int, message_id: int) -> None:
        """Move a cursor for a live message, if the gap before it has been read."""
        if channel_id in self._scanned:
            await self._store.move_cursor(channel_id, message_id)

    async def _scan(self, place: Place) -> int:
        settings = await self._store.settings(place.guild_id)
        if settings is None or settings.watching_since is None:
            return 0
        after = await self._store.cursor(place.channel_id)
        if after is None:
            after = first_at(settings.watching_since) - 1
        found = 0
        while place.newest is None or place.newest > after:
            page = await self._postbox.history(place.channel_id, after=after, limit=PAGE)
            for post in page:
                await self._intake.receive(post)
                after = post.id
            found += len(page)
            if page:
                await self._store.move_cursor(place.channel_id, after)
            if len(page) < PAGE:
                break
        self._scanned.add(place.channel_id)
        return found
