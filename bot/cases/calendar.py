"""Time as the families and volunteers live it: Europe/London, its clock changes and holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
MORNING = time(10, 0)
"""When the volunteers are reminded of what still waits: awake, and before the day is spent."""


@lru_cache(maxsize=8)
def _bank_holidays(year: int) -> frozenset[date]:
    """Return England's bank holidays of a year (gov.uk/bank-holidays, through `holidays`)."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Tell whether offices and schools' switchboards are likely to answer on that day."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def next_working_day(after: datetime) -> date:
    """Return the first working day after the London date of a moment."""
    day = after.astimezone(LONDON).date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def next_morning(after: datetime) -> datetime:
    """Return the next ten o'clock in London after a moment, whatever the clocks do that night."""
    day = after.astimezone(LONDON).date()
    morning = datetime.combine(day, MORNING, tzinfo=LONDON)
    if morning <= after:
        morning = datetime.combine(day + timedelta(days=1), MORNING, tzinfo=LONDON)
    return morning.astimezone(after.tzinfo)
