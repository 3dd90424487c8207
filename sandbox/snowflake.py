"""Snowflake ids, made from the sandbox's clock so that `created_at` is virtual time too."""

from datetime import datetime

from sandbox.clock import Clock

EPOCH_MS = 1_420_070_400_000
_LOW_BITS = 0xFFF


def oldest_id(moment: datetime) -> int:
    """Return the smallest id that could be made at a moment."""
    return int(moment.timestamp() * 1000) - EPOCH_MS << 22


class Snowflakes:
    """Hands out ids that only ever grow, even when the clock goes back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_ms = 0
        self._low = 0

    def __call__(self) -> str:
        """Return a new id."""
        ms = max(oldest_id(self._clock.now()) >> 22, self._last_ms)
        self._low = self._low + 1 if ms == self._last_ms else 0
        if self._low > _LOW_BITS:
            ms, self._low = ms + 1, 0
        self._last_ms = ms
        return str(ms << 22 | self._low)
