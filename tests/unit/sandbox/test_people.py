"""What people may do, and what they may not."""

import pytest

from sandbox.actors import CommandMissing, NotAllowed
from sandbox.world import calling, commands
from sandbox.world.kinds import InteractionType


async def test_only_ones_own_message_can_be_edited(town):
    message = await town.mother.send(town.chat, "v1")
    assert (await town.mother.edit(message, "v2"))["content"] == "v2"
    for other in (town.father, town.volunteer, town.admin):
        with pytest.raises(NotAllowed):
            await other.edit(message, "v3")


async def test_others_messages_are_for_moderators_to_delete(world, town):
    message = await town.mother.send(town.chat, "x")
    with pytest.raises(NotAllowed):
        await town.father.delete(message)
    await town.volunteer.delete(message)
    assert world.messages[town.chat["id"]] == {}


async def test_the_private_channel_is_private(town):
    for attempt in (town.mother.send(town.volunteers, "x"), _read(town)):
        with pytest.raises(NotAllowed):
            await attempt
    await town.lead.send(town.volunteers, "x")


async def _read(town):
    return town.mother.read(town.volunteers)


async def test_closing_a_thread_is_for_its_owner_and_moderators(town):
    thread = await town.mother.post(town.forum, "T", "x")
    with pytest.raises(NotAllowed):
        await town.father.archive(thread)
    await town.mother.archive(thread)
    await town.father.archive(thread, archived=False)
    await town.volunteer.archive(thread)
    assert thread["thread_metadata"]["archived"]
    with pytest.raises(NotAllowed):
        await town.mother.edit(town.mother.read(thread)[0], "late")


async def test_reactions_are_counted_once_a_person(town):
    message = await town.mother.send(town.chat, "x")
    await town.father.react(message, "👍")
    await town.father.react(message, "👍")
    await town.mother.react(message, "👍")
    assert [(r["emoji"]["name"], r["count"]) for r in message["reactions"]] == [("👍", 2)]
    await town.mother.unreact(message, "👍")
    await town.father.unreact(message, "👍")
    assert message["reactions"] == []


async def test_commands_show_where_they_are_registered(world, town):
    with pytest.raises(CommandMissing):
        await town.mother.slash(town.chat, "hi")
    commands.put(world, town.guild.id, {"name": "hi", "description": "d"})
    await town.mother.slash(town.chat, "hi")
    await town.mother.dm("x")
    private = next(c for c in world.channels.values() if c["type"] == 1)
    with pytest.raises(CommandMissing):
        await town.mother.slash(private, "hi")


@pytest.mark.parametrize(("needed", "allowed"), [(None, 3), (str(1 << 34), 2), ("0", 1)])
async def test_default_permissions_of_commands(world, town, needed, allowed):
    body = {"name": "hi", "description": "d", "default_member_permissions": needed}
    commands.put(world, town.guild.id, body)
    able = 0
    for person in (town.mother, town.volunteer, town.admin):
        try:
            await person.slash(town.chat, "hi")
        except NotAllowed:
            continue
        able += 1
    assert able == allowed


def test_old_interactions_are_forgotten(world, town, clock):
    old = calling.begin(world, town.mother.user, town.chat, InteractionType.COMMAND, {"name": "hi"})
    clock.go(hours=1)
    calling.begin(world, town.mother.user, town.chat, InteractionType.COMMAND, {"name": "hi"})
    assert old.token not in world.interactions


async def test_each_event_reaches_listeners_until_they_stop(world, town):
    heard = []
    stop = world.listen(lambda event: heard.append(event.name))
    await town.mother.send(town.chat, "x")
    stop()
    await town.mother.send(town.chat, "y")
    assert heard == ["MESSAGE_CREATE"]
