"""The form in which a volunteer suggests an entry, and the file that comes of it."""

from __future__ import annotations

import io

import discord

from bot.adapters.discord.answers import defer
from bot.adapters.discord.people import actor_of
from bot.adapters.discord.refusals import refuse
from bot.guidance.entry import Entry
from bot.services.editing import Suggestion, must_help
from bot.services.house import House

MINUTES_OPEN = 15
"""A form that is never sent is forgotten after this long."""
DRAFTED = (
    "Thank you. Here is the draft as a file: please hand it to an editor, who will add sources, "
    "more ways of asking, and have it reviewed. Nothing of the member's post is in it, and I have "
    "not kept it."
)
CAREFUL = (
    "Please use your own words. Nothing here may point at a family: no names, no school, no place."
)


class SuggestForm(discord.ui.Modal):
    """Asks for a title, the question as parents put it, and a short answer."""

    def __init__(self, house: House, near: Entry | None) -> None:
        super().__init__(title="Suggest an entry", timeout=60 * MINUTES_OPEN)
        self._house = house
        self._near = near
        title: discord.ui.TextInput[SuggestForm] = discord.ui.TextInput(
            custom_id="title",
            max_length=120,
            placeholder=near.title[:100] if near else "Can the school …?",
        )
        ask: discord.ui.TextInput[SuggestForm] = discord.ui.TextInput(
            custom_id="ask", max_length=300, style=discord.TextStyle.paragraph
        )
        short: discord.ui.TextInput[SuggestForm] = discord.ui.TextInput(
            custom_id="short",
            max_length=900,
            style=discord.TextStyle.paragraph,
            default="To be written.",
        )
        nearest = f"**Nearest entry we have:** {near.title}\n" if near else ""
        self.add_item(discord.ui.TextDisplay(nearest + CAREFUL))
        self.add_item(
            discord.ui.Label(
                text="Title",
                description="The question as a parent would ask it, in a few words",
                component=title,
            )
        )
        self.add_item(
            discord.ui.Label(
                text="The question, the way parents put it",
                description="In your words, not the member's",
                component=ask,
            )
        )
        self.add_item(
            discord.ui.Label(
                text="A short answer",
                description="At most three sentences; an editor will check it",
                component=short,
            )
        )
        self._title, self._ask, self._short = title, ask, short

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand over the draft to the person who filled in the form, and to nobody else."""
        await defer(interaction)
        actor = await actor_of(interaction, self._house)
        must_help(actor)
        settings = await self._house.setup.of(actor.guild_id)
        suggestion = Suggestion(
            title=self._title.value,
            ask=self._ask.value,
            short=self._short.value,
            near=self._near.id if self._near else None,
        )
        draft = self._house.editing.draft(suggestion, settings.nation)
        await hand_over(interaction, DRAFTED, draft.name, draft.text)

    async def on_error(  # type: ignore[override]  # as discord.py's own Modal declares it
        self, interaction: discord.Interaction, error: Exception, /
    ) -> None:
        """Tell the person what could not be done."""
        await refuse(interaction, error)


async def hand_over(interaction: discord.Interaction, words: str, name: str, text: str) -> None:
    """Give a text as a file to the person who asked, and to nobody else."""
    await interaction.followup.send(
        words,
        file=discord.File(io.BytesIO(text.encode()), filename=name),
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
    )
