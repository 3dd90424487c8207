"""What volunteers do besides the queue: a message's menu, the knowledge, and looking things up."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Place, Role, Stage, Who, messages, told

DANGER = "Someone may be in danger"
DETAILS = "Ask to remove details"
SUGGEST = "Suggest for the knowledge base"
FORM = {"title": "Can the school change his desk?", "ask": "they moved his desk, can they?"}


async def test_a_volunteer_raises_a_card_by_hand(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    (thanks,) = await stage.menu(Who.VOLUNTEER, post, DANGER)
    assert "The card with services is in the thread now" in thanks.text
    assert any("116 123" in text for text in told(stage, post.channel))
    (alert,) = messages(stage, stage.id_of(Place.VOLUNTEERS))
    assert alert.pings == {stage.id_of(Role.VOLUNTEER)}
    (again,) = await stage.menu(Who.VOLUNTEER, post, DANGER)
    assert "raised for that message already" in again.text


async def test_a_volunteer_asks_for_a_detail_to_be_taken_out(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review my number is 07700 900123")
    (thanks,) = await stage.menu(Who.VOLUNTEER, post, DETAILS)
    assert "I have asked the member" in thanks.text
    asked = messages(stage, post.channel)[-1]
    assert asked.pings == {stage.id_of(Who.MOTHER)}
    assert not any("900123" in text for text in told(stage, post.channel))


@pytest.mark.parametrize("name", [DANGER, DETAILS, SUGGEST])
async def test_the_menu_obeys_volunteers_alone(stage: Stage, name: str) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    before = len(told(stage, post.channel))
    (refused,) = await stage.menu(Who.FATHER, post, name)
    assert "Only this community's volunteers can do that" in refused.text
    assert len(told(stage, post.channel)) == before


async def test_a_suggestion_becomes_a_file_with_nothing_of_the_post(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?? zanzibar")
    assert await stage.menu(Who.VOLUNTEER, post, SUGGEST) == []
    (drafted,) = await stage.fill(Who.VOLUNTEER, FORM)
    assert drafted.private
    (name,) = drafted.files
    assert name.endswith(".yaml")
    assert "zanzibar" not in drafted.text + name


async def test_the_knowledge_is_shown_searched_and_explained(stage: Stage) -> None:
    room = stage.id_of(Place.VOLUNTEERS)
    for name, given, words in (
        ("knowledge show", {"entry": "annual-review"}, "How does the annual review work?"),
        ("knowledge search", {"words": "annual review"}, "How does the annual review work?"),
        ("knowledge explain", {"text": "?annual-review"}, "annual-review"),
        ("knowledge stale", {}, "review"),
    ):
        (shown,) = await stage.slash(Who.VOLUNTEER, room, name, **given)
        assert shown.private
        assert words in shown.text
    (refused,) = await stage.slash(Who.FATHER, stage.id_of(Place.CHAT), name)
    assert "Only this community's volunteers" in refused.text


async def test_a_parent_finds_support_and_words_while_typing(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    offered = await stage.complete(Who.MOTHER, chat, "find-support", "area", "corn")
    assert "Cornwall Council" in offered
    (found,) = await stage.slash(Who.MOTHER, chat, "find-support", area="Cornwall Council")
    assert "SENDIASS" in found.text
    (asked,) = await stage.slash(Who.MOTHER, chat, "find-support", area="Cumbria")
    (found,) = await stage.select(Who.MOTHER, asked, "al-area:0", ["cumberland"])
    assert "Cumberland" in found.text
    (word,) = await stage.slash(Who.MOTHER, chat, "jargon", term="senco")
    assert "Special Educational Needs" in word.text


async def test_cases_complete_while_a_volunteer_types(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    room = stage.id_of(Place.VOLUNTEERS)
    assert await stage.complete(Who.VOLUNTEER, room, "claim", "case", "annual") == [str(post.id)]
    (card,) = await stage.slash(Who.VOLUNTEER, room, "claim", case=str(post.id))
    assert f"With <@{stage.id_of(Who.VOLUNTEER)}>" in card.text
