"""What members may ask about themselves: `/privacy`, `/my-data`, `/forget-me`, `/quiet`."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, said, tell
from bot.adapters.discord.custom_id import id_in
from bot.adapters.discord.people import actor_of
from bot.adapters.discord.refusals import refuse
from bot.guidance.plain import plain
from bot.services.house import House
from bot.services.letters.privacy import (
    NOT_FORGOTTEN,
    QUIET_OFF,
    QUIET_ON,
    WARNING,
    forgotten_words,
    held_reply,
    privacy_reply,
)

FORGET = "al-forget"
KEEP, LEAVE, REMOVE = "keep", "leave", "remove"
BUTTONS = (
    ("Forget me", LEAVE, discord.ButtonStyle.danger),
    ("Forget me and delete your replies to me", REMOVE, discord.ButtonStyle.danger),
    ("Keep everything", KEEP, discord.ButtonStyle.secondary),
)
SURE = [
    app_commands.Choice(name="Yes", value=LEAVE),
    app_commands.Choice(name="Yes, and delete your replies to me as well", value=REMOVE),
]
SWITCH = [
    app_commands.Choice(name="on: do not answer me here", value="on"),
    app_commands.Choice(name="off: answer me again", value="off"),
]


def add(tree: app_commands.CommandTree, house: House) -> None:
    """Add the commands to the tree."""

    @tree.command(description="What I keep about you, what I never keep, and what you can do.")
    @app_commands.guild_only()
    async def privacy(interaction: discord.Interaction) -> None:
        await defer(interaction)
        settings = await house.setup.of(interaction.guild_id or 0)
        await tell(interaction, [privacy_reply()], plain=settings.plain_text)

    @tree.command(name="my-data", description="Show what I keep about you.")
    @app_commands.guild_only()
    async def my_data(interaction: discord.Interaction) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        held = await house.privacy.held(actor)
        await tell(interaction, [held_reply(held)], plain=settings.plain_text)

    @tree.command(name="forget-me", description="Erase everything I keep about you, at once.")
    @app_commands.guild_only()
    @app_commands.describe(sure="Choose yes to do it without being asked again")
    @app_commands.choices(sure=SURE)
    async def forget_me(interaction: discord.Interaction, sure: str | None = None) -> None:
        await defer(interaction)
        if sure is not None:
            await _forget(interaction, house, replies_too=sure == REMOVE)
            return
        actor = await actor_of(interaction, house)
        held = plain(held_reply(await house.privacy.held(actor)))
        await interaction.followup.send(
            view=confirmation(f"{held}\n\n{WARNING}"),
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @tree.command(description="Ask me not to answer you in this server, or to begin again.")
    @app_commands.guild_only()
    @app_commands.describe(switch="on or off")
    @app_commands.choices(switch=SWITCH)
    async def quiet(interaction: discord.Interaction, switch: str) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        await house.privacy.quiet(actor, switch == "on")
        await tell(interaction, [said(QUIET_ON if switch == "on" else QUIET_OFF)])


async def chosen(interaction: discord.Interaction, house: House) -> None:
    """Take in the answer to "are you sure"; anything else is left alone."""
    area, _, choice = id_in(interaction).partition(":")
    if area != FORGET:
        return
    try:
        await defer(interaction)
        if choice in {LEAVE, REMOVE}:
            await _forget(interaction, house, replies_too=choice == REMOVE)
        else:
            await tell(interaction, [said(NOT_FORGOTTEN)])
    except Exception as error:
        await refuse(interaction, error)


async def _forget(interaction: discord.Interaction, house: House, *, replies_too: bool) -> None:
    actor = await actor_of(interaction, house)
    done = await house.privacy.forget(actor, replies_too=replies_too)
    words = forgotten_words(done.replies, done.removed, replies_too=replies_too)
    await tell(interaction, [said(words)])


def confirmation(words: str) -> discord.ui.LayoutView:
    """Draw what would be erased, with a way to do it and a way to leave it."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(words))
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    for label, choice, style in BUTTONS:
        row.add_item(discord.ui.Button(label=label, custom_id=f"{FORGET}:{choice}", style=style))
    view.add_item(row)
    view.stop()
    return view
