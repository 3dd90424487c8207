import pytest

from sandbox import errors, permissions
from sandbox.permissions import Permission
from sandbox.world import channels, people, threads
from sandbox.world.kinds import ChannelType


def test_overwrites_apply_everyone_then_roles_then_member(world, town):
    view = Permission.VIEW_CHANNEL.value
    assert not world.sees(town.mother.id, town.volunteers)
    for person in (town.volunteer, town.lead, town.admin):
        assert world.sees(person.id, town.volunteers)
    assert world.sees(world.bot_id, town.volunteers)
    own = channels.overwrite(town.mother.user, allow=view, member=True)
    channels.set_overwrite(world, town.volunteers, own)
    assert world.sees(town.mother.id, town.volunteers)
    channels.drop_overwrite(world, town.volunteers, town.mother.id)
    assert not world.sees(town.mother.id, town.volunteers)


def test_nothing_is_left_in_a_channel_that_is_not_seen(world, town):
    assert world.permissions(town.mother.id, town.volunteers) == 0
    with pytest.raises(errors.MissingAccess):
        world.need(town.mother.id, town.volunteers, Permission.SEND_MESSAGES)


def test_administrators_and_owners_may_do_everything(world, town):
    role = people.add_role(world, town.guild, "Boss", Permission.ADMINISTRATOR.value)
    people.set_roles(world, town.guild, town.father.id, [role["id"]])
    assert world.permissions(town.father.id, town.volunteers) == permissions.ALL
    assert world.permissions(town.admin.id, town.volunteers) == permissions.ALL


def test_threads_have_their_parents_permissions_and_private_ones_their_own_door(world, town):
    private = threads.begin(
        world, town.chat, town.mother.user, "quiet", kind=ChannelType.PRIVATE_THREAD
    )
    assert world.sees(town.mother.id, private)
    assert not world.sees(town.father.id, private)
    assert world.sees(town.volunteer.id, private)
    threads.join(world, private, town.father.id)
    assert world.sees(town.father.id, private)


def test_who_left_sees_nothing(world, town):
    people.remove_member(world, town.guild, town.father.user)
    assert world.permissions(town.father.id, town.chat) == 0


def test_the_bot_has_what_the_invitation_asks_for(world, town):
    bits = world.permissions(world.bot_id, town.chat)
    assert bits & 292_057_861_120 == 292_057_861_120
    assert not bits & Permission.MANAGE_MESSAGES.value
