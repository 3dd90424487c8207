"""`/knowledge …`: what volunteers look up, and what editors do, without leaving Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, said, tell
from bot.adapters.discord.forms import SuggestForm, hand_over
from bot.adapters.discord.people import actor_of
from bot.cases.capability import Actor
from bot.guidance.problem import KnowledgeRefused
from bot.guidance.render import report_text
from bot.guidance.report import figures
from bot.services.editing import must_edit, must_help
from bot.services.house import House
from bot.services.letters.answer import answer_reply
from bot.services.letters.due import stale_reply
from bot.services.letters.editing import (
    gaps_reply,
    listed_reply,
    refused_reply,
    reloaded_reply,
    reviewed_words,
)

Completes = Callable[
    [discord.Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]
]

LONGEST = 200
LONGEST_POST = 4000
REPORT = "Here is the report: what there is, how sound it is, and what is due next."
ENTRY = "The entry: begin to type its title"


def add(tree: app_commands.CommandTree, house: House) -> None:
    """Add the group to the tree."""
    group = app_commands.Group(
        name="knowledge",
        description="For volunteers: the entries my answers come from.",
        guild_only=True,
    )
    _look_up(group, house)
    _look_after(group, house)
    _change(group, house)
    tree.add_command(group)


def _look_up(group: app_commands.Group, house: House) -> None:
    """Add what every volunteer may use."""

    @group.command(description="For volunteers: show an entry as members see it.")
    @app_commands.describe(entry=ENTRY)
    async def show(
        interaction: discord.Interaction, entry: app_commands.Range[str, 1, LONGEST]
    ) -> None:
        actor = await _volunteer(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        found = house.editing.find(entry)
        reply = answer_reply(found, house.library.now.knowledge.directory, settings.nation)
        await tell(interaction, [reply], plain=settings.plain_text)

    @group.command(description="For volunteers: which entries speak of this?")
    @app_commands.describe(words="A word or two")
    async def search(
        interaction: discord.Interaction, words: app_commands.Range[str, 1, LONGEST]
    ) -> None:
        await _volunteer(interaction, house)
        await tell(interaction, [listed_reply(house.editing.search(words), words)])

    @group.command(name="explain", description="For volunteers: why would I answer this so?")
    @app_commands.describe(text="A question, in your own words; only you see the answer")
    async def explained(
        interaction: discord.Interaction, text: app_commands.Range[str, 1, LONGEST_POST]
    ) -> None:
        actor = await _volunteer(interaction, house)
        settings = await house.setup.of(actor.guild_id)
        words = await house.editing.explain(text, settings.nation)
        await tell(interaction, [said(words)], plain=settings.plain_text)

    show.autocomplete("entry")(_entries(house))


def _look_after(group: app_commands.Group, house: House) -> None:
    """Add what tells how the knowledge base stands."""

    @group.command(description="For volunteers: which entries are due for review?")
    async def stale(interaction: discord.Interaction) -> None:
        await _volunteer(interaction, house)
        await tell(interaction, [stale_reply(house.editing.due_soonest(), house.editing.today())])

    @group.command(description="For volunteers: the knowledge base in figures, as a file.")
    async def report(interaction: discord.Interaction) -> None:
        await _volunteer(interaction, house)
        knowledge = house.library.now.knowledge
        text = await asyncio.to_thread(lambda: report_text(figures(knowledge), full=True))
        await hand_over(interaction, REPORT, "knowledge-report.txt", text)

    @group.command(description="For editors: questions that no entry covered, by link.")
    async def gaps(interaction: discord.Interaction) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        found = await house.gaps.of(actor)
        await tell(interaction, [gaps_reply(found, house.library.now.knowledge.entries)])


def _change(group: app_commands.Group, house: House) -> None:
    """Add what only editors may use."""

    @group.command(description="For editors: begin a new entry in a form, and get it as a file.")
    async def draft(interaction: discord.Interaction) -> None:
        # A form must be the first answer, so this one cannot be deferred.
        must_edit(await actor_of(interaction, house))
        await interaction.response.send_modal(SuggestForm(house, None))

    @group.command(description="For editors: you have read an entry and stand by it.")
    @app_commands.describe(
        entry=ENTRY, known_as="Your initials or your role, as they may stand in the file"
    )
    async def review(
        interaction: discord.Interaction,
        entry: app_commands.Range[str, 1, LONGEST],
        known_as: app_commands.Range[str, 1, 60],
    ) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        try:
            reviewed = await house.editing.review(actor, entry, known_as)
        except KnowledgeRefused as refused:
            await tell(interaction, [refused_reply(refused)])
            return
        await tell(interaction, [said(reviewed_words(reviewed))])

    @group.command(description="For editors: load the files anew, or say where their mistakes are.")
    async def reload(interaction: discord.Interaction) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        try:
            reply = reloaded_reply(await house.editing.reload(actor))
        except KnowledgeRefused as refused:
            reply = refused_reply(refused)
        await tell(interaction, [reply])

    review.autocomplete("entry")(_entries(house))


def _entries(house: House) -> Completes:
    """Return what completes an entry's title while it is typed."""

    async def entries(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        found = house.editing.search(typed)
        return [app_commands.Choice(name=each.title[:100], value=each.id) for each in found]

    return entries


async def _volunteer(interaction: discord.Interaction, house: House) -> Actor:
    """Acknowledge, and return the volunteer. Raises `NotYours` for anybody else."""
    await defer(interaction)
    actor = await actor_of(interaction, house)
    must_help(actor)
    return actor
