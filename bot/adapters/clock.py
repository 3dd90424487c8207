"""The clock on the wall; and, beside a sandbox, its clock that can be pushed forward."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp

log = logging.getLogger(__name__)

LISTEN_AGAIN = 1.0
"""Seconds before a lost clock is listened to again."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class SandboxClock:
    """A clock that follows the sandbox's: real time plus an offset that a person can push."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()
        self._turn = -1

    def now(self) -> datetime:
        """Return the sandbox's present moment in UTC."""
        return datetime.now(UTC) + self._offset

    async def set(self) -> None:
        """Take over the sandbox's time, where the sandbox can be reached."""
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{self._url}/clock") as answer,
            ):
                self._offset = timedelta(seconds=(await answer.json())["offset"])

    async def follow(self, settle: Callable[[], Awaitable[None]]) -> None:
        """Follow the sandbox's clock for ever.

        After each turn `settle` does the work now due, and the sandbox is told that it is done.
        """
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                    await self._turns(session, settle)
                await asyncio.sleep(LISTEN_AGAIN)

    async def _turns(
        self, session: aiohttp.ClientSession, settle: Callable[[], Awaitable[None]]
    ) -> None:
        while True:
            wanted = {"after": str(self._turn)} if self._turn >= 0 else {}
            async with session.get(f"{self._url}/clock", params=wanted) as answer:
                told = await answer.json()
            self._offset = timedelta(seconds=told["offset"])
            if told["turn"] == self._turn:
                continue
            self._turn = told["turn"]
            await settle()
            async with session.post(f"{self._url}/clock/seen", json={"turn": self._turn}):
                pass
