"""Scenarios played over real sockets: on a small bot of our own, and on Alongside itself."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import discord
import pytest

from bot.adapters.clock import SandboxClock
from bot.commands import playing
from sandbox.play import FOUNDING, EntryKind, load_scenario, play
from tests.wire.conftest import Sandbox

STORY = """
title: A small story
steps:
  - as: mother
    post: {forum: ask-for-help, title: "Who helps?", body: "Who can help me?", name: hers}
  - expect: {in: hers, within: 2s, contains: [you asked], lacks: [sorry], count: 1, pings: [mother]}
  - expect_panel: {in: volunteers, titled: Panel, contains: [1 post], lacks: [2 posts]}
  - as: volunteer
    click: {in: hers, button: More}
  - as: volunteer
    submit: {why: Because}
  - expect: {in: hers, seen_by: volunteer, contains: ["why: Because"]}
  - expect_nothing_new: {in: volunteers}
  - as: lead
    slash: {in: chat, command: hello, options: {who: "@mother"}}
  - expect: {in: chat, contains: [hello Maya], pings: []}
  - as: mother
    archive: hers
  - advance: 4h
  - expect: {in: chat, contains: [time has passed], count: 1}
  - as: father
    reply: {in: hers, text: Me too, to: who can help}
  - expect: {in: hers, from: father, contains: [me too], count: 1}
  - expect_panel: {in: volunteers, titled: Panel, contains: [2 posts]}
"""


class Form(discord.ui.Modal, title="More"):
    why = discord.ui.Label(text="Why", component=discord.ui.TextInput(custom_id="why"))

    async def on_submit(self, interaction):
        said = self.why.component.value
        await interaction.response.send_message(f"why: {said}", ephemeral=True)


class More(discord.ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @discord.ui.button(label="More", custom_id="more")
    async def more(self, interaction, button):
        await interaction.response.send_modal(Form())


@pytest.fixture
async def helper(sandbox: Sandbox, make_probe):
    """Play the part of a bot that answers posts, keeps a panel and follows the clock."""
    bot = make_probe()
    posts: list[int] = []
    panels: list[discord.Message] = []

    @bot.event
    async def on_message(message):
        if message.author.bot or not isinstance(message.channel, discord.Thread):
            return
        posts.append(message.id)
        said = f"{len(posts)} post{'s' if len(posts) > 1 else ''}"
        channel = bot.get_channel(int(sandbox.town.volunteers["id"]))
        if len(posts) == 1:
            await message.reply("You asked something", view=More())
            panels.append(await channel.send(f"Panel: {said}"))
        else:
            await panels[0].edit(content=f"Panel: {said}")

    @bot.tree.command(description="d")
    async def hello(interaction: discord.Interaction, who: discord.Member):
        await interaction.response.send_message(f"Hello {who.display_name}")

    bot.add_view(More())
    await bot.ready()
    done = asyncio.Event()

    async def settle():
        if sandbox.clock.offset >= 4 * 3600 and not done.is_set():
            done.set()
            await bot.get_channel(int(sandbox.town.chat["id"])).send("Time has passed")

    following = asyncio.create_task(SandboxClock(sandbox.server.url).follow(settle))
    assert await sandbox.clock.advance(0)
    yield bot
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def played(sandbox, tmp_path: Path, text: str):
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    return await play(sandbox.server, sandbox.town, load_scenario(path))


async def test_a_story_in_which_everything_holds(sandbox, helper, tmp_path):
    transcript = await played(sandbox, tmp_path, STORY)
    assert transcript.ok, transcript.as_text()
    kinds = [entry.kind for entry in transcript.entries]
    assert kinds.count(EntryKind.HELD) == 8
    assert "All held; 8 expectations held." in transcript.as_text()
    assert json.loads(json.dumps(transcript.as_json()))["ok"] is True
    said = next(entry for entry in transcript.entries if entry.took is not None)
    assert said.took is not None and 0 <= said.took < 2


WRONG = [
    ("expect: {in: hers, within: 1s, contains: [elephants]}", "'elephants' is missing"),
    ("expect: {in: hers, lacks: [you asked]}", "'you asked' is there"),
    ("expect: {in: hers, count: 3, within: 1s}", "there are 1 new messages, not 3"),
    ("expect: {in: hers, pings: [Volunteer]}", "it calls ['mother'], not ['Volunteer']"),
    ("expect: {in: chat, within: 1s}", "nothing was said"),
    ("expect_nothing_new: {in: hers}", "bot said something new"),
    (
        "expect_panel: {in: volunteers, titled: Panel, contains: [9 posts], within: 1s}",
        "'9 posts' is missing",
    ),
    ("expect_panel: {in: volunteers, titled: Queue, within: 1s}", "no message is titled 'Queue'"),
]


async def test_what_does_not_hold_is_told_and_the_play_goes_on(sandbox, helper, tmp_path):
    text = STORY.split("  - expect:", maxsplit=1)[0]
    text += "  - expect_panel: {in: volunteers, titled: Panel, contains: [1 post]}\n"
    transcript = await played(sandbox, tmp_path, text + "".join(f"  - {w}\n" for w, _ in WRONG))
    assert not transcript.ok
    for entry, (_, wanted) in zip(transcript.failures, WRONG, strict=True):
        assert wanted in entry.text
    assert "8 did NOT hold; 1 expectations held." in transcript.as_text()


STUCK = [
    ("{as: mother, reply: {in: nowhere, text: a}}", "no channel or thread called 'nowhere'"),
    ("{as: mother, reply: {in: volunteers, text: a}}", "NotAllowed"),
    ("{as: mother, slash: {in: chat, command: hello}}", "BadOption"),
    ("{as: mother, submit: {why: b}}", "no form was shown to mother"),
    ("{as: mother, post: {forum: ask-for-help, title: a, body: b, tags: c}}", "has no tag c"),
    ('{as: mother, slash: {in: chat, command: hello, options: {who: "@King"}}}', "no role"),
]


@pytest.mark.parametrize(("step", "wanted"), STUCK)
async def test_what_cannot_be_done_ends_the_play(sandbox, helper, tmp_path, step, wanted):
    text = f"title: Stuck\nsteps:\n  - {step}\n  - note: never\n"
    transcript = await played(sandbox, tmp_path, text)
    assert [entry.kind for entry in transcript.entries] == [EntryKind.FAILED]
    assert wanted in transcript.entries[0].text
    assert "[line 3]" in transcript.as_text()


async def test_the_founding_thread_on_the_bot_itself():
    """Play it as a person would from a terminal: the bot runs as a process of its own."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--play", str(FOUNDING), "--json"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, complaints = await program.communicate()
    assert out, complaints.decode()
    transcript = json.loads(out)
    assert [failure["text"] for failure in transcript["failures"]] == []
    assert program.returncode == 0


@pytest.mark.parametrize(("scenario", "code"), [(None, 0), (FOUNDING, 130)])
async def test_a_sandbox_stopped_from_outside_ends_without_complaint(
    monkeypatch: pytest.MonkeyPatch, scenario: Path | None, code: int
) -> None:
    begun = asyncio.Event()

    async def wait_for_ever(*_: object) -> int:
        begun.set()
        return await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(playing, "_with_bot", wait_for_ever)
    running = asyncio.create_task(playing.sandbox(0, scenario=scenario))
    await begun.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    assert await running == code
