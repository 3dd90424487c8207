"""From silence to a volunteer, and what does not count as an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.cases.case import State
from bot.cases.command import Claim, Resolve
from bot.services.errors import NotYours
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
    assert "1 of 2 questions need a person" in bench.panel_text()
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


async def test_a_panel_somebody_deleted_is_put_up_again(bench: Bench) -> None:
    await bench.say("?annual-review")
    bench.postbox.removed.append(bench.postbox.sent[-1].id)
    await bench.say("?suspension")
    panels = [s for s in bench.postbox.sent if "The queue" in str(s.reply)]
    assert len(panels) == 2
    assert "**2.**" in str(panels[-1].reply)


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
