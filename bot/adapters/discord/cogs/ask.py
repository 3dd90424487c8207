"""`/ask`: a question from anywhere, answered privately or in the channel."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, said, tell
from bot.adapters.discord.people import actor_of
from bot.cases.nation import Nation
from bot.services.errors import NotSetUp
from bot.services.house import House
from bot.services.ports import Post
from bot.services.records import Seen

NATIONS = [
    app_commands.Choice(name="England", value=Nation.ENGLAND.value),
    app_commands.Choice(name="Wales", value=Nation.WALES.value),
    app_commands.Choice(name="Scotland", value=Nation.SCOTLAND.value),
    app_commands.Choice(name="Northern Ireland", value=Nation.NORTHERN_IRELAND.value),
]
WHERE = [
    app_commands.Choice(name="Only I see the answer", value="me"),
    app_commands.Choice(name="In this channel, so that volunteers see it too", value="channel"),
]
LONGEST = 4000
POSTED = "Thank you. My answer follows in this channel, and the volunteers can see your question."


def add(tree: app_commands.CommandTree, house: House) -> None:
    """Add the command to the tree."""

    @tree.command(description="Ask about special educational needs, privately or in the channel.")
    @app_commands.guild_only()
    @app_commands.describe(
        question="Your question, in your own words",
        where="Who sees the answer",
        nation="Where your child goes to school, if not where most people here live",
    )
    @app_commands.choices(where=WHERE, nation=NATIONS)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, LONGEST],
        where: str = "me",
        nation: str | None = None,
    ) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        seen = Seen(
            message_id=interaction.id,
            revision=0,
            guild_id=actor.guild_id,
            channel_id=interaction.channel_id or 0,
            author=actor.pseudonym,
            seen_at=house.clock.now(),
        )
        if where == "channel":
            if not settings.ready:
                raise NotSetUp
            post = Post(
                id=interaction.id,
                guild_id=actor.guild_id,
                channel_id=seen.channel_id,
                parent_id=None,
                author_id=actor.id,
                author_is_bot=False,
                text=question,
                mentions_bot=True,
            )
            await house.steward.posted(post)
            await tell(interaction, [said(POSTED)])
            return
        chosen = Nation(nation) if nation else settings.nation
        told = await house.asking.privately(question, chosen, seen, settings)
        await tell(interaction, told, plain=settings.plain_text)
