import pytest

from sandbox import errors
from sandbox.world import channels, posts, sending, threads
from sandbox.world.kinds import ChannelType


@pytest.fixture
async def thread(town):
    return await town.mother.post(town.forum, "T", "words")


def _heard(world, since):
    return [event.name for event in list(world.events)[since:]]


async def test_a_post_is_a_thread_and_then_its_first_message(world, town):
    since = len(world.events)
    thread = await town.mother.post(town.forum, "T", "words", ["School"])
    assert _heard(world, since) == ["THREAD_CREATE", "MESSAGE_CREATE"]
    assert list(world.messages[thread["id"]]) == [thread["id"]]
    assert town.forum["last_message_id"] == thread["id"]
    assert thread["message_count"] == 0


async def test_a_message_brings_an_archived_thread_back_first(world, town, thread):
    threads.edit(world, thread, {"archived": True})
    since = len(world.events)
    await town.father.send(thread, "hello")
    assert _heard(world, since) == ["THREAD_UPDATE", "THREAD_MEMBERS_UPDATE", "MESSAGE_CREATE"]
    assert not thread["thread_metadata"]["archived"]
    assert (thread["message_count"], thread["member_count"]) == (1, 2)


async def test_a_locked_thread_takes_only_moderators_messages(world, town, thread):
    threads.edit(world, thread, {"locked": True})
    with pytest.raises(errors.ThreadLocked):
        sending.send(world, town.mother.user, thread, {"content": "x"})
    threads.edit(world, thread, {"archived": True})
    with pytest.raises(errors.ThreadArchived):
        sending.send(world, town.mother.user, thread, {"content": "x"})
    sending.send(world, town.volunteer.user, thread, {"content": "x"})
    assert not thread["thread_metadata"]["archived"]


async def test_who_may_change_a_thread(world, town, thread):
    threads.need_to_edit(world, town.mother.id, thread, {"name": "other"})
    with pytest.raises(errors.MissingPermissions):
        threads.need_to_edit(world, town.father.id, thread, {"name": "other"})
    with pytest.raises(errors.MissingPermissions):
        threads.need_to_edit(world, town.mother.id, thread, {"locked": True})
    threads.edit(world, thread, {"archived": True})
    with pytest.raises(errors.ThreadArchived):
        threads.need_to_edit(world, world.bot_id, thread, {"applied_tags": []})
    threads.need_to_edit(world, world.bot_id, thread, {"archived": False, "applied_tags": []})


async def test_tags_are_the_forums_and_at_most_five(world, town, thread):
    with pytest.raises(errors.InvalidForm):
        threads.edit(world, thread, {"applied_tags": ["1"]})
    many = [channels.tag(world, str(number)) for number in range(6)]
    town.forum["available_tags"] += many
    with pytest.raises(errors.InvalidForm):
        threads.edit(world, thread, {"applied_tags": [tag["id"] for tag in many]})
    town.forum["flags"] = channels.REQUIRE_TAG
    with pytest.raises(errors.TagRequired):
        posts.forum_post(world, town.forum, town.mother.user, "T", {"content": "x"})


async def test_a_thread_from_a_message_starts_with_a_pointer_to_it(world, town):
    message = await town.mother.send(town.chat, "begin")
    thread = posts.from_message(world, message, world.bot, "T")
    assert thread["id"] == message["id"]
    assert [m["type"] for m in world.messages[thread["id"]].values()] == [21]
    with pytest.raises(errors.ThreadAlreadyMade):
        posts.from_message(world, message, world.bot, "T")


async def test_a_public_thread_from_nothing_is_said_in_its_channel(world, town):
    posts.standalone(world, town.chat, world.bot, "T", kind=ChannelType.PUBLIC_THREAD)
    posts.standalone(world, town.chat, world.bot, "P", kind=ChannelType.PRIVATE_THREAD)
    assert [m["type"] for m in world.messages[town.chat["id"]].values()] == [18]


async def test_idle_threads_are_archived(world, town, clock, thread):
    clock.go(hours=23)
    threads.archive_idle(world)
    assert not thread["thread_metadata"]["archived"]
    await town.father.send(thread, "still here")
    clock.go(hours=23)
    threads.archive_idle(world)
    assert not thread["thread_metadata"]["archived"]
    clock.go(hours=2)
    threads.archive_idle(world)
    assert thread["thread_metadata"]["archived"]


async def test_a_deleted_channel_takes_its_threads_along(world, town, thread):
    channels.delete_channel(world, town.forum)
    assert thread["id"] not in world.channels
    assert world.events[-1].name == "CHANNEL_DELETE"
