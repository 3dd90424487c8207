"""Hold requests back while Discord refuses them: 10,000 refused in ten minutes bar the address.

Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
"""

from __future__ import annotations

import asyncio
from collections import deque
from types import SimpleNamespace

import aiohttp

from bot.services.ports import Unreachable

WINDOW = 600.0
"""Seconds over which Discord counts."""
MANY = 10
"""Refused requests within the window from which on only one try at a time is let through."""
REST = 60.0
"""Seconds between two such tries."""
COUNTED = frozenset({401, 429})
"""Statuses that tell us to be quiet. 403 counts at Discord too, but is never tried again."""


class Brake:
    """Counts every answer, also those that discord.py deals with by itself."""

    def __init__(self) -> None:
        self._refused: deque[float] = deque()
        self._tried_at = 0.0
        self._shut = False

    def shut(self) -> None:
        """Let no call pass any more: the connection has been closed for good."""
        self._shut = True

    def check(self) -> None:
        """Let a call pass. Raises `Unreachable` where it would only be refused."""
        if self._shut:
            raise Unreachable("closed")
        now = asyncio.get_running_loop().time()
        while self._refused and now - self._refused[0] > WINDOW:
            self._refused.popleft()
        if len(self._refused) < MANY:
            return
        if now - max(self._tried_at, self._refused[-1]) < REST:
            raise Unreachable("held back")
        self._tried_at = now

    def note(self, status: int) -> None:
        """Take note of an answer; one that went well releases the brake."""
        if status in COUNTED:
            self._refused.append(asyncio.get_running_loop().time())
        elif status < 400:
            self._refused.clear()

    def trace(self) -> aiohttp.TraceConfig:
        """Return what tells this brake of every answer an aiohttp session gets."""

        async def ended(
            session: aiohttp.ClientSession,
            context: SimpleNamespace,
            answer: aiohttp.TraceRequestEndParams,
        ) -> None:
            self.note(answer.response.status)

        config = aiohttp.TraceConfig()
        config.on_request_end.append(ended)
        return config
