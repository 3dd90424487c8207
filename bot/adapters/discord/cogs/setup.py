"""`/setup`: an admin chooses where to listen, where to call volunteers, and who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer
from bot.adapters.discord.custom_id import id_in, values_in
from bot.adapters.discord.people import actor_of
from bot.adapters.discord.refusals import refuse
from bot.cases.nation import Nation
from bot.services.house import House
from bot.services.records import GuildSettings

NEEDED = (
    ("view_channel", "View Channel"),
    ("send_messages", "Send Messages"),
    ("send_messages_in_threads", "Send Messages in Threads"),
    ("embed_links", "Embed Links"),
    ("read_message_history", "Read Message History"),
)
CHOICES = "al-setup"
NATIONS = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
READY = "**Alongside is listening.** Members can ask in the help channels from now on."
NOT_READY = (
    "**Alongside is not listening yet.** It needs at least one help channel and a channel for the "
    "volunteers. Nothing is read before that."
)


def add(tree: app_commands.CommandTree, house: House) -> None:
    """Add the command to the tree."""

    @tree.command(
        description="For admins: choose the help channels, the volunteers' channel and roles."
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(interaction: discord.Interaction) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        settings = await house.setup.change(actor, lambda kept: kept)
        await interaction.followup.send(
            view=drawn(settings, interaction.guild),
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )


async def chosen(interaction: discord.Interaction, house: House) -> None:
    """Take in a choice made in the setup message; anything else is left alone."""
    area, _, field = id_in(interaction).partition(":")
    if area != CHOICES or field not in FIELDS:
        return
    try:
        actor = await actor_of(interaction, house)
        values = values_in(interaction)
        settings = await house.setup.change(actor, lambda kept: with_choice(kept, field, values))
        await interaction.response.edit_message(view=drawn(settings, interaction.guild))
    except Exception as error:
        await refuse(interaction, error)


def with_choice(settings: GuildSettings, field: str, values: Sequence[str]) -> GuildSettings:
    """Return the settings with one choice taken in."""
    if field == "nation":
        return replace(settings, nation=Nation(values[0]) if values else Nation.ENGLAND)
    if field == "plain":
        return replace(settings, plain_text=bool(values and values[0] == "plain"))
    ids = [int(value) for value in values if value.isascii() and value.isdigit()]
    first = ids[0] if ids else None
    match field:
        case "help":
            return replace(settings, help_channels=frozenset(ids))
        case "volunteers":
            return replace(settings, volunteers_channel=first)
        case "volunteer-role":
            return replace(settings, volunteer_role=first)
        case _:
            return replace(settings, lead_role=first)


FIELDS = frozenset({"help", "volunteers", "volunteer-role", "lead-role", "nation", "plain"})


def drawn(settings: GuildSettings, guild: discord.Guild | None) -> discord.ui.LayoutView:
    """Draw the settings with a choice under each."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(READY if settings.ready else NOT_READY))
    for title, select in _selects(settings):
        view.add_item(discord.ui.TextDisplay(f"**{title}**"))
        row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
        row.add_item(select)
        view.add_item(row)
    missing = [*missing_permissions(settings, guild), *deaf_roles(settings, guild)] if guild else []
    if missing:
        view.add_item(discord.ui.TextDisplay("**Please mend this:**\n" + "\n".join(missing)))
    view.stop()
    return view


def missing_permissions(settings: GuildSettings, guild: discord.Guild) -> list[str]:
    """Return a line for every chosen channel in which the bot may not do what it must."""
    lines: list[str] = []
    for channel_id in sorted({*settings.help_channels, settings.volunteers_channel or 0} - {0}):
        channel = guild.get_channel(channel_id)
        if channel is None:
            lines.append(f"- <#{channel_id}> no longer exists: choose another channel")
            continue
        allowed = channel.permissions_for(guild.me)
        lacking = [words for name, words in NEEDED if not getattr(allowed, name)]
        if lacking:
            lines.append(f"- <#{channel_id}>: allow Alongside to {', '.join(lacking)}")
    return lines


def deaf_roles(settings: GuildSettings, guild: discord.Guild) -> list[str]:
    """Return a line for every chosen role that a call of ours would not reach.

    Discord shows such a mention and tells nobody, and a new role is like that.
    """
    lines: list[str] = []
    room = guild.get_channel(settings.volunteers_channel or 0)
    any_role = room is not None and room.permissions_for(guild.me).mention_everyone
    for role_id in filter(None, (settings.volunteer_role, settings.lead_role)):
        role = guild.get_role(role_id)
        if role is None:
            lines.append(f"- <@&{role_id}> no longer exists: choose another role")
        elif not (role.mentionable or any_role):
            lines.append(
                f"- <@&{role_id}> would not hear a call: in Server Settings, Roles, switch on "
                "“Allow anyone to @mention this role”"
            )
    return lines


def _selects(
    settings: GuildSettings,
) -> list[tuple[str, discord.ui.Item[discord.ui.LayoutView]]]:
    text, forum = discord.ChannelType.text, discord.ChannelType.forum
    role_ids = (settings.volunteer_role, settings.lead_role)
    volunteer, lead = ([discord.Object(each)] if each else [] for each in role_ids)
    volunteers = [settings.volunteers_channel] if settings.volunteers_channel else []
    return [
        (
            "Help channels: where members ask",
            discord.ui.ChannelSelect(
                custom_id=f"{CHOICES}:help",
                channel_types=[text, forum],
                max_values=25,
                min_values=0,
                default_values=_channels(sorted(settings.help_channels)),
            ),
        ),
        (
            "The volunteers' own channel: the queue and the calls go there",
            discord.ui.ChannelSelect(
                custom_id=f"{CHOICES}:volunteers",
                channel_types=[text],
                default_values=_channels(volunteers),
            ),
        ),
        (
            "The role of volunteers",
            discord.ui.RoleSelect(
                custom_id=f"{CHOICES}:volunteer-role", default_values=_roles(volunteer)
            ),
        ),
        (
            "The role of those who lead them, and of the safeguarding lead",
            discord.ui.RoleSelect(custom_id=f"{CHOICES}:lead-role", default_values=_roles(lead)),
        ),
        (
            "Where most members live: the law differs in each nation",
            discord.ui.Select(
                custom_id=f"{CHOICES}:nation",
                options=[
                    discord.SelectOption(
                        label=name, value=nation.value, default=nation is settings.nation
                    )
                    for nation, name in NATIONS.items()
                ],
            ),
        ),
        (
            "How replies look",
            discord.ui.Select(
                custom_id=f"{CHOICES}:plain",
                options=[
                    discord.SelectOption(
                        label="Discord's layout", value="layout", default=not settings.plain_text
                    ),
                    discord.SelectOption(
                        label="Plain text, best for screen readers and old devices",
                        value="plain",
                        default=settings.plain_text,
                    ),
                ],
            ),
        ),
    ]


def _channels(ids: Sequence[int]) -> list[discord.SelectDefaultValue]:
    kind = discord.SelectDefaultValueType.channel
    return [discord.SelectDefaultValue(id=each, type=kind) for each in ids[:25]]


def _roles(objects: Sequence[discord.Object]) -> list[discord.SelectDefaultValue]:
    kind = discord.SelectDefaultValueType.role
    return [discord.SelectDefaultValue(id=each.id, type=kind) for each in objects]
