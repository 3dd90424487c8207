"""Answer an interaction: deferred first, for its person alone unless it is meant for everyone."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.adapters.discord.fitting import pages
from bot.adapters.discord.rendering import LAYOUT_ROOM, layout, plain_messages
from bot.guidance.reply import Paragraph, Reply


def said(text: str) -> Reply:
    """Return a reply of one sentence or two."""
    return Reply((Paragraph(text),))


async def defer(interaction: discord.Interaction) -> None:
    """Acknowledge within three seconds; the answer may then take fifteen minutes."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)


async def tell(
    interaction: discord.Interaction, replies: Iterable[Reply], *, plain: bool = False
) -> None:
    """Show replies to the person who asked, and to nobody else."""
    await defer(interaction)
    none = discord.AllowedMentions.none()
    for reply in replies:
        if plain:
            for text in plain_messages(reply):
                await interaction.followup.send(text, ephemeral=True, allowed_mentions=none)
        else:
            for page in pages(reply, LAYOUT_ROOM):
                await interaction.followup.send(
                    view=layout(page), ephemeral=True, allowed_mentions=none
                )
