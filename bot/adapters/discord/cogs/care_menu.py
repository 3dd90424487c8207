"""What a volunteer can do from the menu of a message: raise an alarm, ask for an edit, suggest."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, said, tell
from bot.adapters.discord.client import Client
from bot.adapters.discord.forms import SuggestForm
from bot.adapters.discord.people import actor_of
from bot.cases.capability import Actor
from bot.services.editing import must_help
from bot.services.house import House
from bot.services.ports import Post
from bot.services.privacy import NotAMembers

DANGER = "Someone may be in danger"
DETAILS = "Ask to remove details"
SUGGEST = "Suggest for the knowledge base"
RAISED = (
    "Thank you. The card with services is in the thread now, and the volunteers are being called. "
    "Please stay with the member if you can. Only a person ends an alert: press the button on the "
    "call in the volunteers' channel once it is over."
)
RAISED_BEFORE = "An alert has been raised for that message already. The volunteers were called."
ASKED = "Thank you. I have asked the member, in a reply to that message, without repeating it."


def add(tree: app_commands.CommandTree[Client], house: House) -> None:
    """Add the three to the menu of every message."""

    @tree.context_menu(name=DANGER)
    @app_commands.guild_only()
    async def danger(interaction: discord.Interaction[Client], message: discord.Message) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        must_help(actor)
        post = await _read(interaction, actor, message)
        if post.author_is_bot:
            raise NotAMembers
        if await house.store.alarm(post.id) is not None:
            await tell(interaction, [said(RAISED_BEFORE)])
            return
        await house.alarms.raise_by_hand(actor, post)
        await tell(interaction, [said(RAISED)])

    @tree.context_menu(name=DETAILS)
    @app_commands.guild_only()
    async def details(interaction: discord.Interaction[Client], message: discord.Message) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        post = await _read(interaction, actor, message)
        await house.privacy.ask_to_edit(actor, post)
        await tell(interaction, [said(ASKED)])

    @tree.context_menu(name=SUGGEST)
    @app_commands.guild_only()
    async def suggest(interaction: discord.Interaction[Client], message: discord.Message) -> None:
        # A form must be the first answer, so this one cannot be deferred.
        actor = await actor_of(interaction, house)
        must_help(actor)
        settings = await house.setup.of(actor.guild_id)
        near = await house.editing.nearest(message.content, settings.nation)
        await interaction.response.send_modal(SuggestForm(house, near))


async def _read(
    interaction: discord.Interaction[Client], actor: Actor, message: discord.Message
) -> Post:
    """Return the message as a Post of the guild it was chosen in."""
    post = await interaction.client.posts.read(message)
    return replace(post, guild_id=actor.guild_id)
