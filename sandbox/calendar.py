"""Pushes of the clock that people name in London time: months on, the next Monday morning."""

import calendar
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def until_months_later(now: datetime, months: int) -> float:
    """Return the seconds until the same time of day in London, some months on."""
    local = now.astimezone(LONDON)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    later = local.replace(year=year, month=month + 1, day=min(local.day, last))
    return later.timestamp() - now.timestamp()


def until_next(now: datetime, weekday: int, at: time) -> float:
    """Return the seconds until the next such weekday (Monday is 0) and time in London."""
    local = now.astimezone(LONDON)
    day = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    found = datetime.combine(day, at, tzinfo=LONDON)
    if found <= local:
        found = datetime.combine(day + timedelta(days=7), at, tzinfo=LONDON)
    return found.timestamp() - now.timestamp()
