"""Take letters from the outbox to Discord: each arrives once, whatever fails on the way.

Order of proof: the letter is marked as being tried before the first attempt; it carries the same
nonce each time, so Discord itself drops repeats within its window; after that window the channel
is read before anything is sent again. Both the HTTP answer and the gateway's echo count as proof.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import zlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.guidance.reply import Reply
from bot.services.bells import Bells
from bot.services.fallback import instead_of, undelivered
from bot.services.ports import (
    Clock,
    Conflict,
    Postbox,
    Refused,
    Store,
    StoreUnwritable,
    Unreachable,
)
from bot.services.records import Changes, GuildSettings, Letter, LetterState
from bot.services.snowflake import sent_at

log = logging.getLogger(__name__)

NONCE_WINDOW = timedelta(seconds=90)
"""How long Discord is trusted to drop a repeated nonce ("the past few minutes")."""
AT_ONCE = 20
"""More sends at once than this delay the acknowledgement of a button beyond its three seconds."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries at the most."""
LOOK_AT_LEAST_EVERY = 1.0
LATE = timedelta(minutes=2)
"""A member's reply that waits longer than this is told to the volunteers."""

Compose = Callable[[Letter, GuildSettings], Awaitable[Reply | None]]
"""Turns a letter into words; None when there is nothing to say any more."""


class Delivery:
    """Sends what the outbox holds, and notes the proof that it arrived."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bells: Bells,
        postbox: Postbox,
        compose: Compose,
        *,
        doubt_before: datetime | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bells = bells
        self._postbox = postbox
        self._compose = compose
        self._doubt_before = doubt_before
        """After a backup was restored: what concerns anything older may have been sent already."""
        self._reached_at: datetime | None = None
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._open = asyncio.Event()
        self._looking = asyncio.Lock()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        """The conversations being written to: one that hangs holds up no other."""

    def pause(self) -> None:
        """Stop sending while there is no connection: every try would only fail."""
        self._open.clear()

    def resume(self) -> None:
        """Send again."""
        self._open.set()
        self._bells.outbox.ring()

    async def run(self) -> None:
        """Deliver letters, for ever."""
        try:
            while True:
                await self._open.wait()
                await self._begin()
                await self._bells.outbox.wait(LOOK_AT_LEAST_EVERY)
        finally:
            tasks = tuple(self._under_way.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def work(self) -> int:
        """Try every letter that is to be tried now; return how many that were.

        Raises `StoreUnwritable`.
        """
        tried = 0
        while (begun := await self._begin()) or self._under_way:
            tried += begun
            if self._under_way:
                await asyncio.wait(tasks := tuple(self._under_way.values()))
                await asyncio.sleep(0)  # lets `_ended` take note
                for task in tasks:
                    task.result()
        return tried

    async def _begin(self) -> int:
        """Begin with the letters to be tried now; return how many conversations that concerns."""
        async with self._looking:
            if not self._open.is_set():
                return 0
            busy = frozenset(self._under_way)
            waiting: dict[int, list[Letter]] = {}
            for letter in await self._store.letters_to_send(self._clock.now()):
                if letter.channel_id not in busy:
                    waiting.setdefault(letter.channel_id, []).append(letter)
            for channel_id, letters in waiting.items():
                task = asyncio.create_task(self._deliver_in_order(letters))
                self._under_way[channel_id] = task
                task.add_done_callback(functools.partial(self._ended, channel_id))
            return len(waiting)

    def _ended(self, channel_id: int, task: asyncio.Task[None]) -> None:
        del self._under_way[channel_id]
        if task.cancelled():
            return
        if failed := task.exception():
            # The next look comes by itself: ringing now would only spin.
            log.error("letters wait channel=%d (%s)", channel_id, type(failed).__name__)
        else:
            self._bells.outbox.ring()

    async def echoed(self, nonce: str, message_id: int) -> None:
        """Take the gateway's echo of our own message as proof that it arrived."""
        key = Letter.key_of(nonce)
        if key is None:
            return
        for letter in await self._store.letters_of(key[0]):
            if letter.key == key and letter.state is not LetterState.SENT:
                await self._store.sent(letter, message_id)

    async def _deliver_in_order(self, letters: list[Letter]) -> None:
        """Send one conversation's letters one after another, so that they read in order."""
        for place, letter in enumerate(letters):
            async with self._slots:
                if not self._open.is_set():
                    return
                again_at = await self._try(letter)
            if again_at is not None:
                for later in letters[place + 1 :]:
                    await self._store.retry(later, again_at)
                return

    async def _try(self, letter: Letter) -> datetime | None:
        """Try one letter; return when it is to be tried again, or None when it is settled."""
        try:
            await self._deliver(letter)
        except Unreachable as failed:
            log.warning("not sent yet subject=%d kind=%s: %s", letter.subject, letter.kind, failed)
        except StoreUnwritable:
            raise
        except Exception:
            # One letter that cannot be composed must not hold up anybody else's.
            log.exception("a letter failed subject=%d kind=%s", letter.subject, letter.kind)
        else:
            return None
        again_at = self._next_try(letter)
        await self._store.retry(letter, again_at)
        if self._is_late(letter):
            settings = await self._settings(letter)
            if late := undelivered(letter, "late", settings, self._clock.now()):
                await self._store.apply(Changes(letters=(late,)))
        return again_at

    def _is_late(self, letter: Letter) -> bool:
        """Tell whether one conversation waits too long while others are reached.

        While nothing at all gets through, the volunteers could not be told either; and afterwards
        everything arrives by itself.
        """
        now = self._clock.now()
        reached = self._reached_at is not None and now - self._reached_at < LATE
        return reached and now - letter.created_at > LATE

    async def _settings(self, letter: Letter) -> GuildSettings:
        return await self._store.settings(letter.guild_id) or GuildSettings(letter.guild_id)

    async def _deliver(self, letter: Letter) -> None:
        settings = await self._settings(letter)
        reply = await self._compose(letter, settings)
        if reply is None:
            await self._store.dead(letter, "nothing-to-say", None)
            return
        try:
            message_id = await self._already_there(letter, reply)
            if message_id is None:
                await self._store.sending(letter, self._clock.now())
                message_id = await self._postbox.send(
                    letter.channel_id,
                    reply,
                    nonce=letter.nonce,
                    reply_to=letter.reply_to,
                    plain=settings.plain_text,
                )
        except Conflict:
            log.info("taken back before it went out subject=%d", letter.subject)
        except Refused as refused:
            log.warning("refused subject=%d kind=%s: %s", letter.subject, letter.kind, refused)
            now = self._clock.now()
            word = await instead_of(letter, refused.reason, settings, now, self._store)
            await self._store.dead(letter, refused.reason, word)
            self._bells.outbox.ring()
        else:
            self._reached_at = self._clock.now()
            await self._store.sent(letter, message_id)

    async def _already_there(self, letter: Letter, reply: Reply) -> int | None:
        """Look for a letter whose former try may have arrived, once the nonce protects no more."""
        since = letter.first_try_at
        if since is None:
            asked = sent_at(letter.subject)
            if self._doubt_before is None or asked >= self._doubt_before:
                return None
            since = asked
        elif self._clock.now() - since < NONCE_WINDOW:
            return None
        return await self._postbox.find_own(
            letter.channel_id,
            reply,
            nonce=letter.nonce,
            reply_to=letter.reply_to,
            since=since,
        )

    def _next_try(self, letter: Letter) -> datetime:
        """Return a time within a doubling span, spread by the nonce: full jitter without chance."""
        span = min(2.0 ** min(letter.tries, 10), LONGEST_PAUSE)
        spread = zlib.crc32(f"{letter.nonce}/{letter.tries}".encode()) / 2**32
        return self._clock.now() + timedelta(seconds=0.2 + span * spread)
