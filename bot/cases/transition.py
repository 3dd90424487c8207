"""The transition table: what each command does to a case, and nothing else does.

No timer leads out of the queue: only a person closes a case (docs/decisions/0001).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.cases.case import Case, State
from bot.cases.command import (
    AskMore,
    ChooseEntry,
    Claim,
    Command,
    HandBack,
    HumanReply,
    Reopen,
    Resolve,
    SayHelped,
    SayStuck,
    Snooze,
    Tick,
    Withdraw,
)
from bot.cases.errors import (
    AlreadyClaimed,
    AlreadyClosed,
    NoSuchPart,
    NotClosed,
    NotHolding,
    PastTime,
)
from bot.cases.event import Event, EventKind
from bot.cases.part import Part, PartStatus
from bot.cases.timer import Timer, timers

Outcome = tuple[Case, tuple[Event, ...]]


def open_case(case: Case, now: datetime) -> Outcome:
    """Begin a case: it waits for a person from the moment it is asked."""
    begun = replace(case, state=State.WAITING_HUMAN, waiting_since=case.waiting_since or now)
    return begun, (Event(EventKind.OPENED, case.id, now),)


def transition(case: Case, command: Command, now: datetime) -> Outcome:
    """Apply a command to a case.

    Returns the new case, its version raised by one if anything changed, and what happened.
    Raises a `CaseRefusal` when the command does not fit; the case is then unchanged.
    """
    changed, events = _HANDLERS[type(command)](case, command, now)
    if changed == case:
        return case, events
    return replace(changed, version=case.version + 1), events


def _ask_more(case: Case, command: AskMore, now: datetime) -> Outcome:
    first = len(case.parts) + 1
    added = tuple(
        replace(part, number=number) for number, part in enumerate(command.parts, start=first)
    )
    grown = replace(case, parts=case.parts + added)
    return _wait_again(grown, now), (Event(EventKind.ASKED_MORE, case.id, now, part=first),)


def _choose_entry(case: Case, command: ChooseEntry, now: datetime) -> Outcome:
    part = _need_part(case, command.part)
    if part.status is not PartStatus.NEEDS_WORD:
        return case, ()
    if command.entry is None:
        chosen = replace(part, status=PartStatus.NEEDS_HUMAN)
    else:
        chosen = replace(part, status=PartStatus.ANSWERED, entry=command.entry)
    return case.with_part(chosen), (Event(EventKind.ENTRY_CHOSEN, case.id, now, part.number),)


def _say_helped(case: Case, command: SayHelped, now: datetime) -> Outcome:
    if not case.is_open:
        return case, ()
    if not command.part:
        return _close(case, now), (Event(EventKind.RESOLVED, case.id, now),)
    part = _need_part(case, command.part)
    if part.status is PartStatus.CLOSED:
        return case, ()
    closed = case.with_part(replace(part, status=PartStatus.CLOSED))
    helped = Event(EventKind.PART_HELPED, case.id, now, part.number)
    if any(other.status is not PartStatus.CLOSED for other in closed.parts):
        return closed, (helped,)
    return _close(closed, now), (helped, Event(EventKind.RESOLVED, case.id, now))


def _say_stuck(case: Case, command: SayStuck, now: datetime) -> Outcome:
    stuck = case
    if command.part:
        part = _need_part(case, command.part)
        stuck = case.with_part(replace(part, status=PartStatus.NEEDS_HUMAN))
    return _wait_again(stuck, now), (Event(EventKind.PART_STUCK, case.id, now, command.part),)


def _withdraw(case: Case, _: Withdraw, now: datetime) -> Outcome:
    if case.state is State.WITHDRAWN:
        return case, ()
    gone = replace(_close(case, now), state=State.WITHDRAWN)
    return gone, (Event(EventKind.WITHDRAWN, case.id, now),)


def _human_reply(case: Case, _: HumanReply, now: datetime) -> Outcome:
    if not case.is_open:
        return replace(case, human_at=now), ()
    answered = replace(
        _unclaimed(case), state=State.WAITING_ASKER, human_at=now, waiting_since=None
    )
    return answered, (Event(EventKind.HUMAN_ANSWERED, case.id, now),)


def _claim(case: Case, command: Claim, now: datetime) -> Outcome:
    _need_open(case)
    if case.claimed_by == command.by:
        return case, ()
    if case.claimed_by is not None:
        raise AlreadyClaimed
    claimed = replace(
        case,
        state=State.CLAIMED,
        claimed_by=command.by,
        claimed_at=now,
        snoozed_until=None,
        waiting_since=case.waiting_since or now,
    )
    return claimed, (Event(EventKind.CLAIMED, case.id, now, by=command.by),)


def _hand_back(case: Case, command: HandBack, now: datetime) -> Outcome:
    _need_open(case)
    if case.claimed_by is None or (case.claimed_by != command.by and not command.forced):
        raise NotHolding
    back = Event(EventKind.HANDED_BACK, case.id, now, by=command.by)
    return _back_in_queue(case, now), (back,)


def _snooze(case: Case, command: Snooze, now: datetime) -> Outcome:
    _need_open(case)
    if command.until <= now:
        raise PastTime
    if case.claimed_by not in {None, command.by}:
        raise AlreadyClaimed
    snoozed = replace(
        _unclaimed(case),
        state=State.SNOOZED,
        snoozed_until=command.until,
        waiting_since=case.waiting_since or now,
    )
    return snoozed, (Event(EventKind.SNOOZED, case.id, now, by=command.by),)


def _resolve(case: Case, command: Resolve, now: datetime) -> Outcome:
    _need_open(case)
    if case.claimed_by not in {None, command.by} and not command.forced:
        raise AlreadyClaimed
    if command.part:
        part = _need_part(case, command.part)
        case = case.with_part(replace(part, status=PartStatus.CLOSED))
        closed = Event(EventKind.PART_CLOSED, case.id, now, part.number, command.by)
        if any(other.status is not PartStatus.CLOSED for other in case.parts):
            return case, (closed,)
    resolved = Event(EventKind.RESOLVED, case.id, now, by=command.by)
    return replace(_close(case, now), human_at=case.human_at or now), (resolved,)


def _reopen(case: Case, command: Reopen, now: datetime) -> Outcome:
    if case.is_open:
        raise NotClosed
    parts = tuple(replace(part, status=PartStatus.NEEDS_HUMAN) for part in case.parts)
    return _wait_again(replace(case, parts=parts), now), (
        Event(EventKind.REOPENED, case.id, now, by=command.by),
    )


def _tick(case: Case, command: Tick, now: datetime) -> Outcome:
    due = next((due for due in timers(case) if due.timer is command.timer), None)
    if due is None or due.at > now:
        return case, ()
    return _TICKS[command.timer](case, now)


def _tick_flag(case: Case, now: datetime) -> Outcome:
    flagged = replace(case, flags=case.flags + 1, flagged_at=now)
    return flagged, (Event(EventKind.FLAGGED, case.id, now, count=flagged.flags),)


def _tick_claim_idle(case: Case, now: datetime) -> Outcome:
    lapsed = Event(EventKind.CLAIM_LAPSED, case.id, now, by=case.claimed_by)
    return _back_in_queue(case, now), (lapsed,)


def _tick_snooze_over(case: Case, now: datetime) -> Outcome:
    return _back_in_queue(case, now), (Event(EventKind.WOKEN, case.id, now),)


def _tick_ask_outcome(case: Case, now: datetime) -> Outcome:
    asked = Event(EventKind.OUTCOME_ASKED, case.id, now)
    return replace(case, outcome_asked=True), (asked,)


def _need_open(case: Case) -> None:
    if not case.is_open:
        raise AlreadyClosed


def _need_part(case: Case, number: int) -> Part:
    part = case.part(number)
    if part is None:
        raise NoSuchPart
    return part


def _unclaimed(case: Case) -> Case:
    return replace(case, claimed_by=None, claimed_at=None, snoozed_until=None)


def _wait_again(case: Case, now: datetime) -> Case:
    """Put the case (back) in the queue; a wait that is already running keeps its beginning."""
    if case.queued:
        return case
    return replace(
        _unclaimed(case),
        state=State.WAITING_HUMAN,
        waiting_since=now,
        flags=0,
        flagged_at=None,
        closed_at=None,
    )


def _back_in_queue(case: Case, now: datetime) -> Case:
    """Return a held or set-aside case to everybody; its next flag is due as if never held."""
    return replace(
        _unclaimed(case), state=State.WAITING_HUMAN, waiting_since=case.waiting_since or now
    )


def _close(case: Case, now: datetime) -> Case:
    return replace(
        _unclaimed(case).with_parts_closed(),
        state=State.RESOLVED,
        waiting_since=None,
        closed_at=now,
    )


_HANDLERS: dict[type, Callable[[Case, Any, datetime], Outcome]] = {
    AskMore: _ask_more,
    ChooseEntry: _choose_entry,
    SayHelped: _say_helped,
    SayStuck: _say_stuck,
    Withdraw: _withdraw,
    HumanReply: _human_reply,
    Claim: _claim,
    HandBack: _hand_back,
    Snooze: _snooze,
    Resolve: _resolve,
    Reopen: _reopen,
    Tick: _tick,
}

_TICKS: dict[Timer, Callable[[Case, datetime], Outcome]] = {
    Timer.FLAG: _tick_flag,
    Timer.CLAIM_IDLE: _tick_claim_idle,
    Timer.SNOOZE_OVER: _tick_snooze_over,
    Timer.ASK_OUTCOME: _tick_ask_outcome,
}
