"""From silence to a volunteer, and what does not count as an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest

from bot.care.concern import Flow, Level, Who
from bot.cases.case import Case, State
from bot.cases.command import Claim, Resolve
from bot.cases.part import Part, PartStatus
from bot.guidance.plain import plain
from bot.services.errors import NotYours
from bot.services.letters.panel import panel_reply
from bot.services.ports import Refused
from bot.services.records import Alarm, AlarmState
from tests.service.conftest import (
    LEAD_ROLE,
    MOTHER,
    OTHER,
    VOLUNTEER_ROLE,
    VOLUNTEERS,
    Bench,
    member,
    volunteer,
)
from tests.service.fakes import START


async def test_after_four_hours_the_volunteers_and_the_parent_are_told(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.pass_time(hours=3, minutes=59)
    assert bench.told(VOLUNTEERS) == []
    await bench.pass_time(minutes=1)
    flag = bench.messages(VOLUNTEERS)[0].reply
    assert flag.mention_role == VOLUNTEER_ROLE
    assert flag.buttons[0].url == f"https://discord.com/channels/10/{post.channel_id}/{post.id}"
    assert "I have just called this community's volunteers" in bench.told(post.channel_id)[-1]


async def test_every_morning_again_and_then_the_leads(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    for _ in range(4):
        await bench.pass_time(days=1)
    roles = [message.reply.mention_role for message in bench.messages(VOLUNTEERS)]
    assert roles == [VOLUNTEER_ROLE, VOLUNTEER_ROLE, LEAD_ROLE, LEAD_ROLE]
    to_parent = [
        text for text in bench.told(post.channel_id) if "called" in text and "###" not in text
    ]
    assert sum("volunteers again" in text for text in to_parent) == 1


@pytest.mark.parametrize(
    "words",
    ["following", "chatter hugs to you lovely, thinking of you all today", "?? have you rung them"],
)
async def test_company_is_not_an_answer(bench: Bench, words: str) -> None:
    post = await bench.say("?annual-review")
    await bench.say(words, by=OTHER, thread=post.channel_id)
    assert (await bench.case(post)).state is State.WAITING_HUMAN


async def test_the_askers_own_words_are_not_an_answer(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.say(
        "story and then they told me to wait another week before ringing them",
        by=MOTHER,
        thread=post.channel_id,
    )
    assert (await bench.case(post)).state is State.WAITING_HUMAN


async def test_a_late_answer_ends_the_wait_and_the_asker_is_told(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.pass_time(days=30)
    await bench.say(
        "someones_answer The bottom line is that the council decides, so write to them",
        by=OTHER,
        thread=post.channel_id,
    )
    assert (await bench.case(post)).state is State.WAITING_ASKER
    last = bench.messages(post.channel_id)[-1]
    assert "Somebody has replied to you here" in bench.told(post.channel_id)[-1]
    assert last.reply.mention_author
    assert last.reply_to == post.id


async def test_how_it_turned_out_is_asked_once(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.say(
        "someones_answer Write to the council and keep a copy of every letter",
        by=OTHER,
        thread=post.channel_id,
    )
    for _ in range(3):
        await bench.pass_time(days=14)
    asked = [text for text in bench.told(post.channel_id) if "how this turned out" in text]
    assert len(asked) == 1


async def test_the_panel_shows_who_waits_and_changes_by_itself(bench: Bench) -> None:
    post = await bench.say("?? and ?annual-review")
    assert "1 of 2 questions needs a person" in bench.panel_text()
    await bench.casework.work(volunteer(), post.id, Claim(3))
    await bench.settle()
    assert "With <@3>" in bench.panel_text()
    await bench.casework.work(volunteer(), post.id, Resolve(3))
    await bench.settle()
    assert "Nobody is waiting" in bench.panel_text()
    assert (
        sum(
            "### The queue" in str(s.reply) or "The queue" in str(s.reply)
            for s in bench.postbox.sent
        )
        == 1
    )


async def test_the_panel_says_in_plain_words_what_is_open(bench: Bench) -> None:
    for text, words in {
        "??": "1 of 1 question needs a person",
        "?? ??": "2 of 2 questions need a person",
        "?annual-review": "answered by me alone so far",
    }.items():
        await bench.say(text)
        assert words in bench.panel_text()


async def test_a_panel_somebody_deleted_is_put_up_again(bench: Bench) -> None:
    await bench.say("?annual-review")
    bench.postbox.removed.append(bench.postbox.sent[-1].id)
    await bench.say("?suspension")
    panels = [s for s in bench.postbox.sent if "The queue" in str(s.reply)]
    assert len(panels) == 2
    assert "**2.**" in str(panels[-1].reply)


async def test_a_panel_that_discord_refuses_to_change_is_not_put_up_a_second_time(
    bench: Bench,
) -> None:
    await bench.say("?annual-review")
    with mock.patch.object(bench.postbox, "replace", side_effect=Refused("forbidden")):
        await bench.say("?suspension")
    assert len([s for s in bench.postbox.sent if "The queue" in str(s.reply)]) == 1
    await bench.panel.work()
    assert "**2.**" in bench.panel_text(), "and it is drawn as soon as that may be"


async def test_the_panel_holds_its_size_whatever_the_night_brings() -> None:
    number = 10**18
    cases = [_waiting(number + each) for each in range(40)]
    alarms = [_alarm(number + each) for each in range(40)]
    reply = panel_reply(cases, alarms)
    text = plain(reply)
    assert len(text) <= 1950, "the least room there is: one message of plain text"
    assert len(reply.buttons) <= 20
    assert "And 37 more, each with its own call in this channel" in text
    assert "And 34 more wait" in text


async def test_the_panel_shows_first_those_to_whom_nobody_has_come() -> None:
    alarms = [_alarm(10**18 + each) for each in range(4)]
    attended = [replace(alarm, state=AlarmState.ATTENDED) for alarm in alarms[:3]]
    text = plain(panel_reply((), (*attended, alarms[3])))
    assert text.index(str(alarms[3].id)) < text.index(str(alarms[0].id))


def _waiting(number: int) -> Case:
    parts = tuple(Part(each, PartStatus.NEEDS_HUMAN) for each in range(1, 11))
    return Case(
        number,
        number,
        number,
        "x",
        START,
        claimed_by=number,
        claimed_at=START,
        state=State.CLAIMED,
        parts=parts,
        waiting_since=START,
    )


def _alarm(number: int) -> Alarm:
    return Alarm(number, number, number, "x", Level.URGENT, Who.PARENT, Flow.PARENT_AT_RISK, START)


async def test_a_member_cannot_work_the_queue(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    with pytest.raises(NotYours, match="Only this community's volunteers"):
        await bench.casework.work(member(), post.id, Claim(MOTHER))


async def test_a_claimed_case_is_not_flagged_until_the_claim_lapses(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.casework.work(volunteer(), post.id, Claim(3))
    await bench.pass_time(hours=12)
    assert bench.told(VOLUNTEERS) == []
    await bench.pass_time(hours=12)
    assert (await bench.case(post)).state is State.WAITING_HUMAN
    assert len(bench.told(VOLUNTEERS)) == 1


async def test_a_long_outage_flags_each_case_once(bench: Bench) -> None:
    posts = [await bench.say("?annual-review") for _ in range(5)]
    bench.clock.push(days=20)
    await bench.settle()
    assert len(bench.told(VOLUNTEERS)) == len(posts)
    assert await bench.store.next_due() > bench.clock.now() - timedelta(seconds=1)  # type: ignore[operator]
