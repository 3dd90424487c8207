"""Keep background work alive: a loop that fails is logged and started again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Seconds: with the loop's own start this keeps a restart well within a minute."""
STEADY = 60.0
"""Seconds after which a loop counts as running well again."""


async def supervise(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run `work` for ever, starting it again when it fails or ends."""
    loop = asyncio.get_running_loop()
    pause = FIRST_PAUSE
    while True:
        started = loop.time()
        try:
            await work()
        except Exception:
            log.exception("background work failed and is started again: %s", name)
        if loop.time() - started > STEADY:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
