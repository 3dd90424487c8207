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
        self._behind: dict[int, Place] = {}

    @property
    def behind(self) -> tuple[Place, ...]:
        """Return the places that are still to be read."""
        return tuple(self._behind.values())

    def new_session(self) -> None:
        """Forget which channels were scanned: the last session's scans prove nothing now."""
        self._scanned.clear()

    def doubt(self, place: Place) -> None:
        """Note that a message of this place may have escaped us: it must be read again."""
        self._scanned.discard(place.channel_id)
        self._behind[place.channel_id] = place

    def known(self, channel_id: int) -> None:
        """Note that nothing older is missing from what stands under this channel."""
        self._scanned.add(channel_id)

    async def run(self, places: Iterable[Place]) -> int:
        """Read every place from its cursor on; return how many messages that brought.

        What cannot be read now stays behind, to be tried again.
        """
        places = tuple(places)
        self._behind.update((place.channel_id, place) for place in places)
        return sum([await self._try(place) for place in places])

    async def heard_live(self, channel_id: int, parent_id: int | None, message_id: int) -> None:
        """Move the cursors for a live message, where the gap before it has been read."""
        for place in filter(None, (channel_id, parent_id)):
            if place in self._scanned:
                await self._store.move_cursor(place, message_id)

    async def _try(self, place: Place) -> int:
        found = 0
        try:
            found = await self._scan(place)
        except Refused as refused:
            log.info("cannot read channel=%d: %s", place.channel_id, refused)
        except Unreachable:
            log.warning("not read yet channel=%d", place.channel_id)
            return 0
        except Exception:
            # One conversation that fails must not keep all the others from being read.
            log.exception("not read yet channel=%d", place.channel_id)
            return 0
        if self._behind.get(place.channel_id) is place:
            del self._behind[place.channel_id]
        return found

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
