"""Erasing, forgetting and sweeping: what has to go goes, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cases.case import State
from bot.cases.event import Event, EventKind
from bot.cases.part import Part, PartStatus
from bot.services.ports import Store
from bot.services.records import Changes, DueKind, GuildSettings, Held, LetterKind
from tests.contract.values import (
    ASKER,
    CHANNEL,
    GUILD,
    NOW,
    OTHER,
    VOLUNTEERS,
    a_case,
    a_closed_case,
    a_letter,
    a_seen,
    ago,
    an_alarm,
    an_ended_alarm,
    due_of,
    new,
)

LATER = NOW + timedelta(days=1)


async def keep_a_member(store: Store, author: str, place: int) -> Changes:
    """Keep one of everything about a member; return what was written."""
    case, alarm = a_case(place=place, asker=author), an_alarm(place=place, asker=author)
    await store.receive([a_seen(place=place, author=author)])
    written = replace(
        new(case, alarm, a_letter(case.id)),
        events=(Event(EventKind.OPENED, case.id, NOW),),
        due=(due_of(case.id, NOW), due_of(case.id, NOW, DueKind.ALARM, "ping")),
    )
    await store.apply(written)
    await store.silence(GUILD, author, True)
    return written


async def test_what_is_held_about_a_member_is_counted(store: Store) -> None:
    assert await store.held(ASKER) == Held(0, 0, 0, False)
    await store.apply(new(a_case(), a_closed_case(NOW, 1), a_closed_case(NOW, 2), an_alarm()))
    await store.apply(new(a_case(place=3, asker=OTHER)))
    await store.silence(GUILD, ASKER, True)
    assert await store.held(ASKER) == Held(1, 2, 1, True)


async def test_erasing_a_member_leaves_nothing_of_theirs_and_all_of_others(store: Store) -> None:
    gone = (await keep_a_member(store, ASKER, 1)).cases[0].case
    stays = await keep_a_member(store, OTHER, 2)
    await store.erase(ASKER, LATER)
    assert await store.held(ASKER) == Held(0, 0, 0, False)
    assert await store.case(gone.id) is None
    assert await store.alarm(gone.id) is None
    assert await store.events_of(gone.id) == ()
    assert await store.letters_of(gone.id) == ()
    assert await store.unfinished() == (a_seen(place=2, author=OTHER),)
    assert {row.owner for row in await store.due(NOW)} == {stays.cases[0].case.id}
    assert await store.held(OTHER) == Held(1, 0, 1, True)
    assert len(await store.events_of(stays.cases[0].case.id)) == 1


async def test_erasing_returns_our_messages_in_the_members_conversations(store: Store) -> None:
    case = a_case()
    arrived, flag, unsent = (
        a_letter(case.id),
        a_letter(case.id, LetterKind.FLAG, channel_id=VOLUNTEERS),
        a_letter(case.id, seq=2),
    )
    of_another = a_letter(a_case(place=1).id)
    await store.apply(new(case, a_case(place=1, asker=OTHER), arrived, flag, unsent, of_another))
    for letter, message_id in ((arrived, 901), (flag, 902), (of_another, 903)):
        await store.sent(letter, message_id)
    returned = await store.erase(ASKER, LATER)
    assert [letter.message_id for letter in returned] == [901]
    assert await store.letter_sent_as(901) is None


async def test_erasing_reaches_events_whose_case_became_a_count(store: Store) -> None:
    case = a_closed_case(ago(days=31))
    await store.apply(replace(new(case), events=(Event(EventKind.RESOLVED, case.id, NOW),)))
    await store.sweep(NOW)
    assert len(await store.events_of(case.id)) == 1
    await store.erase(ASKER, LATER)
    assert await store.events_of(case.id) == ()


async def test_what_an_erased_member_wrote_before_is_not_taken_in_again(store: Store) -> None:
    """After an old backup the catch-up reads the same messages from Discord once more."""
    before, after = a_seen(), a_seen(LATER + timedelta(seconds=1))
    edited = replace(before, revision=int((LATER + timedelta(hours=1)).timestamp() * 1000))
    await store.erase(ASKER, LATER)
    assert await store.receive([replace(before, seen_at=LATER + timedelta(hours=2))]) == frozenset()
    assert await store.receive([after, edited]) == {
        (after.message_id, 0),
        (edited.message_id, edited.revision),
    }


async def test_replaying_erases_what_came_back_and_spares_what_came_later(
    store: Store, tmp_path: Path
) -> None:
    await keep_a_member(store, ASKER, 1)
    await keep_a_member(store, OTHER, 2)
    later = a_case(LATER + timedelta(hours=1))
    await store.apply(new(later))
    ledger = tmp_path / "ledger-of-old"
    ledger.write_text(f"{LATER.isoformat()} {ASKER}\n{LATER.isoformat()} half-a-li", "ascii")
    # The case, the alarm, the letter, the event, two due rows, the inbox row, the silence.
    assert await store.replay_erasures(ledger) == 8
    assert await store.replay_erasures() == 0
    assert await store.held(ASKER) == Held(1, 0, 0, False)
    assert await store.held(OTHER) == Held(1, 0, 1, True)


async def test_a_wish_for_silence_after_an_erasure_outlives_its_replay(store: Store) -> None:
    await store.erase(ASKER, NOW)
    await store.silence(GUILD, ASKER, True)
    assert await store.replay_erasures() == 0
    assert await store.silenced(GUILD, ASKER)


async def test_a_ledger_that_is_not_there_erases_nobody(store: Store, tmp_path: Path) -> None:
    assert await store.replay_erasures(tmp_path / "nothing-here") == 0


async def test_a_member_is_erased_only_by_stand_in(store: Store) -> None:
    with pytest.raises(ValueError, match="stand-in"):
        await store.erase("Some Name", NOW)


async def test_a_channel_that_is_gone_loses_its_cursor_and_unsent_letters(store: Store) -> None:
    case = a_case()
    arrived, unsent = a_letter(case.id), a_letter(case.id, seq=2)
    elsewhere = a_letter(case.id, LetterKind.FLAG, channel_id=VOLUNTEERS)
    await store.apply(new(case, arrived, unsent, elsewhere))
    await store.sent(arrived, 900)
    await store.move_cursor(CHANNEL, 10)
    await store.move_cursor(VOLUNTEERS, 20)
    await store.forget_channel(CHANNEL)
    assert await store.cursor(CHANNEL) is None
    assert await store.cursor(VOLUNTEERS) == 20
    assert [letter.kind for letter in await store.letters_of(case.id)] == ["answer", "flag"]
    assert await store.case(case.id) == case


async def test_a_guild_that_is_gone_leaves_nothing_and_others_all(store: Store) -> None:
    case = (await keep_a_member(store, ASKER, 1)).cases[0].case
    elsewhere = a_case(place=9, guild_id=GUILD + 50, channel_id=CHANNEL + 50)
    theirs = GuildSettings(GUILD, frozenset({CHANNEL, CHANNEL + 1}), VOLUNTEERS)
    await store.apply(
        Changes(
            cases=new(elsewhere).cases,
            due=(due_of(elsewhere.id, NOW),),
            settings=(theirs, GuildSettings(GUILD + 50)),
        )
    )
    await store.apply(new(*(a_closed_case(ago(days=40), place) for place in range(5))))
    await store.sweep(NOW)
    for channel in (CHANNEL, CHANNEL + 1, VOLUNTEERS, CHANNEL + 50):
        await store.move_cursor(channel, 10)
    await store.forget_guild(GUILD)
    assert await store.case(case.id) is None
    assert await store.alarms_in(CHANNEL) == ()
    assert await store.events_of(case.id) == ()
    assert await store.letters_of(case.id) == ()
    assert await store.unfinished() == ()
    assert await store.counts(GUILD) == ()
    assert not await store.silenced(GUILD, ASKER)
    assert [await store.cursor(c) for c in (CHANNEL, CHANNEL + 1, VOLUNTEERS)] == [None] * 3
    assert await store.cursor(CHANNEL + 50) == 10
    assert await store.all_settings() == (GuildSettings(GUILD + 50),)
    assert await store.due(NOW) == due_of(elsewhere.id, NOW).rows
    assert await store.case(elsewhere.id) == elsewhere


async def test_a_closed_case_goes_after_thirty_days_with_what_surrounds_it(store: Store) -> None:
    old, young = a_closed_case(ago(days=30)), a_closed_case(ago(days=29, hours=23))
    still_open = a_case(ago(days=200))
    arrived = [a_letter(case.id, created_at=case.opened_at) for case in (old, young, still_open)]
    await store.receive([a_seen(ago(days=30)), a_seen(ago(days=29, hours=23))])
    await store.apply(
        replace(
            new(old, young, still_open, *arrived),
            done=((old.id, 0), (young.id, 0)),
            due=(due_of(old.id, NOW, timer="ask_outcome"),),
        )
    )
    for place, letter in enumerate(arrived):
        await store.sent(letter, 900 + place)
    swept = await store.sweep(NOW)
    assert {name: many for name, many in swept.removed.items() if many} == {
        "cases": 1,
        "letters": 1,
        "inbox": 1,
        "due": 1,
    }
    assert await store.case(old.id) is None
    assert await store.next_due() is None
    assert await store.cases_in(CHANNEL) == (still_open, young)
    assert len(await store.letters_of(still_open.id)) == 1
    assert await store.receive([a_seen(ago(days=29, hours=23))]) == frozenset()
    assert not any((await store.sweep(NOW)).removed.values())


async def test_an_ended_alarm_goes_after_seven_days_and_an_open_one_never(store: Store) -> None:
    old, young = an_ended_alarm(ago(days=7)), an_ended_alarm(ago(days=6))
    still_open = an_alarm(ago(days=90))
    case = a_case(ago(days=7))
    card, answer = a_letter(case.id, LetterKind.CARD, 0), a_letter(case.id)
    await store.apply(new(old, young, still_open, case, card, answer))
    await store.sent(card, 900)
    await store.sent(answer, 901)
    await store.sweep(NOW)
    assert await store.alarms_in(CHANNEL) == (still_open, young)
    assert [letter.kind for letter in await store.letters_of(case.id)] == ["answer"]


async def test_events_go_after_ninety_days(store: Store) -> None:
    case = a_case(ago(days=100))
    events = tuple(Event(EventKind.FLAGGED, case.id, ago(days=days)) for days in (95, 90, 89))
    await store.apply(replace(new(case), events=events))
    assert (await store.sweep(NOW)).removed["events"] == 2
    assert await store.events_of(case.id) == events[2:]


async def test_what_is_not_finished_is_never_swept(store: Store) -> None:
    unread = a_seen(ago(days=365), place=1)
    case = a_closed_case(ago(days=365))
    await store.receive([unread])
    await store.apply(new(case, a_letter(case.id)))
    await store.sweep(NOW)
    assert await store.unfinished() == (unread,)
    assert len(await store.letters_to_send(NOW)) == 1


async def test_messages_that_opened_no_case_go_after_thirty_days(store: Store) -> None:
    chatter = [a_seen(ago(days=days)) for days in (31, 29)]
    await store.receive(chatter)
    await store.apply(Changes(done=tuple((seen.message_id, 0) for seen in chatter)))
    assert (await store.sweep(NOW)).removed["inbox"] == 1


async def test_counts_are_the_same_before_and_after_the_sweep(store: Store) -> None:
    many = [a_closed_case(ago(days=40), place) for place in range(4)]
    withdrawn = [
        a_closed_case(ago(days=40), place, state=State.WITHDRAWN, parts=()) for place in range(4, 9)
    ]
    twice = a_closed_case(
        ago(days=40),
        10,
        parts=(
            Part(1, PartStatus.CLOSED, "transport-refused"),
            Part(2, PartStatus.CLOSED, "transport-refused"),
            Part(3, PartStatus.CLOSED, "rare-entry"),
        ),
    )
    recent = a_closed_case(ago(days=1))
    await store.apply(new(*many, *withdrawn, twice, recent, a_case(place=20)))
    before = await store.counts(GUILD)
    assert before == (
        ("2026-01", "entry:transport-refused", 5),
        ("2026-01", "state:resolved", 5),
        ("2026-01", "state:withdrawn", 5),
    )
    await store.sweep(NOW)
    assert await store.counts(GUILD) == before
    assert await store.counts(GUILD + 50) == ()


async def test_what_a_member_took_back_goes_after_a_day_with_its_record(store: Store) -> None:
    old = a_closed_case(ago(hours=24), 1, state=State.WITHDRAWN, parts=())
    young = a_closed_case(ago(hours=23), 2, state=State.WITHDRAWN, parts=())
    resolved = a_closed_case(ago(hours=25), 3)
    cases = (old, young, resolved)
    events = tuple(Event(EventKind.WITHDRAWN, case.id, ago(hours=1)) for case in cases)
    await store.apply(replace(new(*cases), events=events))
    swept = await store.sweep(NOW)
    assert (swept.removed["cases"], swept.removed["events"]) == (1, 1)
    assert await store.case(old.id) is None
    assert await store.events_of(old.id) == ()
    assert len(await store.events_of(young.id)) == 1
    assert await store.case(resolved.id) == resolved
