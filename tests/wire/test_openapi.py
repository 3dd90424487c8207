"""Every request the bot makes, held against Discord's own published specification."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.services.library import Library
from bot.services.records import Changes
from tests.scenarios.hearing import scripted_snapshot
from tests.scenarios.sandbox_stage import SandboxStage, sandbox_stage
from tests.scenarios.stage import Place, Role, Who, messages, panel

SHARED = Path(__file__).parents[3] / "shared"
CHECKER = SHARED / "tools" / "openapi_check.py"
SPECIFICATION = SHARED / "discord-openapi.json"
EVERYTHING = (
    "?supporter-refused-at-meeting ?removed-from-sen-register ~annual-review,suspension ?? "
    "call me on 07700 900123"
)
DANGER = "?annual-review I am going to kill myself tonight"
FORM = {"title": "Can the school change his desk?", "ask": "they moved his desk, can they?"}

pytestmark = pytest.mark.skipif(
    not (CHECKER.is_file() and SPECIFICATION.is_file()),
    reason="Discord's specification and its checker are not beside this checkout",
)


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[SandboxStage]:
    for owner, name in (
        (discord.http.Route, "BASE"),
        (discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY"),
        (discord.asset.Asset, "BASE"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    snapshot = scripted_snapshot()
    async with sandbox_stage(Library(snapshot, lambda: snapshot), tmp_path, []) as stage:
        yield stage


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> Any:
    named = importlib.util.spec_from_file_location("openapi_check", CHECKER)
    assert named is not None and named.loader is not None
    tool = importlib.util.module_from_spec(named)
    monkeypatch.setitem(sys.modules, named.name, tool)  # its dataclasses look for it there
    named.loader.exec_module(tool)
    return tool.Checker(json.loads(SPECIFICATION.read_text(encoding="utf-8")))


async def test_every_request_is_one_that_discord_has_published(
    stage: SandboxStage, checker: Any
) -> None:
    await set_up(stage)
    await as_parents(stage)
    await as_volunteers(stage)
    await in_danger(stage)
    await in_plain_text(stage)
    requests = [entry for entry in stage.server.requests if entry["status"] is not None]
    assert {call(entry) for entry in requests} >= {
        "PUT /applications/N/commands",
        "POST /channels/N/messages",
        "PATCH /channels/N/messages/N",
        "DELETE /channels/N/messages/N",
        "GET /channels/N/messages",
        "POST /interactions/N/T/callback",
        "POST /webhooks/N/T",
    }
    assert list(findings(checker, requests)) == []
    # One edit is tried in vain: whether a panel is still a layout, only Discord can tell.
    refused = [call(entry) for entry in requests if entry["status"] == 400]
    assert refused == ["PATCH /channels/N/messages/N"]


async def set_up(stage: SandboxStage) -> None:
    """Choose everything in the settings."""
    (shown,) = await stage.slash(Who.ADMIN, stage.id_of(Place.CHAT), "setup")
    for field, value in (
        ("help", [Place.FORUM, Place.CHAT]),
        ("volunteers", [Place.VOLUNTEERS]),
        ("volunteer-role", [Role.VOLUNTEER]),
        ("lead-role", [Role.LEAD]),
        ("nation", ["wales"]),
        ("nation", ["england"]),
    ):
        (shown,) = await stage.select(Who.ADMIN, shown, f"al-setup:{field}", value)
    await stage.slash(Who.ADMIN, stage.id_of(Place.CHAT), "doctor")


async def as_parents(stage: SandboxStage) -> None:
    """Ask in every way, press everything, look everything up, and be forgotten."""
    chat = stage.id_of(Place.CHAT)
    post = await stage.post(Who.MOTHER, EVERYTHING)
    overview, answer, *_ = messages(stage, post.channel)
    for label in ("What do these words mean?", "I still need a person", "This helped"):
        await stage.click(Who.MOTHER, answer, label)
    await stage.click(Who.FATHER, overview, "None of these")
    await stage.click(Who.MOTHER, overview, overview.buttons[0])
    await stage.edit(Who.MOTHER, post, f"{EVERYTHING} ?ehc-timescales")
    await stage.send(Who.NEIGHBOUR, post.channel, "?annual-review us too", reply_to=post)
    await stage.send(Who.FATHER, chat, f"<@{stage.bot_id}> ?suspension")
    for where in ("me", "channel"):
        await stage.slash(Who.FATHER, chat, "ask", question="?annual-review", where=where)
    for typed in ("corn", "", "zzzz"):
        await stage.complete(Who.MOTHER, chat, "find-support", "area", typed)
        await stage.complete(Who.MOTHER, chat, "jargon", "term", typed)
    for area in ("Cornwall Council", "Cumbria", "qqqq"):
        await stage.slash(Who.MOTHER, chat, "find-support", area=area)
    for term in ("senco", "AP", "sendias"):
        await stage.slash(Who.MOTHER, chat, "jargon", term=term)
    for switch in ("on", "off"):
        await stage.slash(Who.MOTHER, chat, "quiet", switch=switch)
    for name in ("privacy", "my-data", "forget-me"):
        await stage.slash(Who.MOTHER, chat, name)
    await stage.slash(Who.MOTHER, chat, "forget-me", sure="remove")
    await stage.delete(Who.MOTHER, post)


async def as_volunteers(stage: SandboxStage) -> None:
    """Be called after a silence, work a case in every way, and look after the knowledge."""
    room = stage.id_of(Place.VOLUNTEERS)
    post = await stage.post(Who.MOTHER, "?annual-review ??")
    await stage.advance(hours=4)
    for label in ("Claim 1", "Hand back 1"):
        await stage.click(Who.VOLUNTEER, panel(stage), label)
    for name in ("claim", "handback", "snooze", "resolve", "reopen", "queue"):
        await stage.slash(Who.VOLUNTEER, post.channel, name)
        await stage.slash(Who.FATHER, post.channel, name)
    await stage.complete(Who.VOLUNTEER, room, "claim", "case", "")
    await stage.menu(Who.VOLUNTEER, post, "Ask to remove details")
    await stage.menu(Who.VOLUNTEER, post, "Suggest for the knowledge base")
    await stage.fill(Who.VOLUNTEER, FORM)
    for name, given in (
        ("show", {"entry": "annual-review"}),
        ("search", {"words": "review"}),
        ("explain", {"text": "?annual-review"}),
        ("stale", {}),
        ("report", {}),
        ("gaps", {}),
        ("reload", {}),
    ):
        await stage.slash(Who.LEAD, room, f"knowledge {name}", **given)
    await stage.complete(Who.LEAD, room, "knowledge show", "entry", "review")
    await stage.advance(days=90)
    await stage.archive(post.channel)
    await stage.send(Who.FATHER, post.channel, "?outcome of this? we are there now")
    await stage.send(Who.VOLUNTEER, post.channel, "Ring SENDIASS.")
    await stage.advance(days=15)


async def in_danger(stage: SandboxStage) -> None:
    """Raise alarms in every way, wait for the last call, come, and stand down."""
    room, chat = stage.id_of(Place.VOLUNTEERS), stage.id_of(Place.CHAT)
    await stage.post(Who.MOTHER, DANGER)
    await stage.slash(Who.FATHER, chat, "ask", question=DANGER)
    post = await stage.post(Who.NEIGHBOUR, "?annual-review")
    await stage.menu(Who.VOLUNTEER, post, "Someone may be in danger")
    for _ in range(4):
        await stage.advance(minutes=10)
    alert = next(m for m in messages(stage, room) if "I'm here" in m.buttons)
    (here,) = await stage.click(Who.VOLUNTEER, alert, "I'm here")
    await stage.click(Who.VOLUNTEER, alert, "Get the safeguarding lead")
    await stage.click(Who.VOLUNTEER, here, here.buttons[0])


async def in_plain_text(stage: SandboxStage) -> None:
    """Do it once more with plain text, whose long answers are cut and shown whole on request."""
    (settings,) = await stage.house.store.all_settings()
    await stage.house.store.apply(Changes(settings=(replace(settings, plain_text=True),)))
    post = await stage.post(Who.MOTHER, EVERYTHING)
    await stage.advance(hours=4)
    cut = next(m for m in messages(stage, post.channel) if "Show all of it" in m.buttons)
    await stage.click(Who.FATHER, cut, "Show all of it")
    await stage.slash(Who.MOTHER, stage.id_of(Place.CHAT), "ask", question="?annual-review")


def findings(checker: Any, requests: Iterable[dict[str, Any]]) -> Iterable[str]:
    """Yield what the checker finds wrong with recorded requests."""
    for entry in requests:
        found = checker.request(entry["method"], entry["path"], entry["query"], entry["json"])
        yield from map(str, found)


def call(entry: dict[str, Any]) -> str:
    """Return a request with its ids and tokens left out."""
    parts = entry["path"].removeprefix("/api/v10").split("/")
    named = ["N" if part.isdigit() else "T" if len(part) > 30 else part for part in parts]
    return f"{entry['method']} {'/'.join(named)}"
