"""`/doctor`: is everything in order, and how to mend what is not."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, tell
from bot.adapters.discord.client import Client
from bot.adapters.discord.cogs.setup import deaf_roles, missing_permissions
from bot.adapters.discord.failures import calling
from bot.adapters.discord.people import actor_of
from bot.services.doctor import Finding
from bot.services.house import House
from bot.services.letters.doctor import findings_reply
from bot.services.ports import Refused, Unreachable
from bot.services.records import GuildSettings

INTENT = (
    "Switch on Message Content at https://discord.com/developers/applications (Bot, Privileged "
    "Gateway Intents). Until then only `/ask` and mentions of me are heard."
)


def add(tree: app_commands.CommandTree[Client], house: House) -> None:
    """Add the command to the tree."""

    @tree.command(description="For admins and leads: is everything in order, and what is not?")
    @app_commands.guild_only()
    async def doctor(interaction: discord.Interaction[Client]) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        seen = [await _intent(interaction.client), *_channels(settings, interaction.guild)]
        findings = await house.doctor.examine(actor, seen)
        await tell(interaction, [findings_reply(findings)], plain=settings.plain_text)


async def _intent(client: Client) -> Finding:
    """Tell whether Discord lets us read what members write."""
    try:
        async with calling():
            flags = (await client.application_info()).flags
    except (Refused, Unreachable):
        return Finding(
            False, "Discord did not say whether I may read messages.", "Try again in a minute."
        )
    # The second flag is what apps in fewer than 100 servers get.
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding(True, "Discord lets me read messages in the help channels.")
    return Finding(False, "Discord does not let me read messages.", INTENT)


def _channels(settings: GuildSettings, guild: discord.Guild | None) -> list[Finding]:
    """Tell whether channels and roles are chosen, and whether we may do there what we must."""
    if not settings.ready:
        return [Finding(False, "I am not listening yet.", "An admin chooses channels: `/setup`.")]
    findings = [
        Finding(False, "I cannot do what I must in a channel.", line.removeprefix("- ") + ".")
        for line in (missing_permissions(settings, guild) if guild else [])
    ]
    findings += [
        Finding(False, "A call of mine would reach nobody.", line.removeprefix("- ") + ".")
        for line in (deaf_roles(settings, guild) if guild else [])
    ]
    if settings.volunteer_role is None:
        says = "No role of volunteers is chosen, so calls reach nobody's phone."
        findings.append(Finding(False, says, "An admin chooses it: `/setup`."))
    if settings.lead_role is None:
        says = "No role of leads is chosen, so nobody can be called when no volunteer comes."
        findings.append(Finding(False, says, "An admin chooses it: `/setup`."))
    return findings or [Finding(True, "Channels, roles and permissions are as they should be.")]
