"""Pushes of the clock named in London time."""

from datetime import UTC, datetime, time, timedelta

from sandbox.calendar import LONDON, until_months_later, until_next


def after(moment, seconds):
    return (moment + timedelta(seconds=seconds)).astimezone(LONDON)


def test_months_keep_the_time_of_day_over_a_change_of_the_clocks():
    start = datetime(2026, 9, 30, 10, 0, tzinfo=LONDON).astimezone(UTC)
    assert after(start, until_months_later(start, 3)).isoformat() == "2026-12-30T10:00:00+00:00"


def test_months_end_where_a_short_month_ends():
    start = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert after(start, until_months_later(start, 3)).date().isoformat() == "2027-02-28"


def test_the_next_weekday_is_never_now():
    monday = datetime(2026, 7, 13, 6, 40, tzinfo=LONDON)
    assert until_next(monday, 0, time(6, 40)) == 7 * 86_400
    assert until_next(monday, 0, time(6, 41)) == 60
    assert until_next(monday, 1, time(6, 40)) == 86_400
