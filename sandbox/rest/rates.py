"""Rate limits, as headers on every answer and as refusals when a bucket is empty.

Source: https://discord.com/developers/docs/topics/rate-limits
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sandbox.clock import Ticks

Limits = Mapping[str, tuple[int, float]]
"""Requests and seconds, by "METHOD /path/{template}"."""

# discord.py waits inside a call that empties its bucket, so the everyday profile is far away.
GENEROUS: Limits = MappingProxyType({})
REALISTIC: Limits = MappingProxyType(
    {
        "POST /channels/{channel}/messages": (5, 5.0),
        "PATCH /channels/{channel}": (5, 15.0),
        "POST /channels/{channel}/threads": (10, 10.0),
        "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
    }
)
_FAR = (1_000_000, 1.0)


@dataclass(slots=True)
class _Bucket:
    left: int
    resets_at: float


class Rates:
    """Counts requests by route and by the channel, guild or webhook they concern."""

    def __init__(self, limits: Limits = GENEROUS, ticks: Ticks = time.time) -> None:
        self._limits = limits
        self._ticks = ticks
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def spend(self, route: str, major: str) -> tuple[dict[str, str], float | None]:
        """Count a request; return the headers, and how long to wait if there is no room."""
        limit, period = self._limits.get(route, _FAR)
        now = self._ticks()
        bucket = self._buckets.setdefault((route, major), _Bucket(limit, now + period))
        if now >= bucket.resets_at:
            bucket.left, bucket.resets_at = limit, now + period
        wait = bucket.resets_at - now
        full = bucket.left <= 0
        bucket.left = max(0, bucket.left - 1)
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(bucket.left),
            "X-RateLimit-Reset": f"{bucket.resets_at:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(route.encode()).hexdigest()[:16],
        }
        return headers, wait if full else None
