"""The command tree: what is offered to people, and where its errors go."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.adapters.discord.client import Client
from bot.adapters.discord.cogs import (
    ask,
    care_menu,
    doctor,
    knowledge,
    privacy,
    queue,
    setup,
    support,
    words,
)
from bot.adapters.discord.refusals import refuse
from bot.adapters.discord.router import Router
from bot.services.house import House


class Tree(app_commands.CommandTree[Client]):
    """Discord's commands for this house. Every error of a command ends in `refuse`."""

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what could not be done."""
        await refuse(interaction, error)


def plant(client: Client, house: House) -> Tree:
    """Build the tree for a client, and route presses of our buttons."""
    tree = Tree(client)
    for cog in (ask, support, words, privacy, queue, knowledge, care_menu, setup, doctor):
        cog.add(tree, house)
    router = Router(house)

    @client.event
    async def on_interaction(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await router.pressed(interaction)
            await setup.chosen(interaction, house)
            await support.chosen(interaction, house)
            await privacy.chosen(interaction, house)

    return tree
