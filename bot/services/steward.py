"""Keep the whole house going: what Discord tells goes in, what is due goes out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from bot.services.bells import Bells
from bot.services.catchup import CatchUp, Place
from bot.services.delivery import Delivery
from bot.services.escalation import Escalation
from bot.services.intake import Intake
from bot.services.notes import Notes
from bot.services.panel import Panel
from bot.services.ports import Clock, Post, Store, Unreachable
from bot.services.records import GuildSettings
from bot.services.snowflake import first_at, sent_at
from bot.services.supervision import supervise
from bot.services.watch import Watch

log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(hours=1)
BACK_UP_EVERY = timedelta(days=1)
LOOK_EVERY = 60.0
AT_ONCE = 20
"""More messages taken in at once than this delay the acknowledgement of a button in a flood."""
MEND_EVERY = 5.0
"""Seconds after which what could not be read or finished is tried again."""
MARGIN = timedelta(minutes=1)
"""Our clock and Discord's may differ by a little."""
DRAIN = 6.0
"""Seconds to finish what is in hand before stopping; a stop must be over in ten."""
ROUNDS = 50
"""More rounds of settling than this mean that two parts keep waking each other."""


class Places(Protocol):
    """Knows which conversations can be seen."""

    def places(self) -> Iterable[Place]:
        """Return every channel and active thread."""
        ...

    async def archived(self, channel_id: int, since: datetime) -> list[Place]:
        """Return the threads of a channel archived after a moment. Raises `Unreachable`."""
        ...


class Steward:
    """Hears what the client tells, and runs the loops that need no telling."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        intake: Intake,
        catch_up: CatchUp,
        delivery: Delivery,
        escalation: Escalation,
        panel: Panel,
        places: Places,
        bells: Bells,
        notes: Notes,
        watch: Watch,
    ) -> None:
        self._store = store
        self._clock = clock
        self._intake = intake
        self._catch_up = catch_up
        self._delivery = delivery
        self._escalation = escalation
        self._panel = panel
        self._places = places
        self._bells = bells
        self._notes = notes
        self._watch = watch
        self._swept_at: datetime | None = None
        self._backed_up_at = clock.now()
        self._in_hand = 0
        self._taking_in = asyncio.Semaphore(AT_ONCE)
        self._idle = asyncio.Event()
        self._idle.set()
        self._catching_up = asyncio.Lock()
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False
        self._online = False
        self._unlisted = False
        """Whether a session has begun whose conversations could not yet be listed."""
        self.ready = asyncio.Event()
        """Set once the first session's catch-up is over."""

    def start(self) -> None:
        """Start the background loops."""
        work = {
            "delivery": self._delivery.run,
            "escalation": self._escalation.run,
            "panel": self._panel.run,
            "sweep": self._sweep,
            "mending": self._mend_for_ever,
            "watch": self._watch.run,
        }
        self._loops = [
            asyncio.create_task(supervise(name, run), name=name) for name, run in work.items()
        ]

    async def stop(self) -> None:
        """Finish what is in hand, then stop. What is left waits in the store for the next start."""
        self._stopping = True
        self._catch_up.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN):
                await self.settle()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)

    async def settle(self) -> None:
        """Do everything that is due or in hand at this moment."""
        await self._sweep_if_due()
        for _ in range(ROUNDS):
            await self._idle.wait()
            done = await self._escalation.work() + await self._delivery.work()
            await self._panel.work()
            if not done and self._idle.is_set():
                return
        log.error("the house does not settle")

    async def connected(self) -> None:
        """Read what was missed, then finish what was begun before a crash."""
        self._catch_up.new_session()
        self._unlisted = self._online = True
        async with self._working():
            # Before a letter goes out, see whether its question was deleted while we were away.
            await self._intake.forget_deleted()
            self._delivery.resume()
        await self._mend()
        for settings in await self._store.all_settings():
            self._bells.queue_changed(settings.guild_id)

    async def resumed(self) -> None:
        """Go on sending; Discord has replayed the events itself."""
        self._online = True
        self._delivery.resume()

    def disconnected(self) -> None:
        """Hold the letters until there is a connection again."""
        self._online = False
        self._delivery.pause()

    async def posted(self, post: Post) -> None:
        """Take in a message."""
        if self._stopping:
            return  # the next start will read it
        async with self._working():
            with self._catch_up.arriving(post.channel_id):
                async with self._taking_in:
                    await self._take_in(post)

    async def _take_in(self, post: Post) -> None:
        if self._stopping:
            return
        try:
            await self._intake.receive(post)
        except Exception:
            self._catch_up.doubt(Place(post.channel_id, post.guild_id, None))
            raise
        await self._catch_up.heard_live(post.channel_id, post.id)

    async def echoed(self, channel_id: int, nonce: str | None, message_id: int) -> None:
        """Take the gateway's echo as proof that a letter arrived."""
        async with self._working():
            with self._catch_up.arriving(channel_id):
                if nonce is not None:
                    await self._delivery.echoed(nonce, message_id)
                await self._catch_up.heard_live(channel_id, message_id)

    async def deleted(self, channel_id: int, message_id: int) -> None:
        """Take back what was promised for a deleted message."""
        async with self._working():
            await self._intake.receive_deleted(channel_id, message_id)

    async def channel_gone(self, channel_id: int) -> None:
        """Withdraw what was promised in a conversation that is gone."""
        async with self._working():
            await self._intake.receive_channel_gone(channel_id)

    async def guild_gone(self, guild_id: int) -> None:
        """Forget a guild that has removed the bot."""
        async with self._working():
            await self._store.forget_guild(guild_id)

    async def thread_stirred(self, place: Place) -> None:
        """Read a thread that has come back, or of which something may have escaped us."""
        self._catch_up.doubt(place)
        async with self._working():
            await self._catch_up.run([place])

    async def _mend_for_ever(self) -> None:
        """Try again, every few seconds, what could not be read or finished."""
        while True:
            await asyncio.sleep(MEND_EVERY)
            if self._online:
                await self._mend()

    async def _mend(self) -> None:
        """Read what is still to be read, and finish what was taken in and not dealt with."""
        if self._stopping:
            return
        async with self._working(), self._catching_up:
            began = self._clock.now()
            places = self._catch_up.behind
            if self._unlisted:
                try:
                    places = await self._all_places()
                except Unreachable:
                    log.warning("the conversations could not be listed yet")
                    return
                self._unlisted = False
            await self._catch_up.run(places)
            await self._intake.resume()
            if self._catch_up.behind:
                return
            if not self.ready.is_set() or places:
                await self._note_known(began)
        self.ready.set()

    async def _note_known(self, until: datetime) -> None:
        """Note, for whoever reads archived threads next, that up to here nothing is missing."""
        for settings in await self._store.all_settings():
            for channel_id in settings.help_channels:
                await self._store.move_cursor(channel_id, first_at(until - MARGIN))

    async def _all_places(self) -> tuple[Place, ...]:
        """Return every watched conversation, with what was archived while we were away."""
        places = list(self._places.places())
        seen = {place.channel_id for place in places}
        for settings in await self._store.all_settings():
            for channel_id in sorted(settings.help_channels):
                since = await self._archives_since(channel_id, settings)
                if since is not None:
                    archived = await self._places.archived(channel_id, since)
                    places += (place for place in archived if place.channel_id not in seen)
        return tuple(places)

    async def _archives_since(self, channel_id: int, settings: GuildSettings) -> datetime | None:
        """Return how far back archives must be read: to where we last knew everything."""
        if not settings.ready or settings.watching_since is None:
            return None
        oldest = await self._store.oldest_open(settings.guild_id)
        known = await self._store.cursor(channel_id)
        since = settings.watching_since if known is None else sent_at(known)
        return min(since, oldest.opened_at) if oldest else since

    async def _sweep(self) -> None:
        """Look every minute whether it is time to sweep."""
        while True:
            await self._sweep_if_due()
            await asyncio.sleep(LOOK_EVERY)

    async def _sweep_if_due(self) -> None:
        """Remove what has been kept long enough, once an hour."""
        now = self._clock.now()
        if self._swept_at is not None and now - self._swept_at < SWEEP_EVERY:
            return
        self._swept_at = now
        if self._online and not self._unlisted and not self._catch_up.behind:
            await self._note_known(now)
        await self._notes.write()
        swept = await self._store.sweep(now)
        if any(swept.removed.values()):
            log.info("swept %s", dict(swept.removed))
        if now - self._backed_up_at >= BACK_UP_EVERY:
            self._backed_up_at = now
            await self._store.back_up(now)

    @contextlib.asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        """Count something as in hand, so that settling and stopping wait for it."""
        self._in_hand += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()
