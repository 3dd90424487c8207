"""Recover what was written while we could not listen: the gateway is not trusted.

A new session replays nothing, so after every one of them each conversation is read from its
cursor on. Live events may move a cursor only once this session's scan of that channel is over.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.services.intake import Intake
from bot.services.ports import Postbox, Refused, Store, Unreachable
from bot.services.snowflake import first_at

log = logging.getLogger(__name__)

PAGE = 100
AT_ONCE = 5
"""How many conversations are read at the same time."""


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
        self._arriving: Counter[int] = Counter()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._stopped = False

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

    async def run(self, places: Iterable[Place]) -> int:
        """Read every place from its cursor on; return how many messages that brought.

        What cannot be read now stays behind, to be tried again.
        """
        places = tuple(places)
        self._behind.update((place.channel_id, place) for place in places)
        # Where something was written last, somebody has waited least in vain: begin there.
        newest_first = sorted(places, key=lambda place: place.newest or 0, reverse=True)
        return sum(await asyncio.gather(*map(self._try, newest_first)))

    def stop(self) -> None:
        """Read nothing more: what is still to be read waits for the next start."""
        self._stopped = True

    @contextlib.contextmanager
    def arriving(self, channel_id: int) -> Iterator[None]:
        """Say that a message of this channel is being taken in."""
        self._arriving[channel_id] += 1
        try:
            yield
        finally:
            self._arriving[channel_id] -= 1
            if not self._arriving[channel_id]:
                del self._arriving[channel_id]

    async def heard_live(self, channel_id: int, message_id: int) -> None:
        """Move a cursor for a live message, if nothing before it can still get lost.

        The gap before it must have been read, and nothing else be on its way into the inbox.
        """
        alone = self._arriving[channel_id] <= 1
        if alone and channel_id in self._scanned and not self._stopped:
            await self._store.move_cursor(channel_id, message_id)

    async def _try(self, place: Place) -> int:
        found = 0
        try:
            async with self._slots:
                if self._stopped:
                    return 0
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
                if self._stopped:
                    return found
                await self._intake.receive(post)
                after = post.id
            found += len(page)
            if page:
                await self._store.move_cursor(place.channel_id, after)
            if len(page) < PAGE:
                break
        self._scanned.add(place.channel_id)
        return found
