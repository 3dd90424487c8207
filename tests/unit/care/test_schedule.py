"""Nobody is left waiting without somebody being told."""

from datetime import UTC, datetime, timedelta
from itertools import islice

from bot.care.schedule import To, pings_after, schedule

RAISED = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)


def _minutes(to: To) -> list[float]:
    return [(p.due - RAISED).total_seconds() / 60 for p in schedule(RAISED) if p.to is to]


def test_volunteers_are_told_at_once_and_again() -> None:
    assert _minutes(To.VOLUNTEERS)[:4] == [0, 3, 6, 10]


def test_leads_come_in_at_fifteen_minutes_and_every_fifteen() -> None:
    assert _minutes(To.LEADS) == [15, 30, 45, 60]


def test_the_thread_is_told_the_truth_at_ten() -> None:
    assert _minutes(To.THREAD) == [10]


def test_the_pings_never_run_out() -> None:
    later = RAISED + timedelta(hours=9)
    pings = list(islice(pings_after(RAISED, later), 4))
    assert [p.due - later for p in pings] == [timedelta(minutes=15)] * 2 + [
        timedelta(minutes=30)
    ] * 2
