"""The same town in SimCord: its people, its roles, and channels where the bot may do the least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord
import simcord

from tests.scenarios.stage import Named, Place, Role, Who

LEAST = discord.Permissions(274_877_991_936)
"""View, send, embed, read history, send in threads: what the bot asks a server owner for."""
OTHERS = discord.Permissions(~LEAST.value & discord.Permissions.all().value)
SEES = discord.PermissionOverwrite(view_channel=True)
HIDDEN = discord.PermissionOverwrite(view_channel=False)


@dataclass(frozen=True)
class SimcordTown:
    """A guild like the sandbox's town, with the same people in it."""

    guild: simcord.GuildHandle
    people: dict[Who, simcord.MemberActor]
    roles: dict[Role, simcord.RoleHandle]
    places: dict[Place, simcord.ChannelHandle]

    def handle(self, named: Named) -> Any:
        """Return what SimCord calls a person, a role or a place."""
        match named:
            case Who():
                return self.people[named]
            case Role():
                return self.roles[named]
            case Place():
                return self.places[named]

    def channel(self, number: int) -> simcord.ChannelHandle:
        """Return the channel or thread with an id."""
        every = (*self.places.values(), *self.places[Place.FORUM].threads)
        return next(channel for channel in every if channel.id == number)


async def build_simcord_town(env: simcord.Env) -> SimcordTown:
    """Build the town. Its admin manages the server, and does not own it."""
    guild = env.create_guild("SEN parents together")
    roles = {role: guild.create_role(role, mentionable=True) for role in Role}
    manager = discord.Permissions(manage_guild=True)
    admins = guild.create_role("Admin", permissions=manager)
    held = {Who.VOLUNTEER: roles[Role.VOLUNTEER], Who.LEAD: roles[Role.LEAD], Who.ADMIN: admins}
    people = {
        who: guild.add_member(env.create_user(who), roles=[held[who]] if who in held else [])
        for who in Who
    }
    await env.settle()
    places = await _places(env, guild, [*roles.values(), admins])
    return SimcordTown(guild, people, roles, places)


async def _places(
    env: simcord.Env, guild: simcord.GuildHandle, staff: list[simcord.RoleHandle]
) -> dict[Place, simcord.ChannelHandle]:
    seen = env.bot.get_guild(guild.id)
    assert seen is not None
    mine = seen.me.top_role
    least = discord.PermissionOverwrite.from_pair(LEAST, OTHERS)
    private: dict[Any, discord.PermissionOverwrite] = {guild.default_role: HIDDEN, mine: least}
    private |= dict.fromkeys(staff, SEES)
    places = {
        Place.FORUM: guild.create_forum_channel(Place.FORUM),
        Place.CHAT: guild.create_text_channel(Place.CHAT, overwrites={mine: least}),
        Place.VOLUNTEERS: guild.create_text_channel(Place.VOLUNTEERS, overwrites=private),
    }
    await env.settle()
    forum = env.bot.get_channel(places[Place.FORUM].id)
    assert isinstance(forum, discord.ForumChannel)
    archiving = discord.PermissionOverwrite.from_pair(LEAST, OTHERS)
    archiving.update(manage_channels=True)
    await forum.set_permissions(mine, overwrite=archiving)
    await env.settle()
    return places
