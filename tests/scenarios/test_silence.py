"""Nobody replies: the volunteers are called and the parent is told; what counts as a reply."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Place, Role, Stage, Who, messages, panel, told

ADVICE = "someones_answer The council decides that, so write to them and keep a copy"


async def test_after_four_hours_the_volunteers_are_called_and_the_parent_is_told(
    stage: Stage,
) -> None:
    room = stage.id_of(Place.VOLUNTEERS)
    post = await stage.post(Who.MOTHER, "?annual-review")
    await stage.advance(hours=3, minutes=59)
    assert told(stage, room) == []
    await stage.advance(minutes=1)
    (flag,) = messages(stage, room)
    assert flag.pings == {stage.id_of(Role.VOLUNTEER)}
    assert flag.links == (link(stage, post.channel, post.id),)
    assert "no person has replied" in flag.text
    parents = messages(stage, post.channel)[-1]
    assert "I have just called this community's volunteers" in parents.text
    assert not parents.pings


async def test_it_is_said_again_each_morning_and_then_to_the_leads(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    for _ in range(4):
        await stage.advance(days=1)
    calls = [next(iter(m.pings)) for m in messages(stage, stage.id_of(Place.VOLUNTEERS))]
    volunteers, leads = stage.id_of(Role.VOLUNTEER), stage.id_of(Role.LEAD)
    assert calls == [volunteers, volunteers, leads, leads]
    assert sum("You are still waiting" in text for text in told(stage, post.channel)) == 1


@pytest.mark.parametrize(
    "who, words",
    [
        (Who.NEIGHBOUR, "following"),
        (Who.NEIGHBOUR, "same here"),
        (Who.NEIGHBOUR, "chatter hugs to you lovely, thinking of you all today"),
        (Who.MOTHER, "story and then they told me to wait another week before ringing them"),
    ],
)
async def test_company_is_no_answer(stage: Stage, who: Who, words: str) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    await stage.send(who, post.channel, words)
    await stage.advance(hours=4)
    assert len(messages(stage, stage.id_of(Place.VOLUNTEERS))) == 1


@pytest.mark.parametrize("who, words", [(Who.NEIGHBOUR, ADVICE), (Who.VOLUNTEER, "Ring SENDIASS.")])
async def test_a_persons_answer_ends_the_wait(stage: Stage, who: Who, words: str) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    await stage.send(who, post.channel, words)
    assert "Nobody is waiting" in panel(stage).text
    await stage.advance(days=2)
    assert messages(stage, stage.id_of(Place.VOLUNTEERS)) == []


async def test_a_late_answer_is_brought_to_the_one_who_had_waited(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    await stage.advance(days=30)
    await stage.send(Who.NEIGHBOUR, post.channel, ADVICE)
    last = messages(stage, post.channel)[-1]
    assert "Somebody has replied to you here" in last.text
    assert last.pings == {stage.id_of(Who.MOTHER)}


async def test_a_second_parent_in_an_old_archived_thread_has_a_case_of_their_own(
    stage: Stage,
) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    await stage.advance(days=90)
    await stage.archive(post.channel)
    second = await stage.send(Who.FATHER, post.channel, "?outcome of this? we are there now")
    assert "I heard one question" in told(stage, post.channel)[-1]
    shown = await stage.slash(Who.VOLUNTEER, stage.id_of(Place.VOLUNTEERS), "queue")
    assert {card.links[0] for card in shown} == {
        link(stage, post.channel, post.id),
        link(stage, post.channel, second.id),
    }
    await stage.send(Who.NEIGHBOUR, post.channel, ADVICE)
    assert "Nobody is waiting" in panel(stage).text


async def test_how_it_turned_out_is_asked_once(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    await stage.send(Who.NEIGHBOUR, post.channel, ADVICE)
    for _ in range(3):
        await stage.advance(days=14)
    assert sum("how this turned out" in text for text in told(stage, post.channel)) == 1


def link(stage: Stage, channel: int, message: int) -> str:
    """Return where a message is to be found."""
    return f"https://discord.com/channels/{stage.guild_id}/{channel}/{message}"
