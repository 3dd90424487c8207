"""A volunteer works the queue, by buttons and by commands; who is none is refused kindly."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Place, Stage, Who, messages, panel, told, with_button

KINDLY = "Thank you for wanting to help. Only this community's volunteers can do that."


async def test_a_case_is_claimed_handed_back_resolved_and_reopened_by_button(stage: Stage) -> None:
    await stage.post(Who.MOTHER, "??")
    priya = f"With <@{stage.id_of(Who.VOLUNTEER)}>"
    (card,) = await stage.click(Who.VOLUNTEER, panel(stage), "Claim 1")
    assert card.private
    assert priya in card.text
    assert priya in panel(stage).text
    (card,) = await stage.click(Who.VOLUNTEER, card, "Hand back")
    assert "Waiting for a volunteer" in card.text
    assert "Waiting for a volunteer" in panel(stage).text
    (card,) = await stage.click(Who.VOLUNTEER, card, "Resolve")
    assert "Resolved" in card.text
    assert "Nobody is waiting" in panel(stage).text
    (card,) = await stage.click(Who.VOLUNTEER, card, "Reopen")
    assert "Waiting for a volunteer" in card.text
    assert "1 of 1 question needs a person" in panel(stage).text


async def test_the_same_by_command_in_the_members_own_thread(stage: Stage) -> None:
    thread = (await stage.post(Who.MOTHER, "?annual-review and ??")).channel
    for command, state in (
        ("claim", f"With <@{stage.id_of(Who.VOLUNTEER)}>"),
        ("handback", "Waiting for a volunteer"),
        ("snooze", "Set aside until"),
        ("resolve", "Resolved"),
        ("reopen", "Waiting for a volunteer"),
    ):
        (card,) = await stage.slash(Who.VOLUNTEER, thread, command)
        assert card.private
        assert card.text.startswith(f"### {state}")
    (card,) = await stage.slash(Who.VOLUNTEER, thread, "resolve", question=2)
    assert "Question 2: dealt with" in card.text


async def test_the_queue_shows_who_waits_longest_first(stage: Stage) -> None:
    room = stage.id_of(Place.VOLUNTEERS)
    (empty,) = await stage.slash(Who.VOLUNTEER, room, "queue")
    assert "Nobody is waiting" in empty.text
    first = await stage.post(Who.MOTHER, "?annual-review")
    await stage.advance(minutes=10)
    second = await stage.post(Who.FATHER, "?suspension")
    cards = await stage.slash(Who.VOLUNTEER, room, "queue")
    assert [card.links[0].split("/")[-1] for card in cards] == [str(first.id), str(second.id)]


async def test_who_is_no_volunteer_is_refused_kindly(stage: Stage) -> None:
    thread = (await stage.post(Who.MOTHER, "??")).channel
    for name in ("claim", "resolve", "snooze", "handback", "queue"):
        (refused,) = await stage.slash(Who.FATHER, thread, name)
        assert refused.private
        assert refused.text == KINDLY
    await stage.slash(Who.VOLUNTEER, thread, "resolve")
    (refused,) = await stage.slash(Who.FATHER, thread, "reopen")
    assert refused.text == KINDLY


async def test_a_case_that_another_volunteer_holds_is_left_alone_unless_a_lead_takes_it(
    stage: Stage,
) -> None:
    thread = (await stage.post(Who.MOTHER, "??")).channel
    await stage.slash(Who.LEAD, thread, "claim")
    (refused,) = await stage.slash(Who.VOLUNTEER, thread, "claim")
    assert "Another volunteer is already looking after this" in refused.text
    (refused,) = await stage.slash(Who.VOLUNTEER, thread, "handback")
    assert "You are not looking after this case" in refused.text
    await stage.slash(Who.LEAD, thread, "handback")
    await stage.slash(Who.VOLUNTEER, thread, "claim")
    (card,) = await stage.slash(Who.LEAD, thread, "resolve")
    assert card.text.startswith("### Resolved")


@pytest.mark.parametrize("named", ["1", "@everyone", "9" * 20, "1; DROP TABLE cases", "٣"])
async def test_a_case_that_does_not_exist_is_said_so(stage: Stage, named: str) -> None:
    (refused,) = await stage.slash(
        Who.VOLUNTEER, stage.id_of(Place.VOLUNTEERS), "claim", case=named
    )
    assert "There is no such case here" in refused.text
    assert not refused.pings


async def test_the_flag_itself_offers_the_work(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    await stage.advance(hours=4)
    flag = with_button(messages(stage, stage.id_of(Place.VOLUNTEERS)), "Claim")
    (card,) = await stage.click(Who.VOLUNTEER, flag, "Claim")
    assert f"With <@{stage.id_of(Who.VOLUNTEER)}>" in card.text
    (card,) = await stage.click(Who.VOLUNTEER, card, "Set aside until tomorrow")
    assert card.text.startswith("### Set aside until")
    await stage.advance(hours=30)
    assert "Waiting for a volunteer" in panel(stage).text
    assert sum("I have just called" in text for text in told(stage, post.channel)) == 1
