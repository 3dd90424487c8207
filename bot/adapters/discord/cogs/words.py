"""`/jargon`: what a word or a set of initials means."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, tell
from bot.adapters.discord.people import actor_of
from bot.guidance.glossary import Glossary
from bot.guidance.words import plain
from bot.services.house import House
from bot.services.letters.meaning import meaning_reply

MOST = 25
LONGEST = 100


def add(tree: app_commands.CommandTree, house: House) -> None:
    """Add the command to the tree."""

    async def terms(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = terms_like(house.library.now.knowledge.glossary, typed)
        return [app_commands.Choice(name=name[:100], value=value[:100]) for name, value in found]

    @tree.command(description="What does this word mean? Initials, official words, old words.")
    @app_commands.guild_only()
    @app_commands.describe(term="The word or initials")
    @app_commands.autocomplete(term=terms)
    async def jargon(
        interaction: discord.Interaction, term: app_commands.Range[str, 1, LONGEST]
    ) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        explained = house.library.now.knowledge.glossary.explain(term)
        await tell(interaction, [meaning_reply(explained)], plain=settings.plain_text)


def terms_like(glossary: Glossary, typed: str) -> list[tuple[str, str]]:
    """Return (what is shown, what it stands for) of terms that begin so, then of those near."""
    asked = plain(typed[:LONGEST])
    named = {f"{each.term}: {each.expansion}": each.term for each in glossary.terms}
    named |= {f"{each.term}: more than one meaning": each.term for each in glossary.many.values()}
    begins = [pair for pair in named.items() if plain(pair[0]).startswith(asked)]
    holds = [pair for pair in named.items() if f" {asked}" in plain(pair[0])]
    found = dict(sorted(begins)) | dict(sorted(holds))
    if not found:
        near = glossary.explain(typed).near
        found = {name: value for name, value in named.items() if value in near}
    return list(found.items())[:MOST]
