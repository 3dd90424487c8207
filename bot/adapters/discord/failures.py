"""Translate what goes wrong with Discord into the two things a service can act on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
import discord

from bot.adapters.discord.brake import Brake
from bot.services.ports import Refused, Unreachable

GONE = frozenset({10003, 10004, 10008})
"""Unknown channel, guild, message (discord.com/developers/docs/topics/opcodes-and-status-codes)."""
LOCKED = frozenset({50083, 160005})
FORBIDDEN = frozenset({50001, 50013})
STARTER_MISSING = 40058
"""A forum thread exists a moment before its first message: come back, it is not gone."""
HANG = 20.0
"""Seconds after which a call counts as unanswered; discord.py would wait five minutes."""


@contextlib.asynccontextmanager
async def calling(brake: Brake | None = None) -> AsyncIterator[None]:
    """Run one call to Discord, past a brake unless a person asked for it just now.

    Raises `Refused` for good, or `Unreachable` for now.
    """
    if brake is not None:
        brake.check()
    try:
        async with asyncio.timeout(HANG):
            yield
    except discord.HTTPException as failed:
        raise translated(failed) from failed
    except (aiohttp.ClientError, OSError, TimeoutError, discord.RateLimited) as failed:
        raise Unreachable(type(failed).__name__) from failed


def translated(failed: discord.HTTPException) -> Refused | Unreachable:
    """Return what an HTTP answer means for whoever wanted to send."""
    if failed.status >= 500 or failed.status in {401, 408, 429} or failed.code == STARTER_MISSING:
        return Unreachable(str(failed.status))
    if failed.code in LOCKED:
        return Refused("locked")
    if failed.code in FORBIDDEN or failed.status == 403:
        return Refused("forbidden")
    if failed.code in GONE or failed.status == 404:
        return Refused("gone")
    return Refused("invalid")
