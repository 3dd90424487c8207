"""Someone may be in danger: the card alone and at once, and calls until a person has come."""

from __future__ import annotations

from tests.scenarios.stage import Place, Role, Stage, Who, messages, panel, told, with_button

DANGER = "?annual-review I am going to kill myself tonight"
HERE, OVER, LEAD = "I'm here", "It is over", "Get the safeguarding lead"


async def test_the_card_stands_alone_and_the_volunteers_are_called(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, DANGER)
    (card,) = messages(stage, post.channel)
    assert "116 123" in card.text
    assert not card.pings
    (alert,) = messages(stage, stage.id_of(Place.VOLUNTEERS))
    assert alert.pings == {stage.id_of(Role.VOLUNTEER)}
    assert alert.links == (
        f"https://discord.com/channels/{stage.guild_id}/{post.channel}/{post.id}",
    )
    assert "tonight" not in alert.text
    assert "Look here first" in panel(stage).text


async def test_calls_go_on_and_the_thread_hears_the_truth_after_ten_minutes(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, DANGER)
    for _ in range(5):
        await stage.advance(minutes=3)
    calls = [next(iter(m.pings)) for m in messages(stage, stage.id_of(Place.VOLUNTEERS))]
    assert stage.id_of(Role.LEAD) in calls
    assert calls.count(stage.id_of(Role.VOLUNTEER)) >= 4
    alone = messages(stage, post.channel)[-1]
    assert "No volunteer has been able to come yet" in alone.text
    assert alone.pings == {stage.id_of(Who.MOTHER)}


async def test_a_volunteer_comes_and_later_ends_it(stage: Stage) -> None:
    room = stage.id_of(Place.VOLUNTEERS)
    post = await stage.post(Who.MOTHER, DANGER)
    (alert,) = messages(stage, room)
    (thanks,) = await stage.click(Who.VOLUNTEER, alert, HERE)
    assert "The calls stop now" in thanks.text
    await stage.advance(hours=1)
    assert len(messages(stage, room)) == 1
    assert "Look here first" in panel(stage).text
    (ended,) = await stage.click(Who.VOLUNTEER, thanks, OVER)
    assert ended.private
    assert "Look here first" not in panel(stage).text
    assert any(text.startswith("### How does the annual") for text in told(stage, post.channel))


async def test_the_safeguarding_lead_is_called_at_once_when_asked_for(stage: Stage) -> None:
    room = stage.id_of(Place.VOLUNTEERS)
    await stage.post(Who.MOTHER, DANGER)
    (called,) = await stage.click(Who.VOLUNTEER, messages(stage, room)[0], LEAD)
    assert "The leads have been called" in called.text
    assert messages(stage, room)[-1].pings == {stage.id_of(Role.LEAD)}


async def test_asked_in_private_the_card_is_shown_to_the_asker_alone(stage: Stage) -> None:
    chat, room = stage.id_of(Place.CHAT), stage.id_of(Place.VOLUNTEERS)
    (card,) = await stage.slash(Who.MOTHER, chat, "ask", question=DANGER)
    assert card.private
    assert "116 123" in card.text
    assert told(stage, chat) == []
    (alert,) = messages(stage, room)
    assert "used `/ask` privately" in alert.text
    assert alert.links == ()
    await stage.click(Who.VOLUNTEER, with_button([alert], HERE), HERE)
    await stage.advance(hours=1)
    assert len(messages(stage, room)) == 1
