import pytest

from sandbox import errors
from sandbox.world import calling, interactions, messages
from sandbox.world.kinds import InteractionType


@pytest.fixture
def begun(world, town):
    data = {"name": "hi", "type": 1}
    return calling.begin(world, town.mother.user, town.chat, InteractionType.COMMAND, data)


def _answer(world, begun, kind, **data):
    return interactions.answer(world, begun.id, begun.token, {"type": kind, "data": data})


def test_the_first_answer_must_come_in_time_and_once(world, clock, begun):
    clock.go(seconds=2.9)
    _answer(world, begun, 4, content="hello")
    with pytest.raises(errors.AlreadyAcknowledged):
        _answer(world, begun, 4, content="again")


def test_an_answer_after_the_deadline_is_to_nothing(world, clock, begun):
    clock.go(seconds=3.1)
    with pytest.raises(errors.UnknownInteraction):
        _answer(world, begun, 4, content="late")


def test_answers_must_fit_their_interaction(world, town, begun):
    for kind in (6, 7, 8):
        with pytest.raises(errors.InvalidForm):
            _answer(world, begun, kind, choices=[])
    typed = calling.begin(
        world, town.mother.user, town.chat, InteractionType.AUTOCOMPLETE, {"name": "hi"}
    )
    with pytest.raises(errors.InvalidForm):
        _answer(world, typed, 4, content="x")


def test_a_refused_answer_leaves_the_interaction_open(world, begun):
    with pytest.raises(errors.InvalidForm):
        _answer(world, begun, 4, content="x" * 2001)
    assert _answer(world, begun, 4, content="x").completed


def test_the_first_follow_up_completes_a_deferred_answer(world, town, begun):
    _answer(world, begun, 5, flags=64)
    assert begun.original["flags"] == 64 | 128
    first = interactions.follow_up(world, begun.token, {"content": "done"})
    assert first is begun.original
    assert (first["content"], first["flags"], first["edited_timestamp"]) == ("done", 64, None)
    second = interactions.follow_up(world, begun.token, {"content": "more", "flags": 64})
    assert (second["type"], second["flags"]) == (19, 64)
    assert messages.shown_to(world, town.chat, town.father.id) == []
    assert messages.shown_to(world, town.chat, town.mother.id) == [first, second]


def test_tokens_are_of_no_use_before_the_answer_and_after_their_time(world, clock, begun):
    with pytest.raises(errors.UnknownWebhook):
        interactions.follow_up(world, begun.token, {"content": "x"})
    _answer(world, begun, 5)
    clock.go(seconds=901)
    with pytest.raises(errors.InvalidWebhookToken):
        interactions.edit(world, begun.token, "@original", {"content": "x"})


def test_original_and_further_messages_can_be_deleted(world, begun):
    _answer(world, begun, 4, content="x")
    interactions.delete(world, begun.token, "@original")
    with pytest.raises(errors.UnknownMessage):
        interactions.find(world, begun.token, "@original")


def test_ephemeral_messages_are_told_to_one_person_alone(world, town, begun):
    _answer(world, begun, 4, content="x", flags=64)
    told = [event for event in world.events if event.name == "MESSAGE_CREATE"]
    assert [event.private_to for event in told] == [town.mother.id]
    assert town.chat["last_message_id"] is None
