"""The virtual clock, as the page shows and pushes it."""

import calendar
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.clock import SandboxClock
from sandbox.values import Json

LONDON = ZoneInfo("Europe/London")


def clock_shape(clock: SandboxClock) -> Json:
    """Return the virtual moment in milliseconds since 1970; the browser ticks on from there."""
    return {"now": clock.now().timestamp() * 1000}


def seconds_until_months_later(now: datetime, months: int) -> float:
    """Return how long it is until the same London time of day, some months on."""
    local = now.astimezone(LONDON)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    later = local.replace(year=year, month=month + 1, day=min(local.day, last))
    return later.timestamp() - now.timestamp()
