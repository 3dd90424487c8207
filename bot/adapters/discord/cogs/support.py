"""`/find-support`: a council by whatever a parent calls it, and who can help there."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, tell
from bot.adapters.discord.batches import batched
from bot.adapters.discord.custom_id import id_in, values_in
from bot.adapters.discord.people import actor_of
from bot.adapters.discord.refusals import refuse
from bot.guidance.area_search import find, suggest
from bot.guidance.areas import Ambiguous, Choice, Found, How, Unknown
from bot.services.errors import OldButton
from bot.services.house import House
from bot.services.letters.support import (
    NOT_FOUND,
    PERHAPS,
    nation_reply,
    support_reply,
    which_words,
)

WHICH = "al-area"
IN_A_LIST = 25
"""Discord's limit on the choices of one list; London alone has 33 councils."""
LONGEST = 100


def add(tree: app_commands.CommandTree, house: House) -> None:
    """Add the command to the tree."""

    async def places(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        lines = suggest(house.library.now.knowledge.areas, typed)
        return [app_commands.Choice(name=line.label, value=line.value) for line in lines]

    @tree.command(
        name="find-support",
        description="Find who can help families where you live, free of charge.",
    )
    @app_commands.guild_only()
    @app_commands.describe(area="Your council, town or district; old names work too")
    @app_commands.autocomplete(area=places)
    async def find_support(
        interaction: discord.Interaction, area: app_commands.Range[str, 1, LONGEST]
    ) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        knowledge = house.library.now.knowledge
        match find(knowledge.areas, area):
            case Found() as found:
                reply = support_reply(found, knowledge.directory)
                await tell(interaction, [reply], plain=settings.plain_text)
            case Ambiguous() as ambiguous:
                await _ask(interaction, which_words(ambiguous), ambiguous.choices)
            case Unknown(suggestions=near):
                choices = [Choice(each.full_name, each.id) for each in near]
                words = f"{NOT_FOUND} {PERHAPS}" if choices else NOT_FOUND
                await _ask(interaction, words, choices)
                reply = nation_reply(settings.nation, knowledge.directory)
                await tell(interaction, [reply], plain=settings.plain_text)


async def chosen(interaction: discord.Interaction, house: House) -> None:
    """Take in which place was meant; anything else is left alone."""
    if id_in(interaction).partition(":")[0] != WHICH:
        return
    try:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        knowledge = house.library.now.knowledge
        area = knowledge.areas.get(next(iter(values_in(interaction)), ""))
        if area is None:
            raise OldButton
        reply = support_reply(Found(area, How.NAME, area.full_name), knowledge.directory)
        await tell(interaction, [reply], plain=settings.plain_text)
    except Exception as error:
        await refuse(interaction, error)


async def _ask(interaction: discord.Interaction, words: str, choices: Sequence[Choice]) -> None:
    await interaction.followup.send(
        view=question(words, choices),
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
    )


def question(words: str, choices: Sequence[Choice]) -> discord.ui.LayoutView:
    """Draw a question with its choices in as many lists as Discord needs for them."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(words))
    for place, run in enumerate(batched(choices, IN_A_LIST)):
        row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
        row.add_item(
            discord.ui.Select(
                custom_id=f"{WHICH}:{place}",
                placeholder=_span(run),
                options=[
                    discord.SelectOption(label=choice.label[:100], value=choice.area)
                    for choice in run
                ],
            )
        )
        view.add_item(row)
    view.stop()
    return view


def _span(run: Sequence[Choice]) -> str:
    """Say what a list holds, so that with two of them nobody opens the wrong one."""
    return f"{run[0].label} to {run[-1].label}"[:150] if len(run) > 3 else "Choose your area"
