"""What comes due on a case, and when: a function of the case, so that a restart changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.cases.calendar import next_morning
from bot.cases.case import Case, State

FIRST_FLAG = timedelta(hours=4)
"""How long a member waits for a person before the volunteers are called."""
CLAIM_IDLE = timedelta(hours=24)
"""How long a volunteer may hold a case in silence before it returns to everybody."""
OUTCOME_AFTER = timedelta(days=14)
"""How long after the last human answer we ask, once, how it went."""


class Timer(StrEnum):
    """Something that comes due by itself."""

    FLAG = "flag"
    """Put the silence in front of the volunteers: after four hours, then every morning."""
    CLAIM_IDLE = "claim_idle"
    """A claimed case has stood still: it is everybody's again."""
    SNOOZE_OVER = "snooze_over"
    ASK_OUTCOME = "ask_outcome"
    """Ask the member, once, what happened in the end, so that the next family knows."""


@dataclass(frozen=True, slots=True)
class Due:
    """A timer with its time."""

    timer: Timer
    at: datetime


def timers(case: Case) -> tuple[Due, ...]:
    """Return what comes due on this case next.

    A queued case always has at least one timer, so that it can never be forgotten.
    """
    if case.state is State.WAITING_HUMAN:
        return (Due(Timer.FLAG, _next_flag(case)),)
    if case.state is State.CLAIMED and case.claimed_at is not None:
        return (Due(Timer.CLAIM_IDLE, case.claimed_at + CLAIM_IDLE),)
    if case.state is State.SNOOZED and case.snoozed_until is not None:
        return (Due(Timer.SNOOZE_OVER, case.snoozed_until),)
    answered = case.state in {State.WAITING_ASKER, State.RESOLVED}
    if answered and case.human_at is not None and not case.outcome_asked:
        return (Due(Timer.ASK_OUTCOME, case.human_at + OUTCOME_AFTER),)
    return ()


def _next_flag(case: Case) -> datetime:
    """Return when this wait is next put before the volunteers: four hours in, then each morning."""
    if case.flagged_at is not None:
        return next_morning(case.flagged_at + FIRST_FLAG)
    return (case.waiting_since or case.opened_at) + FIRST_FLAG
