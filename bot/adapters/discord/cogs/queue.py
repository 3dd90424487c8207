"""What volunteers type: the queue, and the work on a case."""

from __future__ import annotations

from datetime import timedelta

import discord
from discord import app_commands

from bot.adapters.discord.answers import defer, said, tell
from bot.adapters.discord.people import actor_of
from bot.cases.capability import Capability, may
from bot.cases.case import Case
from bot.cases.command import Claim, Command, HandBack, Reopen, Resolve, Snooze
from bot.services.errors import NoSuchCase, NotYours
from bot.services.house import House
from bot.services.letters.volunteers import case_reply, state_line

SHOWN = 10
NOBODY = "Nobody is waiting for a person just now."
CASE = "Which case; leave it out inside the member's own thread"


def add(tree: app_commands.CommandTree, house: House) -> None:
    """Add the commands to the tree."""

    async def choices(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        if interaction.guild_id is None:
            return []
        cases = await house.store.queue(interaction.guild_id)
        named = [(label(case, house), str(case.id)) for case in cases]
        return [
            app_commands.Choice(name=name[:100], value=value)
            for name, value in named
            if typed.lower() in name.lower()
        ][:25]

    async def work(interaction: discord.Interaction, case_id: str | None, command: Command) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        case = await meant(house, interaction, actor.guild_id, case_id)
        done = await house.casework.work(actor, case.id, command)
        await tell(interaction, [case_reply(done.case, house.library.now.knowledge.entries)])

    @tree.command(description="For volunteers: who is waiting for a person, longest first.")
    @app_commands.guild_only()
    async def queue(interaction: discord.Interaction) -> None:
        await defer(interaction)
        actor = await actor_of(interaction, house)
        if not may(actor, Capability.SEE_QUEUE):
            raise NotYours
        cases = await house.store.queue(actor.guild_id)
        entries = house.library.now.knowledge.entries
        replies = [case_reply(case, entries) for case in cases[:SHOWN]]
        if len(cases) > SHOWN:
            replies.append(said(f"And {len(cases) - SHOWN} more after these."))
        await tell(interaction, replies or [said(NOBODY)])

    @tree.command(description="For volunteers: take a case on.")
    @app_commands.guild_only()
    @app_commands.describe(case=CASE)
    @app_commands.autocomplete(case=choices)
    async def claim(interaction: discord.Interaction, case: str | None = None) -> None:
        await work(interaction, case, Claim(interaction.user.id))

    @tree.command(description="For volunteers: give a case back to everybody.")
    @app_commands.guild_only()
    @app_commands.describe(case=CASE)
    @app_commands.autocomplete(case=choices)
    async def handback(interaction: discord.Interaction, case: str | None = None) -> None:
        await work(interaction, case, HandBack(interaction.user.id))

    @tree.command(description="For volunteers: set a case aside for some hours.")
    @app_commands.guild_only()
    @app_commands.describe(case=CASE, hours="How many hours")
    @app_commands.autocomplete(case=choices)
    async def snooze(
        interaction: discord.Interaction,
        hours: app_commands.Range[int, 1, 168] = 24,
        case: str | None = None,
    ) -> None:
        until = house.clock.now() + timedelta(hours=hours)
        await work(interaction, case, Snooze(interaction.user.id, until))

    @tree.command(description="For volunteers: a case, or one of its questions, is dealt with.")
    @app_commands.guild_only()
    @app_commands.describe(case=CASE, question="The number of one question; leave out for all")
    @app_commands.autocomplete(case=choices)
    async def resolve(
        interaction: discord.Interaction,
        case: str | None = None,
        question: app_commands.Range[int, 1, 99] | None = None,
    ) -> None:
        await work(interaction, case, Resolve(interaction.user.id, question or 0))

    @tree.command(description="For volunteers: a closed case is not over.")
    @app_commands.guild_only()
    @app_commands.describe(case=CASE)
    async def reopen(interaction: discord.Interaction, case: str | None = None) -> None:
        await work(interaction, case, Reopen(interaction.user.id))


async def meant(
    house: House, interaction: discord.Interaction, guild_id: int, case_id: str | None
) -> Case:
    """Return the case a volunteer means: the one named, or the newest of this conversation.

    Raises `NoSuchCase`.
    """
    if case_id is not None:
        if not case_id.isascii() or not case_id.isdigit() or len(case_id) > 20:
            raise NoSuchCase
        return await house.casework.find(int(case_id), guild_id)
    cases = await house.store.cases_in(interaction.channel_id or 0)
    here = [case for case in cases if case.guild_id == guild_id]
    open_ones = [case for case in here if case.queued]
    if not here:
        raise NoSuchCase
    return (open_ones or here)[-1]


def label(case: Case, house: House) -> str:
    """Return how a case is called in a list: its age and what it seems to be about."""
    hours = int((house.clock.now() - case.opened_at).total_seconds() // 3600)
    entries = house.library.now.knowledge.entries
    given = (entries.get(part.entry or "") for part in case.parts)
    named = next((entry.title for entry in given if entry), None)
    return f"{hours} h · {state_line(case)} · {named or 'no entry fits'}"
