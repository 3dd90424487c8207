"""A loop whose waiting costs nothing: real sockets, and time that jumps to the next timer.

A bot, its Discord and their clock live in one such loop. When no socket has anything to say and
no thread is at work, everybody is waiting for a timer, so the loop's time moves on to it. A day
of back-off, nonce windows and hung requests then takes seconds, and nothing in the bot is faked.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
import selectors
import time
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

P = ParamSpec("P")


def rounds(few: int) -> int:
    """Return how often to repeat: `few`, or that times ALONGSIDE_FAULT_ROUNDS."""
    return few * int(os.environ.get("ALONGSIDE_FAULT_ROUNDS", "1"))


WORK_MOST = 60.0
"""Seconds of this process's own work after which a test that never ends is stopped."""
IDLE_MOST = 300.0
"""Real seconds spent in waiting for sockets and threads after which it is stopped.

Both are more where there are more rounds. What a busy machine gives to others is not counted.
"""


class _Impatient(selectors.DefaultSelector):
    """Waits for sockets only; what would be waiting for time is skipped and counted."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0
        self.at_work = 0
        self._idle = 0.0
        self._until = time.process_time() + WORK_MOST * rounds(1)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if time.process_time() > self._until or self._idle > IDLE_MOST * rounds(1):
            raise TimeoutError("a hurried test took too long")
        if timeout is None or timeout <= 0 or self.at_work:
            began = time.monotonic()
            ready = super().select(1.0 if timeout is None else timeout)
            self._idle += time.monotonic() - began
            return ready
        # The loopback delivers at once: what is on its way has come.
        ready = super().select(0)
        if not ready:
            self.skipped += timeout
        return ready


class HurriedLoop(asyncio.SelectorEventLoop):
    """An event loop on virtual time."""

    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        """Return virtual time, in seconds."""
        return super().time() + self._impatient.skipped

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        """Run in a thread; virtual time stands still meanwhile."""
        future = super().run_in_executor(executor, func, *args)
        self._impatient.at_work += 1
        future.add_done_callback(self._done)
        return future

    def _done(self, _: object) -> None:
        self._impatient.at_work -= 1


def hurried(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an async test on virtual time."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=HurriedLoop) as runner:
            runner.run(test(*args, **kwargs))

    # pytest is to see the fixtures, and not that there is a coroutine beneath.
    del run.__wrapped__  # type: ignore[attr-defined]
    run.__signature__ = inspect.signature(test)  # type: ignore[attr-defined]
    return run


def virtual_ticks() -> Callable[[], float]:
    """Return a source of wall-clock seconds that goes with the running loop's time."""
    loop = asyncio.get_running_loop()
    start = time.time() - loop.time()
    return lambda: start + loop.time()
