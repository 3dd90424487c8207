"""A small discord.py bot that answers in every way the page must draw."""

import asyncio

import discord
from discord import app_commands

from sandbox.town import Town

AREAS = ("Leeds", "Leicester", "Lewisham", "Kent")
DRAFT_OPTIONS = [
    discord.SelectOption(label="Meetings", description="With school"),
    discord.SelectOption(label="Transport"),
]


class Draft(discord.ui.Modal, title="Suggest an entry"):
    question = discord.ui.Label(
        text="Question",
        description="As a parent would ask it",
        component=discord.ui.TextInput(custom_id="question", min_length=3),
    )
    note = discord.ui.Label(
        text="Note",
        component=discord.ui.TextInput(
            custom_id="note", style=discord.TextStyle.long, required=False
        ),
    )
    area = discord.ui.Label(
        text="Area", component=discord.ui.Select(custom_id="area", options=DRAFT_OPTIONS)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        said = self.question.component.value
        await interaction.response.send_message(
            f"Noted: {said} ({self.area.component.values[0]})", ephemeral=True
        )


def answer() -> discord.ui.LayoutView:
    """Draw an answer as a layout with buttons."""
    view = discord.ui.LayoutView(timeout=None)
    box = discord.ui.Container()
    box.add_item(discord.ui.TextDisplay("### Can they refuse?\nNobody has a **written** right."))
    box.add_item(discord.ui.TextDisplay("1. Ask why.\n2. Offer another place."))
    box.add_item(discord.ui.Separator())
    box.add_item(discord.ui.TextDisplay("-# Last checked on 1 November 2026."))
    row = discord.ui.ActionRow()
    row.add_item(discord.ui.Button(label="This helped", custom_id="helped"))
    row.add_item(discord.ui.Button(label="Tell me more", custom_id="more"))
    row.add_item(discord.ui.Button(label="Not now", custom_id="off", disabled=True))
    box.add_item(row)
    view.add_item(box)
    view.stop()
    return view


def choices(chosen: list[str]) -> discord.ui.LayoutView:
    """Draw selects: of channels, several at once, and of roles."""
    kind = discord.SelectDefaultValueType.channel
    view = discord.ui.LayoutView(timeout=None)
    for title, select in (
        (
            "Help channels",
            discord.ui.ChannelSelect(
                custom_id="channels",
                max_values=3,
                channel_types=[discord.ChannelType.text, discord.ChannelType.forum],
                default_values=[discord.SelectDefaultValue(id=int(c), type=kind) for c in chosen],
            ),
        ),
        ("Role of volunteers", discord.ui.RoleSelect(custom_id="role")),
    ):
        view.add_item(discord.ui.TextDisplay(f"**{title}**"))
        row = discord.ui.ActionRow()
        row.add_item(select)
        view.add_item(row)
    view.stop()
    return view


class Neighbour(discord.Client):
    """Answers posts, commands, buttons, selects and forms."""

    def __init__(self, town: Town) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.town = town
        self.tree = app_commands.CommandTree(self)
        self.panel: discord.Message | None = None
        self._posts = 0
        _add_commands(self.tree)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin at once; discord.py itself would wait five seconds first."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or not isinstance(message.channel, discord.Thread):
            return
        await message.channel.send(view=answer(), reference=message, mention_author=False)
        self._posts += 1
        await self._call(message)

    async def _call(self, message: discord.Message) -> None:
        channel = self.get_channel(int(self.town.volunteers["id"]))
        assert isinstance(channel, discord.TextChannel)
        if self.panel is None:
            self.panel = await channel.send("### The queue\n1 waiting")
        else:
            await self.panel.edit(content=f"### The queue\n{self._posts} waiting")
        role = self.town.volunteer_role["id"]
        await channel.send(
            f"<@&{role}> waiting since <t:{int(message.created_at.timestamp())}:R>: "
            f"https://discord.com/channels/{channel.guild.id}/{message.channel.id}/{message.id}",
            allowed_mentions=discord.AllowedMentions(roles=True),
        )

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is not discord.InteractionType.component:
            return
        match interaction.data:
            case {"custom_id": "channels", "values": values}:
                await interaction.response.edit_message(view=choices(list(values)))
            case {"custom_id": "role"}:
                await interaction.response.defer()
            case {"custom_id": "more"}:
                await interaction.response.send_modal(Draft())
            case _:
                await interaction.response.send_message("Thank you.", ephemeral=True)


def _add_commands(tree: app_commands.CommandTree) -> None:
    where = [
        app_commands.Choice(name="Only I see it", value="me"),
        app_commands.Choice(name="In this channel", value="channel"),
    ]

    @tree.command(description="Ask a question")
    @app_commands.describe(question="In your own words", where="Who sees the answer", area="Where")
    @app_commands.choices(where=where)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, 4000],
        where: str = "me",
        area: str | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=where == "me", thinking=True)
        await asyncio.sleep(0.05)
        await interaction.followup.send(f"You asked: {question} ({area})")

    @ask.autocomplete("area")
    async def areas(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = [name for name in AREAS if typed.lower() in name.lower()]
        return [app_commands.Choice(name=name, value=name.upper()) for name in found]

    @tree.command(description="Choose channels")
    @app_commands.default_permissions(manage_guild=True)
    async def choose(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=choices([]), ephemeral=True)

    @tree.command(description="Say nothing")
    async def silent(_: discord.Interaction) -> None:
        return

    @tree.context_menu(name="Suggest for the knowledge base")
    async def suggest(interaction: discord.Interaction, _: discord.Message) -> None:
        await interaction.response.send_modal(Draft())
