"""What members may ask about themselves, and what volunteers may ask of members."""

from __future__ import annotations

import pytest

from bot.guidance.plain import plain
from bot.services.errors import NotSetUp, NotYours
from bot.services.letters.privacy import forgotten_words, held_reply, privacy_reply
from bot.services.ports import Refused
from bot.services.privacy import AlreadyAsked, Forgotten, NotAMembers, Privacy
from bot.services.records import Held
from tests.service.conftest import GUILD, MOTHER, OTHER, VOLUNTEERS, Bench, member, volunteer
from tests.service.fakes import FakePostbox

QUESTION = "?supporter-refused-at-meeting"


@pytest.fixture
def privacy(bench: Bench) -> Privacy:
    return Privacy(bench.store, bench.clock, bench.bells, bench.postbox)


async def test_what_is_held_is_counted_for_that_member_alone(
    bench: Bench, privacy: Privacy
) -> None:
    await bench.say(QUESTION, by=MOTHER)
    assert (await privacy.held(member(MOTHER))).open_cases == 1
    assert await privacy.held(member(OTHER)) == Held(0, 0, 0, False)


async def test_to_be_forgotten_leaves_nothing_and_others_alone(
    bench: Bench, privacy: Privacy
) -> None:
    mine = await bench.say(QUESTION, by=MOTHER)
    theirs = await bench.say(QUESTION, by=OTHER)
    done = await privacy.forget(member(MOTHER), replies_too=False)
    assert done == Forgotten(replies=2, removed=0)
    assert bench.postbox.removed == []
    assert await bench.store.case(mine.id) is None
    assert (await bench.case(theirs)).asker == f"person-{OTHER}"
    await bench.pass_time(hours=5)
    called = "I have just called this community's volunteers"
    assert any(called in told for told in bench.told(theirs.channel_id))
    assert not any(called in told for told in bench.told(mine.channel_id))


async def test_the_panel_no_longer_shows_one_who_is_forgotten(
    bench: Bench, privacy: Privacy
) -> None:
    post = await bench.say(QUESTION)
    assert str(post.id) in bench.panel_text()
    await privacy.forget(member(), replies_too=False)
    await bench.settle()
    assert str(post.id) not in bench.panel_text()


async def test_our_replies_are_taken_down_where_wished(bench: Bench, privacy: Privacy) -> None:
    post = await bench.say(QUESTION)
    done = await privacy.forget(member(), replies_too=True)
    assert done == Forgotten(replies=2, removed=2)
    assert set(bench.postbox.removed) == {sent.id for sent in bench.messages(post.channel_id)}


async def test_what_cannot_be_taken_down_is_said_honestly(
    bench: Bench, privacy: Privacy, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(self: FakePostbox, channel_id: int, message_id: int) -> None:
        raise Refused("forbidden")

    await bench.say(QUESTION)
    monkeypatch.setattr(FakePostbox, "remove", refuse)
    done = await privacy.forget(member(), replies_too=True)
    assert done == Forgotten(replies=2, removed=0)
    assert "would not let me" in forgotten_words(2, 0, replies_too=True)


async def test_one_who_wants_quiet_is_seen_by_volunteers_all_the_same(
    bench: Bench, privacy: Privacy
) -> None:
    await privacy.quiet(member(), on=True)
    post = await bench.say(QUESTION)
    assert bench.told(post.channel_id) == []
    await bench.pass_time(hours=5)
    assert bench.told(post.channel_id) == []
    assert any("Someone is waiting" in told for told in bench.told(VOLUNTEERS))
    assert (await bench.case(post)).queued
    assert (await privacy.held(member())).silenced


async def test_a_member_is_asked_once_to_take_details_out(bench: Bench, privacy: Privacy) -> None:
    post = await bench.say("story 07700 900123")
    await privacy.ask_to_edit(volunteer(), post)
    await bench.settle()
    (sent,) = bench.messages(post.channel_id)
    assert sent.reply_to == post.id
    assert "900123" not in plain(sent.reply)
    with pytest.raises(AlreadyAsked):
        await privacy.ask_to_edit(volunteer(), post)


async def test_only_volunteers_ask_and_only_of_members(bench: Bench, privacy: Privacy) -> None:
    post = await bench.say("story")
    with pytest.raises(NotYours):
        await privacy.ask_to_edit(member(OTHER), post)
    ours = bench.post("words of a bot")
    object.__setattr__(ours, "author_is_bot", True)
    with pytest.raises(NotAMembers):
        await privacy.ask_to_edit(volunteer(), ours)


async def test_before_setup_nobody_is_asked_anything(bench: Bench, privacy: Privacy) -> None:
    post = bench.post("story")
    await bench.store.forget_guild(GUILD)
    with pytest.raises(NotSetUp):
        await privacy.ask_to_edit(volunteer(), post)


def test_the_notice_fits_one_message_and_names_every_right() -> None:
    text = plain(privacy_reply())
    assert len(text) < 2000
    for command in ("/my-data", "/forget-me", "/quiet"):
        assert command in text


def test_one_of_whom_nothing_is_kept_is_told_just_that() -> None:
    assert "Nothing at all." in plain(held_reply(Held(0, 0, 0, False)))
    assert "asked me not to answer" in plain(held_reply(Held(0, 0, 0, True)))
