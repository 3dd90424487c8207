"""Time in London: clock changes, weekends and bank holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.cases.calendar import is_working_day, next_morning, next_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # Boxing Day falls on a Saturday: the substitute day
        (date(2026, 4, 6), False),  # Easter Monday
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_after_christmas_eve_offices_open_on_the_tuesday() -> None:
    eve = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
    assert next_working_day(eve) == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("after", "morning"),
    [
        (datetime(2026, 11, 25, 3, tzinfo=UTC), datetime(2026, 11, 25, 10, tzinfo=UTC)),
        (datetime(2026, 11, 25, 10, tzinfo=UTC), datetime(2026, 11, 26, 10, tzinfo=UTC)),
        (datetime(2026, 6, 1, 8, 59, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC)),
        (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 10, tzinfo=UTC)),
    ],
)
def test_the_next_morning_is_ten_in_london(after: datetime, morning: datetime) -> None:
    assert next_morning(after) == morning
