"""The real discord.py answers what people do in the sandbox: commands, components, forms."""

import discord
import pytest
from discord import app_commands

from sandbox.actors import (
    AnswerKind,
    BadOption,
    CommandMissing,
    NoAnswer,
    NotAllowed,
    NotOffered,
    StillThinking,
)
from sandbox.world import until

OPTIONS = [discord.SelectOption(label="a"), discord.SelectOption(label="b")]


class Form(discord.ui.Modal, title="A form"):
    said = discord.ui.Label(text="Say", component=discord.ui.TextInput(custom_id="said"))
    pick = discord.ui.Label(
        text="Pick",
        component=discord.ui.Select(custom_id="pick", options=OPTIONS),
    )

    async def on_submit(self, interaction):
        picked = self.pick.component.values[0]
        await interaction.response.send_message(
            f"{self.said.component.value} {picked}", ephemeral=True
        )


class Old(discord.ui.Modal, title="An older form"):
    said = discord.ui.TextInput(label="Say", custom_id="said", max_length=10)

    async def on_submit(self, interaction):
        await interaction.response.edit_message(content=f"form {self.said.value}", view=None)


class Buttons(discord.ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @discord.ui.button(label="Go", custom_id="go")
    async def go(self, interaction, button):
        await interaction.response.edit_message(content="pressed", view=None)

    @discord.ui.button(label="Form", custom_id="form")
    async def form(self, interaction, button):
        await interaction.response.send_modal(Old())

    @discord.ui.button(label="Off", custom_id="off", disabled=True)
    async def off(self, interaction, button):
        raise AssertionError

    @discord.ui.button(label="Later", custom_id="later")
    async def later(self, interaction, button):
        await interaction.response.defer()
        await interaction.edit_original_response(content="later")

    @discord.ui.select(custom_id="words", options=OPTIONS)
    async def words(self, interaction, select):
        await interaction.response.send_message(select.values[0], ephemeral=True)

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="people", max_values=2)
    async def people(self, interaction, select):
        names = " ".join(sorted(person.display_name for person in select.values))
        await interaction.response.send_message(names, ephemeral=True)


class Layout(discord.ui.LayoutView):
    def __init__(self, words="Some words", lines=1):
        super().__init__(timeout=None)
        button = discord.ui.Button(label="Deep", custom_id="deep")
        button.callback = self.pressed
        texts = [discord.ui.TextDisplay(words) for _ in range(lines)]
        self.add_item(discord.ui.Container(*texts, discord.ui.ActionRow(button)))
        self.add_item(discord.ui.Section("Beside", accessory=discord.ui.Button(label="Near")))

    async def pressed(self, interaction):
        await interaction.response.edit_message(view=Layout("Pressed"))


@pytest.fixture
async def probe(make_probe):
    probe = make_probe()
    tree = probe.tree
    queue = app_commands.Group(name="queue", description="d")

    @tree.command(description="d")
    async def hi(interaction: discord.Interaction):
        done = await interaction.response.send_message("hello")
        assert not done.is_ephemeral()
        with pytest.raises(discord.InteractionResponded):
            await interaction.response.send_message("again")

    @tree.command(description="d")
    async def ask(
        interaction: discord.Interaction,
        text: app_commands.Range[str, 2, 20],
        who: discord.Member | None = None,
        number: app_commands.Range[int, 1, 5] = 1,
    ):
        await interaction.response.defer(thinking=True, ephemeral=True)
        await interaction.followup.send(f"{text} {who} {number}")
        second = await interaction.followup.send("second", wait=True)
        await second.edit(content="second!")
        await interaction.edit_original_response(content=f"final {text}")
        assert (await interaction.original_response()).content == f"final {text}"

    @ask.autocomplete("text")
    async def complete(interaction: discord.Interaction, current: str):
        return [app_commands.Choice(name=f"{current}!", value=f"{current}!")]

    @tree.command(description="d")
    async def stall(interaction: discord.Interaction):
        await interaction.response.defer(thinking=True)

    @tree.command(description="d")
    async def mute(interaction: discord.Interaction):
        probe.dispatch("muted", interaction)

    @tree.command(description="d")
    async def form(interaction: discord.Interaction):
        await interaction.response.send_modal(Form())

    @tree.command(description="d")
    @app_commands.default_permissions(manage_threads=True)
    async def staff(interaction: discord.Interaction):
        await interaction.response.send_message("staff", ephemeral=True)

    @queue.command(description="d")
    async def show(interaction: discord.Interaction, page: int = 1):
        await interaction.response.send_message(f"page {page}")

    @tree.context_menu(name="Report")
    async def report(interaction: discord.Interaction, message: discord.Message):
        await interaction.response.send_message(f"about {message.content}", ephemeral=True)

    tree.add_command(queue)
    probe.add_view(Buttons())
    probe.add_view(Layout())
    return await probe.ready()


async def test_command_with_a_plain_answer(sandbox, probe):
    town = sandbox.town
    used = await town.mother.slash(town.chat, "hi")
    answer = await used.answer()
    assert (answer.kind, answer.content) == (AnswerKind.MESSAGE, "hello")
    assert not answer.ephemeral
    heard = await probe.until("message", lambda m: m.content == "hello")
    assert heard.interaction_metadata.user.id == int(town.mother.id)
    assert heard.type is discord.MessageType.chat_input_command


async def test_deferred_answer_and_what_follows(sandbox, probe):
    town = sandbox.town
    used = await town.mother.slash(town.chat, "ask", text="why", who=town.father.user, number=3)
    second = await used.followup()
    answer = await used.answer()
    assert answer.ephemeral
    await sandbox.server.gateway.settle()
    assert await until(sandbox.world, lambda: answer.content == "final why")
    # Nobody else is shown what was for her alone, and no client hears of it.
    assert await until(sandbox.world, lambda: second["content"] == "second!")
    assert answer.message in town.mother.read(town.chat)
    assert answer.message not in town.father.read(town.chat)
    assert probe.count("message") == 1


async def test_subcommands_and_validation(sandbox, probe):
    town, mother = sandbox.town, sandbox.town.mother
    shown = await (await mother.slash(town.chat, "queue show", page=2)).answer()
    assert shown.content == "page 2"
    for name in ("queue", "queue hide", "nothing", "hi there"):
        with pytest.raises(CommandMissing):
            await mother.slash(town.chat, name)
    for wrong in (
        {},
        {"text": "w"},
        {"text": 3},
        {"text": "fine", "number": 9},
        {"text": "fine", "number": True},
        {"text": "fine", "other": 1},
    ):
        with pytest.raises(BadOption):
            await mother.slash(town.chat, "ask", **wrong)
    with pytest.raises(NotAllowed):
        await mother.slash(town.chat, "staff")
    assert (await (await town.volunteer.slash(town.chat, "staff")).answer()).content == "staff"


async def test_autocomplete(sandbox, probe):
    town = sandbox.town
    typed = await town.mother.autocomplete(town.chat, "ask", "text", "a")
    answer = await typed.answer()
    assert answer.choices == ({"name": "a!", "value": "a!"},)
    with pytest.raises(NotOffered):
        await town.mother.autocomplete(town.chat, "ask", "number", "1")


async def test_context_menu(sandbox, probe):
    town = sandbox.town
    message = await town.father.send(town.chat, "unkind words")
    answer = await (await town.mother.context_menu("Report", message)).answer()
    assert answer.content == "about unkind words"
    with pytest.raises(CommandMissing):
        await town.mother.context_menu("Praise", message)


async def test_silence_and_unfinished_thought(sandbox, probe):
    town = sandbox.town
    muted = await town.mother.slash(town.chat, "mute")
    with pytest.raises(NoAnswer):
        await muted.answer(wait=0.1)
    stalled = await town.mother.slash(town.chat, "stall")
    await stalled.acknowledged()
    with pytest.raises(StillThinking):
        await stalled.answer(wait=0.1)


async def test_late_and_double_answers_have_their_codes(sandbox, probe):
    town = sandbox.town
    await town.mother.slash(town.chat, "mute")
    interaction = await probe.until("muted")
    await sandbox.clock.advance(3.5, settle=False)
    with pytest.raises(discord.NotFound) as late:
        await interaction.response.send_message("late")
    assert late.value.code == 10062
    since = probe.mark
    await town.mother.slash(town.chat, "mute")
    first = await probe.until("muted", since=since)
    twin = discord.Interaction(data=_raw(probe, since), state=probe._connection)
    await first.response.send_message("once")
    with pytest.raises(discord.HTTPException) as twice:
        await twin.response.send_message("twice")
    assert twice.value.code == 40060
    await sandbox.clock.advance(901, settle=False)
    with pytest.raises(discord.HTTPException) as expired:
        await first.followup.send("much later")
    assert expired.value.code == 50027


def _raw(probe, since):
    interaction = next(args[0] for name, args in probe.heard[since:] if name == "interaction")
    return {
        "id": interaction.id,
        "application_id": interaction.application_id,
        "type": 2,
        "token": interaction.token,
        "version": 1,
        "user": interaction.user._user._to_minimal_user_json(),
        "authorizing_integration_owners": {},
        "attachment_size_limit": 0,
        "data": {"id": "1", "name": "mute", "type": 1},
    }


async def test_buttons_and_selects(sandbox, probe):
    town, mother = sandbox.town, sandbox.town.mother
    channel = probe.get_channel(int(town.chat["id"]))
    sent = await channel.send("press", view=Buttons())
    message = sandbox.world.message(town.chat["id"], str(sent.id))
    assert (await (await mother.select(message, "words", ["b"])).answer()).content == "b"
    both = [town.mother.id, town.father.id]
    assert (await (await mother.select(message, "people", both)).answer()).content == "Callum Maya"
    with pytest.raises(BadOption):
        await mother.select(message, "words", ["c"])
    for name in ("off", "absent", "words"):
        with pytest.raises(NotOffered):
            await mother.click(message, name)
    later = await (await mother.click(message, "Later")).answer()
    assert later.message["content"] == "later"
    pressed = await (await mother.click(message, "Go")).answer()
    assert (pressed.kind, message["content"]) == (AnswerKind.UPDATE, "pressed")
    assert message["components"] == []


async def test_modals_old_and_new(sandbox, probe):
    town, mother = sandbox.town, sandbox.town.mother
    shown = await mother.slash(town.chat, "form")
    sent = await mother.submit_modal(shown, {"said": "words", "pick": ["b"]})
    answer = await sent.answer()
    assert (answer.content, answer.ephemeral) == ("words b", True)
    with pytest.raises(BadOption):
        await mother.submit_modal(shown, {"said": "", "pick": ["a"]})
    with pytest.raises(NotOffered):
        await mother.submit_modal(shown, {"other": "x"})
    posted = await probe.get_channel(int(town.chat["id"])).send("press", view=Buttons())
    message = sandbox.world.message(town.chat["id"], str(posted.id))
    old = await mother.submit_modal(await mother.click(message, "form"), {"said": "filled"})
    assert (await old.answer()).message["content"] == "form filled"


async def test_layouts_of_components(sandbox, probe):
    town, mother = sandbox.town, sandbox.town.mother
    channel = probe.get_channel(int(town.chat["id"]))
    sent = await channel.send(view=Layout())
    message = sandbox.world.message(town.chat["id"], str(sent.id))
    assert message["flags"] & 1 << 15
    assert message["content"] == ""
    await (await mother.click(message, "Deep")).answer()
    assert message["components"][0]["components"][0]["content"] == "Pressed"
    with pytest.raises(discord.HTTPException) as long:
        await channel.send(view=Layout("x" * 2001, lines=2))
    assert long.value.code == 50035
    payload = {"flags": 1 << 15, "content": "x", "components": message["components"]}
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
    with pytest.raises(discord.HTTPException) as mixed:
        await probe.http.request(route, json=payload)
    assert mixed.value.code == 50035
    many = [{"type": 10, "content": "x"}] * 41
    with pytest.raises(discord.HTTPException) as full:
        await probe.http.request(route, json={"flags": 1 << 15, "components": many})
    assert full.value.code == 50035


async def test_ephemeral_messages_are_for_one_person(sandbox, probe):
    town = sandbox.town
    used = await town.volunteer.slash(town.chat, "staff")
    secret = (await used.answer()).message
    with pytest.raises(NotAllowed):
        await town.mother.click(secret, "anything")
    with pytest.raises(discord.NotFound):
        await probe.get_channel(int(town.chat["id"])).fetch_message(int(secret["id"]))


async def test_commands_are_registered_one_by_one_and_for_a_guild(sandbox, probe):
    guild = discord.Object(int(sandbox.town.guild.id))
    probe.tree.copy_global_to(guild=guild)
    made = await probe.tree.sync(guild=guild)
    assert {c.name for c in made} >= {"hi", "ask", "queue", "Report"}
    first = next(c for c in made if c.name == "hi")
    await first.edit(description="changed")
    assert (await probe.tree.fetch_command(first.id, guild=guild)).description == "changed"
    await first.delete()
    left = await probe.tree.fetch_commands(guild=guild)
    assert "hi" not in {c.name for c in left}
    assert "hi" in {c.name for c in await probe.tree.fetch_commands()}
