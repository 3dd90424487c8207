"""Waiting for something to become so in the world, without looking again and again."""

import asyncio
from collections.abc import Callable

from sandbox.world.state import Event, World


async def until(world: World, done: Callable[[], bool], wait: float = 5.0) -> bool:
    """Return True once `done()` holds, tried after each event; False after `wait` real seconds."""
    changed = asyncio.Event()

    def notice(event: Event) -> None:
        changed.set()

    stop = world.listen(notice)
    try:
        async with asyncio.timeout(wait):
            while not done():
                changed.clear()
                await changed.wait()
    except TimeoutError:
        return False
    finally:
        stop()
    return True
