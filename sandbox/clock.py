"""The sandbox's time: real time plus an offset that a test or a person may push forward."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

Ticks = Callable[[], float]


class Clock(Protocol):
    """What tells the time to the world."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        ...


class SandboxClock:
    """A clock that can be pushed forward, and that knows who has caught up with it.

    Every push raises the turn. A bot that follows the clock reports the turn for which all
    its due work is done, so that a test can wait for that instead of sleeping.
    """

    def __init__(self, ticks: Ticks = time.time) -> None:
        self._ticks = ticks
        self._changed = asyncio.Condition()
        self._listeners: list[Callable[[], None]] = []
        self.offset = 0.0
        self.turn = 0
        self.seen = 0

    def now(self) -> datetime:
        """Return virtual time, in UTC."""
        return datetime.fromtimestamp(self._ticks() + self.offset, UTC)

    def on_advance(self, callback: Callable[[], None]) -> None:
        """Call `callback` after each push of the clock, before anyone is told of it."""
        self._listeners.append(callback)

    async def advance(self, seconds: float, settle: bool = True, wait: float = 10.0) -> bool:
        """Push the clock by `seconds`; with `settle`, wait until a follower did its due work.

        Returns False if nobody acknowledged the turn within `wait` real seconds.
        A push of 0 is a barrier.
        """
        self.offset += seconds
        for callback in self._listeners:
            callback()
        async with self._changed:
            self.turn += 1
            turn = self.turn
            self._changed.notify_all()
        return await self._until(lambda: self.seen >= turn, wait) if settle else True

    async def after(self, turn: int, wait: float = 25.0) -> None:
        """Return once the clock's turn is past `turn`, or after `wait` real seconds."""
        await self._until(lambda: self.turn > turn, wait)

    async def acknowledge(self, turn: int) -> None:
        """Record that a follower has done all work due at `turn`."""
        async with self._changed:
            self.seen = max(self.seen, turn)
            self._changed.notify_all()

    async def _until(self, done: Callable[[], bool], wait: float) -> bool:
        try:
            async with asyncio.timeout(wait), self._changed:
                await self._changed.wait_for(done)
        except TimeoutError:
            return False
        return True
