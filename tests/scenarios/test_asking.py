"""A parent asks, in the forum, a channel, in private or by a mention, and is answered in parts."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Place, Stage, Who, messages, panel, told, with_button

FIVE = (
    "?supporter-refused-at-meeting then ?removed-from-sen-register and ?annual-review "
    "and ~annual-review,suspension and ??"
)
UPSET = """\
I am at my wits end with all of this, nobody rings back.

Can the head refuse to let my friend come into the meeting with me?
Can school take my son off the SEN register without telling us?
Are they allowed to send him home at lunch every day without recording an exclusion?
How long should the EHC process take?"""


async def test_a_post_of_five_questions_is_answered_in_parts(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, FIVE)
    overview, *answers = told(stage, post.channel)
    assert "I heard five questions" in overview
    assert overview.count("answered below") == len(answers) == 3
    assert "which of the buttons below comes nearest?" in overview
    assert "It waits for a volunteer" in overview
    assert all(answer.startswith("### ") for answer in answers)
    assert "2 of 5 questions need a person" in panel(stage).text


@pytest.mark.real_matcher
async def test_what_a_parent_really_writes_is_heard_in_parts(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, UPSET, title="meeting thursday PLEASE help")
    overview, *answers = told(stage, post.channel)
    lines = [line for line in overview.splitlines() if line[:2] in {"1.", "2.", "3.", "4.", "5."}]
    assert len(lines) >= 3
    assert len(answers) == sum("answered below" in line for line in lines) >= 1
    assert "wits end" not in overview + "".join(answers)


async def test_a_question_asked_in_private_is_answered_to_its_asker_alone(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    shown = await stage.slash(Who.MOTHER, chat, "ask", question="?annual-review and ??")
    assert all(message.private for message in shown)
    overview, answer = (message.text for message in shown)
    assert "Only you can see this" in overview
    assert answer.startswith("### How does the annual review work?")
    assert not [m for m in stage.seen(Who.FATHER, chat) if m.by_bot]
    assert stage.seen(Who.VOLUNTEER, stage.id_of(Place.VOLUNTEERS)) == []


async def test_a_question_asked_into_the_channel_is_seen_by_everyone(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    (thanks,) = await stage.slash(
        Who.MOTHER, chat, "ask", question="?annual-review", where="channel"
    )
    assert thanks.private
    assert "My answer follows in this channel" in thanks.text
    overview, answer = told(stage, chat)
    assert "I heard one question" in overview
    assert answer.startswith("### How does the annual review work?")
    assert "wait began" in panel(stage).text


async def test_a_mention_is_answered_where_nothing_is_watched(stage: Stage) -> None:
    room = stage.id_of(Place.VOLUNTEERS)
    await stage.send(Who.VOLUNTEER, room, "?annual-review")
    assert told(stage, room) == []
    await stage.send(Who.VOLUNTEER, room, f"<@{stage.bot_id}> ?annual-review")
    assert any("I heard one question" in text for text in told(stage, room))


async def test_choosing_an_offered_entry_brings_its_answer(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "~annual-review,suspension")
    (overview,) = messages(stage, post.channel)
    assert overview.buttons[-1] == "None of these"
    label = "How does the annual review work?"
    (refused,) = await stage.click(Who.FATHER, overview, label)
    assert "Only the person who asked" in refused.text
    (thanks,) = await stage.click(Who.MOTHER, overview, label)
    assert thanks.private
    assert "The answer follows in the thread" in thanks.text
    assert told(stage, post.channel)[-1].startswith(f"### {label}")


async def test_none_of_the_offers_fitting_puts_it_to_the_volunteers(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "~annual-review,suspension")
    (overview,) = messages(stage, post.channel)
    (thanks,) = await stage.click(Who.MOTHER, overview, "None of these")
    assert "I have put this to the volunteers" in thanks.text
    assert "1 of 1 question needs a person" in panel(stage).text


async def test_an_answer_that_did_not_help_needs_a_person(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    assert "answered by me alone so far" in panel(stage).text
    answer = with_button(messages(stage, post.channel), "I still need a person")
    (thanks,) = await stage.click(Who.MOTHER, answer, "I still need a person")
    assert "The volunteers can see that you need a person" in thanks.text
    assert "1 of 1 question needs a person" in panel(stage).text


async def test_an_edited_question_is_heard_again_and_nothing_is_said_twice(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    before = len(told(stage, post.channel))
    await stage.advance(minutes=1)
    await stage.edit(Who.MOTHER, post, "?annual-review and also ?suspension")
    new = told(stage, post.channel)[before:]
    assert "I heard one question" in new[0]
    assert sum(text.startswith("### ") for text in new) == 1
    assert "2 questions" in panel(stage).text


async def test_a_deleted_question_leaves_the_queue(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "??")
    assert "wait began" in panel(stage).text
    await stage.delete(Who.MOTHER, post)
    assert "Nobody is waiting" in panel(stage).text
    await stage.advance(hours=5)
    assert told(stage, stage.id_of(Place.VOLUNTEERS)) == []
