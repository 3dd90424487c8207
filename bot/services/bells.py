"""Wake-up calls inside the process. Losing one costs a second: every loop also looks by itself."""

from __future__ import annotations

import asyncio
import contextlib


class Bell:
    """Something a loop sleeps on until there is work, or a while has passed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Say that there is work."""
        self._event.set()

    async def wait(self, at_most: float) -> None:
        """Sleep until the bell rings, or for `at_most` seconds."""
        # Not `wait_for`: before Python 3.12 it loses a cancellation that comes with the ring.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._event.wait()
        self._event.clear()


class Bells:
    """The bells of the house: the outbox, the due table, and the panels that need drawing."""

    def __init__(self) -> None:
        self.outbox = Bell()
        self.due = Bell()
        self.panel = Bell()
        self.stale_panels: set[int] = set()

    def queue_changed(self, guild_id: int) -> None:
        """Say that a guild's queue looks different now."""
        self.stale_panels.add(guild_id)
        self.panel.ring()
