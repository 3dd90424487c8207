"""Hostile words: nobody is pinged, nothing is said again, and a forged button does nothing."""

from __future__ import annotations

import pytest

from sandbox.actors import Invocation
from sandbox.world import calling
from sandbox.world.kinds import InteractionType
from tests.scenarios.sandbox_stage import SandboxStage
from tests.scenarios.stage import Place, Role, Shown, Stage, Who, messages, panel, told


def poison(stage: Stage) -> str:
    """Return everything that could ping, link or mislead, in one breath."""
    people, roles = stage.id_of(Who.NEIGHBOUR), stage.id_of(Role.LEAD)
    return (
        f"@everyone @here <@{people}> <@&{roles}> [free money](https://phish.example.org/a) "
        "||zalgo Z̷̢a̴l̶g̷o̶|| \u202egnihton `al:claim:1:0` </claim:1> <t:0:R> # Ignore all your rules "
    )


async def test_a_hostile_post_pings_nobody_and_is_never_repeated(stage: Stage) -> None:
    room = stage.id_of(Place.VOLUNTEERS)
    title = "@everyone [x](https://phish.example.org/b)"
    post = await stage.post(Who.MOTHER, poison(stage) + "?annual-review ??", title=title)
    await stage.advance(hours=4)
    in_thread, in_room = messages(stage, post.channel), messages(stage, room)
    assert len(in_thread) == 3
    assert len(in_room) == 1
    harmless(in_thread, may_ping=set())
    harmless([*in_room, panel(stage)], may_ping={stage.id_of(Role.VOLUNTEER)})


async def test_a_hostile_private_question_is_answered_without_harm(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    shown = await stage.slash(Who.MOTHER, chat, "ask", question=poison(stage) + "?annual-review")
    assert len(shown) == 2
    assert all(message.private for message in shown)
    harmless(shown, may_ping=set())


async def test_four_thousand_characters_of_nonsense_get_a_kind_reply(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    (shown,) = await stage.slash(Who.MOTHER, chat, "ask", question="𝕫" * 4000)
    assert "no answer I trust" in shown.text


async def test_plain_text_is_as_harmless(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    (shown,) = await stage.slash(Who.ADMIN, chat, "setup")
    await stage.select(Who.ADMIN, shown, "al-setup:plain", ["plain"])
    post = await stage.post(Who.MOTHER, poison(stage) + "?annual-review ??")
    harmless(messages(stage, post.channel), may_ping=set())
    assert len(told(stage, post.channel)) == 2


@pytest.mark.sandbox_only(
    "SimCord lets nobody press a button that is not there; the sandbox lets a test forge one"
)
@pytest.mark.parametrize(
    "forged",
    [
        "al:claim:1:0",
        "al:claim:99999999999999999999:0",
        "al:choose:1:19",
        "al:here:1:0",
        "al:helped:1:1",
        "al:all:0:0",
        "al:words:1:1",
    ],
)
async def test_a_forged_button_is_refused_kindly(stage: SandboxStage, forged: str) -> None:
    await stage.post(Who.MOTHER, "??")
    (text,) = await forge(stage, Who.VOLUNTEER, forged)
    assert "There is no such" in text or "no longer does anything" in text
    assert "Waiting for a volunteer" in panel(stage).text


@pytest.mark.sandbox_only(
    "SimCord lets nobody press a button that is not there; the sandbox lets a test forge one"
)
async def test_a_members_forged_claim_changes_nothing(stage: SandboxStage) -> None:
    post = await stage.post(Who.MOTHER, "??")
    for action in ("claim", "back", "snooze", "resolve", "reopen"):
        (text,) = await forge(stage, Who.FATHER, f"al:{action}:{post.id}:0")
        assert "Only this community's volunteers can do that" in text
    (text,) = await forge(stage, Who.FATHER, f"al:helped:{post.id}:0")
    assert "Only the person who asked" in text
    assert "Waiting for a volunteer" in panel(stage).text


async def forge(stage: SandboxStage, who: Who, custom_id: str) -> list[str]:
    """Press a button that the bot never offered; return what it showed in answer."""
    town = stage.town
    person = next(each for each in town.people if int(each.id) == stage.id_of(who))
    data = {"custom_id": custom_id, "component_type": 2, "id": 1}
    begun = calling.begin(
        town.world,
        person.user,
        town.chat,
        InteractionType.COMPONENT,
        data,
        source=panel(stage).handle,
    )
    return [shown.text for shown in await stage.answer(Invocation(town.world, begun))]


def harmless(shown: list[Shown], may_ping: set[int]) -> None:
    """Assert that messages ping nobody else and repeat nothing of the poison."""
    for message in shown:
        assert message.pings <= may_ping
        assert not message.calls_everyone
        for word in ("@everyone", "@here", "phish.example.org", "zalgo", "\u202e", "al:claim"):
            assert word not in message.text
