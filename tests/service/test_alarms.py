"""Someone may be in danger: the card first and alone, and calls until a person comes."""

from __future__ import annotations

import pytest

from bot.services.errors import NotYours
from bot.services.records import AlarmState
from tests.service.conftest import (
    LEAD_ROLE,
    OTHER,
    VOLUNTEER_ROLE,
    VOLUNTEERS,
    Bench,
    member,
    volunteer,
)

DANGER = "?annual-review I am going to kill myself tonight"


async def test_the_card_stands_first_and_alone(bench: Bench) -> None:
    post = await bench.say(DANGER)
    told = bench.told(post.channel_id)
    assert len(told) == 1
    assert "116 123" in told[0]
    assert "annual review" not in told[0].lower()


async def test_the_alert_holds_a_link_one_role_and_no_words_of_the_post(bench: Bench) -> None:
    post = await bench.say(DANGER)
    (alert,) = bench.messages(VOLUNTEERS)
    assert alert.reply.mention_role == VOLUNTEER_ROLE
    assert (
        alert.reply.buttons[0].url == f"https://discord.com/channels/10/{post.channel_id}/{post.id}"
    )
    assert "tonight" not in bench.told(VOLUNTEERS)[0]


async def test_calls_are_repeated_and_the_thread_hears_the_truth_at_ten_minutes(
    bench: Bench,
) -> None:
    post = await bench.say(DANGER)
    calls = []
    for minute in range(1, 31):
        before = len(bench.messages(VOLUNTEERS))
        await bench.pass_time(minutes=1)
        calls += [
            (minute, message.reply.mention_role) for message in bench.messages(VOLUNTEERS)[before:]
        ]
        assert len(bench.told(post.channel_id)) == (1 if minute < 10 else 2)
    assert calls == [
        (3, VOLUNTEER_ROLE),
        (6, VOLUNTEER_ROLE),
        (10, VOLUNTEER_ROLE),
        (15, LEAD_ROLE),
        (15, VOLUNTEER_ROLE),
        (30, LEAD_ROLE),
        (30, VOLUNTEER_ROLE),
    ]


async def test_a_person_who_has_come_ends_the_calls_but_not_the_alarm(bench: Bench) -> None:
    post = await bench.say(DANGER)
    await bench.alarms.attend(volunteer(), post.id)
    await bench.pass_time(hours=2)
    assert len(bench.messages(VOLUNTEERS)) == 1
    alarm = await bench.store.alarm(post.id)
    assert alarm is not None
    assert alarm.state is AlarmState.ATTENDED
    assert "Look here first" in bench.panel_text()


async def test_standing_down_releases_the_answer_that_waited(bench: Bench) -> None:
    post = await bench.say(DANGER)
    await bench.alarms.stand_down(volunteer(), post.id)
    await bench.settle()
    assert len(bench.told(post.channel_id)) == 3


async def test_one_card_a_day_but_every_alert(bench: Bench) -> None:
    post = await bench.say(DANGER)
    await bench.say("I want to kill myself", thread=post.channel_id)
    assert sum("116 123" in text for text in bench.told(post.channel_id)) == 1
    assert len(bench.messages(VOLUNTEERS)) == 2


async def test_a_member_cannot_end_an_alarm(bench: Bench) -> None:
    post = await bench.say(DANGER)
    with pytest.raises(NotYours):
        await bench.alarms.stand_down(member(OTHER), post.id)


async def test_after_an_outage_the_calls_go_on_without_a_flood(bench: Bench) -> None:
    post = await bench.say(DANGER)
    bench.clock.push(hours=6)
    await bench.settle()
    later = [m for m in bench.messages(VOLUNTEERS)[1:] if "in danger" in str(m.reply)]
    assert {message.reply.mention_role for message in later} == {VOLUNTEER_ROLE, LEAD_ROLE}
    assert len(later) == 2
    alone = [text for text in bench.told(post.channel_id) if "116 123" in text]
    assert len(alone) == 2


async def test_a_volunteer_raises_a_card_by_hand(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.alarms.raise_by_hand(volunteer(), post)
    await bench.settle()
    assert len(bench.told(post.channel_id)) == 3
    assert any("in danger" in text for text in bench.told(VOLUNTEERS))


async def test_while_the_alarm_stands_no_answer_is_given_and_then_all_of_them(
    bench: Bench,
) -> None:
    post = await bench.say(DANGER)
    await bench.say("and what about ?suspension", thread=post.channel_id)
    assert len(bench.told(post.channel_id)) == 1
    await bench.alarms.stand_down(volunteer(), post.id)
    await bench.settle()
    titles = [text for text in bench.told(post.channel_id) if text.startswith("### ")]
    assert len(titles) == 2


async def test_danger_in_a_later_message_holds_back_only_what_is_new(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    later = await bench.say("?suspension I want to die", thread=post.channel_id)
    assert len(bench.told(post.channel_id)) == 3
    await bench.alarms.stand_down(volunteer(), later.id)
    await bench.settle()
    titles = [text for text in bench.told(post.channel_id) if text.startswith("### ")]
    assert len(titles) == 2
