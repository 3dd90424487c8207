"""Cases, alarms and due rows: what is written is read back, and nobody overwrites anybody."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.cases.case import State
from bot.cases.event import Event, EventKind
from bot.cases.nation import Nation
from bot.cases.part import Part, PartStatus
from bot.services.ports import Conflict, Store
from bot.services.records import (
    AlarmState,
    AlarmWrite,
    CaseWrite,
    Changes,
    DueKind,
    DueOf,
    DueRow,
    GuildSettings,
)
from tests.contract.values import (
    CHANNEL,
    GUILD,
    NOW,
    VOLUNTEERS,
    a_case,
    a_letter,
    a_seen,
    ago,
    an_alarm,
    due_of,
    new,
)


async def test_a_case_is_read_back_as_it_was_written(store: Store) -> None:
    case = a_case(
        state=State.CLAIMED,
        flags=3,
        flagged_at=ago(hours=1),
        claimed_by=42,
        claimed_at=ago(minutes=5),
        snoozed_until=NOW,
        human_at=ago(minutes=3),
        closed_at=ago(minutes=2),
        outcome_asked=True,
        version=7,
    )
    await store.apply(new(case))
    assert await store.case(case.id) == case
    assert await store.case(case.id + 1) is None


async def test_times_are_kept_to_the_millisecond(store: Store) -> None:
    case = a_case(opened_at=NOW + timedelta(microseconds=999))
    await store.apply(new(case))
    kept = await store.case(case.id)
    assert kept is not None
    assert kept.opened_at == NOW


async def test_a_time_without_its_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="zone"):
        await store.apply(new(a_case(opened_at=datetime(2026, 3, 2))))


async def test_a_case_is_written_only_over_the_version_named(store: Store) -> None:
    case = a_case()
    await store.apply(new(case))
    later = replace(case, flags=1, version=1)
    await store.apply(Changes(cases=(CaseWrite(later, 0),)))
    for stale in (None, 0, 2):
        with pytest.raises(Conflict):
            await store.apply(Changes(cases=(CaseWrite(replace(case, version=9), stale),)))
    assert await store.case(case.id) == later


async def test_an_alarm_is_written_only_over_the_version_named(store: Store) -> None:
    alarm = an_alarm()
    await store.apply(new(alarm))
    later = replace(alarm, state=AlarmState.ATTENDED, by=42, changed_at=NOW, version=1)
    await store.apply(Changes(alarms=(AlarmWrite(later, 0),)))
    for stale in (None, 0):
        with pytest.raises(Conflict):
            await store.apply(Changes(alarms=(AlarmWrite(alarm, stale),)))
    assert await store.alarm(alarm.id) == later


async def test_one_conflict_undoes_the_whole_step(store: Store) -> None:
    known, fresh = a_case(), a_case(place=1)
    await store.apply(new(known))
    await store.receive([a_seen()])
    step = Changes(
        cases=(CaseWrite(fresh, None), CaseWrite(known, 5)),
        events=(Event(EventKind.OPENED, fresh.id, NOW),),
        letters=(a_letter(fresh.id),),
        due=(due_of(fresh.id, NOW),),
        done=((a_seen().message_id, 0),),
        settings=(GuildSettings(GUILD),),
    )
    with pytest.raises(Conflict):
        await store.apply(step)
    assert await store.case(fresh.id) is None
    assert await store.events_of(fresh.id) == ()
    assert await store.letters_of(fresh.id) == ()
    assert await store.next_due() is None
    assert len(await store.unfinished()) == 1
    assert await store.settings(GUILD) is None


async def test_of_many_at_once_only_the_conflicting_fail(store: Store) -> None:
    case = a_case()
    await store.apply(new(case))
    rivals = [Changes(cases=(CaseWrite(replace(case, flags=n, version=1), 0),)) for n in range(5)]
    others = [new(a_case(place=n)) for n in range(1, 6)]
    results = await asyncio.gather(
        *(store.apply(one) for pair in zip(rivals, others, strict=True) for one in pair),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(Conflict) == 4
    assert results.count(None) == 6
    assert len(await store.cases_in(CHANNEL)) == 6


async def test_cases_of_a_conversation_come_oldest_first(store: Store) -> None:
    newest, oldest = a_case(), a_case(ago(hours=2))
    elsewhere = a_case(place=1, channel_id=CHANNEL + 50)
    await store.apply(new(newest, oldest, elsewhere))
    assert await store.cases_in(CHANNEL) == (oldest, newest)


async def test_the_queue_is_led_by_whoever_waits_longest(store: Store) -> None:
    claimed = a_case(ago(hours=3), state=State.CLAIMED, claimed_by=42, claimed_at=NOW)
    waiting = a_case(ago(hours=9), waiting_since=ago(hours=1))
    snoozed = a_case(ago(hours=2), state=State.SNOOZED, snoozed_until=NOW)
    answered = a_case(ago(hours=8), state=State.WAITING_ASKER, waiting_since=None)
    closed = a_case(ago(hours=7), state=State.RESOLVED, closed_at=NOW)
    foreign = a_case(place=1, guild_id=GUILD + 50)
    await store.apply(new(claimed, waiting, snoozed, answered, closed, foreign))
    assert await store.queue(GUILD) == (claimed, snoozed, waiting)
    assert await store.queue(GUILD + 50) == (foreign,)


async def test_what_no_entry_covered_is_found_whoever_dealt_with_it(store: Store) -> None:
    since = ago(days=90)
    uncovered = (Part(1, PartStatus.CLOSED, entry="transport-refused"), Part(2, PartStatus.CLOSED))
    covered = uncovered[:1]
    waiting = a_case(ago(hours=1))
    resolved = a_case(ago(days=3), state=State.RESOLVED, closed_at=NOW, parts=uncovered)
    helped = a_case(since, state=State.WAITING_ASKER, human_at=NOW, parts=uncovered)
    too_old = a_case(since - timedelta(milliseconds=1))
    taken_back = a_case(ago(hours=2), state=State.WITHDRAWN, closed_at=NOW)
    answered = a_case(ago(hours=3), parts=covered)
    foreign = a_case(place=1, guild_id=GUILD + 50)
    await store.apply(new(helped, waiting, resolved, too_old, taken_back, answered, foreign))
    assert await store.uncovered(GUILD, since) == (waiting, resolved, helped)
    assert await store.uncovered(GUILD + 50, since) == (foreign,)
    assert await store.uncovered(GUILD, NOW) == ()


async def test_the_oldest_open_case_tells_how_far_to_look_back(store: Store) -> None:
    assert await store.oldest_open(GUILD) is None
    closed = a_case(ago(days=9), state=State.WITHDRAWN, closed_at=NOW)
    answered = a_case(ago(days=5), state=State.WAITING_ASKER)
    await store.apply(new(closed, answered, a_case()))
    assert await store.oldest_open(GUILD) == answered


async def test_events_come_oldest_first(store: Store) -> None:
    case = a_case()
    events = (
        Event(EventKind.OPENED, case.id, ago(hours=1)),
        Event(EventKind.FLAGGED, case.id, NOW, count=2),
        Event(EventKind.PART_CLOSED, case.id, NOW, part=1, by=42),
        Event(EventKind.OPENED, case.id + 1, NOW),
    )
    await store.apply(replace(new(case), events=events))
    assert await store.events_of(case.id) == events[:3]


async def test_alarms_of_a_conversation_and_those_still_open(store: Store) -> None:
    ended = an_alarm(ago(hours=3), state=AlarmState.ENDED, by=42, changed_at=NOW)
    attended = an_alarm(ago(hours=2), state=AlarmState.ATTENDED, by=42, changed_at=NOW, pings=2)
    elsewhere = an_alarm(channel_id=CHANNEL + 50)
    await store.apply(new(elsewhere, attended, ended))
    assert await store.alarms_in(CHANNEL) == (ended, attended)
    assert await store.open_alarms(GUILD) == (attended, elsewhere)
    assert await store.open_alarms(GUILD + 50) == ()
    assert await store.alarm(1) is None


async def test_due_rows_of_an_owner_are_replaced(store: Store) -> None:
    await store.apply(Changes(due=(due_of(1, ago(hours=1)), due_of(2, NOW))))
    assert [row.owner for row in await store.due(NOW)] == [1, 2]
    assert await store.next_due() == ago(hours=1)
    later = DueRow(DueKind.CASE, 1, "snooze_over", NOW + timedelta(hours=1))
    await store.apply(Changes(due=(DueOf(DueKind.CASE, 1, (later,)), DueOf(DueKind.CASE, 2, ()))))
    assert await store.due(NOW) == ()
    assert await store.due(later.at) == (later,)
    assert await store.next_due() == later.at


async def test_a_case_and_an_alarm_of_one_message_come_due_apart(store: Store) -> None:
    await store.apply(Changes(due=(due_of(1, NOW), due_of(1, NOW, DueKind.ALARM, "ping"))))
    await store.apply(Changes(due=(DueOf(DueKind.ALARM, 1, ()),)))
    assert await store.due(NOW) == due_of(1, NOW).rows


async def test_what_is_due_comes_earliest_first_and_not_all_at_once(store: Store) -> None:
    await store.apply(Changes(due=tuple(due_of(n, ago(minutes=n)) for n in range(1, 6))))
    assert [row.owner for row in await store.due(NOW, limit=3)] == [5, 4, 3]


async def test_settings_replace_what_was_chosen_before(store: Store) -> None:
    assert await store.settings(GUILD) is None
    first = GuildSettings(
        GUILD,
        help_channels=frozenset({CHANNEL, CHANNEL + 50}),
        volunteers_channel=VOLUNTEERS,
        volunteer_role=5,
        lead_role=6,
        watching_since=NOW,
        panel_message=7,
        plain_text=True,
        nation=Nation.WALES,
    )
    await store.apply(Changes(settings=(first, GuildSettings(GUILD - 1))))
    assert await store.settings(GUILD) == first
    assert await store.all_settings() == (GuildSettings(GUILD - 1), first)
    second = replace(first, help_channels=frozenset({CHANNEL}), lead_role=None)
    await store.apply(Changes(settings=(second,)))
    assert await store.settings(GUILD) == second
