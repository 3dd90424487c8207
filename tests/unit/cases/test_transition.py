"""What must hold for every sequence of commands, whatever the order (docs/decisions/0001)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    CaseRefusal,
    NoSuchPart,
    NotClosed,
    NotHolding,
    PastTime,
)
from bot.cases.event import EventKind
from bot.cases.part import Part, PartStatus
from bot.cases.timer import Timer, timers
from bot.cases.transition import open_case, transition

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ANSWERED = Part(1, PartStatus.ANSWERED, "annual-review")
UNANSWERED = Part(2, PartStatus.NEEDS_HUMAN, near=("suspension",))
UNCLEAR = Part(3, PartStatus.NEEDS_WORD, near=("suspension", "off-rolling"))


def a_case(*parts: Part, at: datetime = NOON) -> Case:
    case = Case(1, 10, 20, "asker", at, parts or (ANSWERED, UNANSWERED, UNCLEAR))
    return open_case(case, at)[0]


def after(case: Case, *commands: Command, at: datetime = NOON) -> Case:
    for command in commands:
        case, _ = transition(case, command, at)
    return case


MINUTES = st.integers(0, 60 * 24 * 40)
VOLUNTEERS = st.integers(100, 103)
PARTS = st.integers(0, 6)
# Everything that can happen to a case while no person has answered, resolved or withdrawn it.
WITHOUT_AN_ANSWER = st.one_of(
    st.builds(Tick, st.sampled_from(Timer)),
    st.builds(Claim, VOLUNTEERS),
    st.builds(HandBack, VOLUNTEERS, st.booleans()),
    st.builds(Snooze, VOLUNTEERS, MINUTES.map(lambda m: NOON + timedelta(minutes=m))),
    st.builds(AskMore, st.just((UNANSWERED,))),
    st.builds(ChooseEntry, PARTS, st.sampled_from(["suspension", None])),
    st.builds(SayStuck, PARTS),
    st.builds(Reopen, VOLUNTEERS),
)
ANYTHING = st.one_of(
    WITHOUT_AN_ANSWER,
    st.builds(HumanReply),
    st.builds(Resolve, VOLUNTEERS, PARTS, st.booleans()),
    st.builds(SayHelped, PARTS),
    st.builds(Withdraw),
)


def run(case: Case, steps: list[tuple[int, Command]]) -> tuple[Case, datetime]:
    now = NOON
    for minutes, command in steps:
        now += timedelta(minutes=minutes)
        try:
            case, _ = transition(case, command, now)
        except CaseRefusal:
            continue
    return case, now


@given(st.lists(st.tuples(MINUTES, WITHOUT_AN_ANSWER), max_size=30))
@settings(max_examples=300, deadline=None)
def test_nothing_but_a_person_takes_a_case_out_of_the_queue(
    steps: list[tuple[int, Command]],
) -> None:
    case, _ = run(a_case(), steps)
    assert case.queued


@given(st.lists(st.tuples(MINUTES, ANYTHING), max_size=30))
@settings(max_examples=300, deadline=None)
def test_every_queued_case_has_something_coming_due(steps: list[tuple[int, Command]]) -> None:
    case, _ = run(a_case(), steps)
    assert bool(timers(case)) or not case.queued


@given(st.lists(st.tuples(MINUTES, ANYTHING), max_size=30), st.sampled_from(Timer))
@settings(max_examples=300, deadline=None)
def test_no_timer_closes_a_case(steps: list[tuple[int, Command]], timer: Timer) -> None:
    case, now = run(a_case(), steps)
    due = max((due.at for due in timers(case)), default=now)
    ticked, _ = transition(case, Tick(timer), max(now, due))
    assert ticked.is_open == case.is_open


@given(st.lists(st.tuples(MINUTES, ANYTHING), max_size=30))
@settings(max_examples=200, deadline=None)
def test_the_version_counts_every_change_and_nothing_else(
    steps: list[tuple[int, Command]],
) -> None:
    case, now = a_case(), NOON
    for minutes, command in steps:
        now += timedelta(minutes=minutes)
        try:
            changed, _ = transition(case, command, now)
        except CaseRefusal:
            continue
        assert (changed.version == case.version + 1) == (changed != case)
        case = changed


@given(st.lists(st.tuples(MINUTES, ANYTHING), max_size=30))
@settings(max_examples=200, deadline=None)
def test_only_a_claimed_case_names_a_volunteer(steps: list[tuple[int, Command]]) -> None:
    case, _ = run(a_case(), steps)
    assert (case.claimed_by is not None) == (case.state is State.CLAIMED)


class TestSilence:
    def test_the_first_flag_comes_after_four_hours(self) -> None:
        case = a_case()
        assert [(due.timer, due.at) for due in timers(case)] == [
            (Timer.FLAG, NOON + timedelta(hours=4))
        ]
        early, events = transition(case, Tick(Timer.FLAG), NOON + timedelta(hours=3, minutes=59))
        assert early == case
        assert not events

    def test_then_it_is_flagged_every_morning(self) -> None:
        case, now = a_case(), NOON + timedelta(hours=4)
        mornings = []
        for _ in range(4):
            case, events = transition(case, Tick(Timer.FLAG), now)
            mornings.append((now, events[0].count))
            now = timers(case)[0].at
        assert [count for _, count in mornings] == [1, 2, 3, 4]
        assert [moment.strftime("%d %H:%M") for moment, _ in mornings] == [
            "25 16:00",
            "26 10:00",
            "27 10:00",
            "28 10:00",
        ]

    def test_the_morning_stays_at_ten_in_london_when_the_clocks_change(self) -> None:
        before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
        case = after(a_case(at=before), Tick(Timer.FLAG), at=before + timedelta(hours=4))
        assert timers(case)[0].at == datetime(2026, 3, 29, 9, 0, tzinfo=UTC)

    def test_an_overdue_flag_fires_once_not_once_a_day(self) -> None:
        late = NOON + timedelta(days=30)
        case, events = transition(a_case(), Tick(Timer.FLAG), late)
        again, nothing = transition(case, Tick(Timer.FLAG), late)
        assert [event.count for event in events] == [1]
        assert (again, nothing) == (case, ())

    def test_a_claim_that_stands_still_goes_back_to_everybody(self) -> None:
        case = after(a_case(), Claim(100))
        later = NOON + timedelta(hours=24)
        lapsed, events = transition(case, Tick(Timer.CLAIM_IDLE), later)
        assert lapsed.state is State.WAITING_HUMAN
        assert events[0].kind is EventKind.CLAIM_LAPSED
        assert timers(lapsed)[0].at == NOON + timedelta(hours=4)

    def test_follow_ups_do_not_restart_the_wait(self) -> None:
        case = after(a_case(), AskMore((UNANSWERED,)), at=NOON + timedelta(hours=3))
        assert case.waiting_since == NOON
        assert [part.number for part in case.parts] == [1, 2, 3, 4]


class TestPeople:
    def test_a_human_answer_ends_the_wait(self) -> None:
        case = after(a_case(), Claim(100), HumanReply())
        assert (case.state, case.claimed_by, case.waiting_since) == (
            State.WAITING_ASKER,
            None,
            None,
        )

    def test_still_stuck_puts_it_back_with_a_new_wait(self) -> None:
        answered = after(a_case(), HumanReply())
        stuck = after(answered, SayStuck(1), at=NOON + timedelta(hours=9))
        assert stuck.state is State.WAITING_HUMAN
        assert stuck.waiting_since == NOON + timedelta(hours=9)
        part = stuck.part(1)
        assert part is not None
        assert part.status is PartStatus.NEEDS_HUMAN

    def test_two_volunteers_cannot_hold_one_case(self) -> None:
        with pytest.raises(AlreadyClaimed):
            after(a_case(), Claim(100), Claim(101))

    def test_claiming_twice_changes_nothing(self) -> None:
        once = after(a_case(), Claim(100))
        assert after(once, Claim(100), at=NOON + timedelta(hours=1)) == once

    def test_only_the_holder_hands_back_unless_a_lead_takes_over(self) -> None:
        held = after(a_case(), Claim(100))
        with pytest.raises(NotHolding):
            after(held, HandBack(101))
        assert after(held, HandBack(101, forced=True)).state is State.WAITING_HUMAN

    def test_resolving_part_by_part_closes_the_case_with_the_last(self) -> None:
        case = after(a_case(), Resolve(100, 1), Resolve(100, 2))
        assert case.is_open
        assert after(case, Resolve(100, 3)).state is State.RESOLVED

    def test_a_lead_resolves_what_another_holds(self) -> None:
        held = after(a_case(), Claim(100))
        with pytest.raises(AlreadyClaimed):
            after(held, Resolve(101))
        assert after(held, Resolve(101, forced=True)).state is State.RESOLVED

    def test_reopening_makes_every_question_wait_again(self) -> None:
        case = after(a_case(), Resolve(100), Reopen(101))
        assert case.state is State.WAITING_HUMAN
        assert {part.status for part in case.parts} == {PartStatus.NEEDS_HUMAN}
        assert case.closed_at is None

    def test_what_does_not_fit_is_refused(self) -> None:
        case = a_case()
        closed = after(case, Resolve(100))
        for start, command, refusal in (
            (case, Reopen(100), NotClosed),
            (closed, Claim(100), AlreadyClosed),
            (case, SayStuck(9), NoSuchPart),
            (case, Snooze(100, NOON), PastTime),
        ):
            with pytest.raises(refusal):
                transition(start, command, NOON)


class TestTheAsker:
    def test_all_helped_closes_the_case(self) -> None:
        case = after(a_case(), SayHelped(1), SayHelped(2), SayHelped(3))
        assert case.state is State.RESOLVED

    def test_one_word_closes_it_too(self) -> None:
        assert after(a_case(), SayHelped(0)).state is State.RESOLVED

    def test_choosing_an_entry_answers_the_part(self) -> None:
        case = after(a_case(), ChooseEntry(3, "off-rolling"))
        assert case.part(3) == replace(UNCLEAR, status=PartStatus.ANSWERED, entry="off-rolling")
        assert after(case, ChooseEntry(3, "suspension")) == case

    def test_none_of_these_goes_to_a_person(self) -> None:
        part = after(a_case(), ChooseEntry(3, None)).part(3)
        assert part is not None
        assert part.status is PartStatus.NEEDS_HUMAN

    def test_how_it_turned_out_is_asked_once(self) -> None:
        case = after(a_case(), HumanReply())
        due = timers(case)
        assert [(d.timer, d.at) for d in due] == [(Timer.ASK_OUTCOME, NOON + timedelta(days=14))]
        asked = after(case, Tick(Timer.ASK_OUTCOME), at=due[0].at)
        assert timers(asked) == ()

    def test_a_withdrawn_case_wants_nothing(self) -> None:
        case = after(a_case(), Withdraw())
        assert case.state is State.WITHDRAWN
        assert timers(case) == ()
