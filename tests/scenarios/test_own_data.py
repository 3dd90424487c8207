"""What a member may ask about themselves: what is kept, to be forgotten, to be left in peace."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Place, Stage, Who, messages, panel, told


async def test_a_member_sees_what_is_kept_and_has_it_erased(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    (empty,) = await stage.slash(Who.MOTHER, chat, "my-data")
    assert "Nothing at all" in empty.text
    post = await stage.post(Who.MOTHER, "?annual-review")
    (held,) = await stage.slash(Who.MOTHER, chat, "my-data")
    assert "Questions still open: 1" in held.text
    (sure,) = await stage.slash(Who.MOTHER, chat, "forget-me")
    assert sure.private
    (kept,) = await stage.click(Who.MOTHER, sure, "Keep everything")
    assert "Nothing has been erased" in kept.text
    (gone,) = await stage.click(Who.MOTHER, sure, "Forget me")
    assert "I no longer hold anything about you" in gone.text
    assert len(told(stage, post.channel)) == 2
    assert "Nobody is waiting" in panel(stage).text


async def test_our_replies_go_as_well_if_she_wishes(stage: Stage) -> None:
    post = await stage.post(Who.MOTHER, "?annual-review")
    chat = stage.id_of(Place.CHAT)
    (gone,) = await stage.slash(Who.MOTHER, chat, "forget-me", sure="remove")
    assert "I have also deleted my replies to you (2)" in gone.text
    assert told(stage, post.channel) == []


async def test_who_wants_to_be_left_alone_is_and_still_reaches_people(stage: Stage) -> None:
    chat = stage.id_of(Place.CHAT)
    await stage.slash(Who.MOTHER, chat, "quiet", switch="on")
    post = await stage.post(Who.MOTHER, "?annual-review")
    assert told(stage, post.channel) == []
    assert "wait began" in panel(stage).text
    await stage.slash(Who.MOTHER, chat, "quiet", switch="off")
    later = await stage.post(Who.MOTHER, "?suspension")
    assert len(messages(stage, later.channel)) == 2


@pytest.mark.parametrize("name", ["privacy", "my-data"])
async def test_it_is_shown_to_nobody_else(stage: Stage, name: str) -> None:
    (shown,) = await stage.slash(Who.FATHER, stage.id_of(Place.CHAT), name)
    assert shown.private
