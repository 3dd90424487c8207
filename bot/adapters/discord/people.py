"""Who is asking: Discord's roles translated into what the domain calls a rank."""

from __future__ import annotations

import discord

from bot.cases.capability import Actor, Rank
from bot.services.errors import Refusal
from bot.services.house import House
from bot.services.records import GuildSettings


class OnlyInServers(Refusal):
    """Please use this in a server where Alongside has been set up."""


async def actor_of(interaction: discord.Interaction, house: House) -> Actor:
    """Return the person behind an interaction. Raises `OnlyInServers` in private messages."""
    if interaction.guild_id is None:
        raise OnlyInServers
    settings = await house.setup.of(interaction.guild_id)
    return Actor(
        id=interaction.user.id,
        guild_id=interaction.guild_id,
        ranks=ranks_of(interaction.user, interaction.permissions, settings),
        pseudonym=house.pseudonyms.of(interaction.user.id),
    )


def ranks_of(
    user: discord.User | discord.Member, permissions: discord.Permissions, settings: GuildSettings
) -> frozenset[Rank]:
    """Return the ranks a person holds here."""
    ranks = {Rank.MEMBER}
    roles = {role.id for role in user.roles} if isinstance(user, discord.Member) else set()
    if settings.volunteer_role in roles:
        ranks.add(Rank.VOLUNTEER)
    if settings.lead_role in roles:
        ranks |= {Rank.VOLUNTEER, Rank.LEAD}
    if permissions.manage_guild:
        ranks.add(Rank.ADMIN)
    return frozenset(ranks)
