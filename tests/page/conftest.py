"""A served town with its page, a small bot in it, and a real browser to sit at."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import discord
import pytest
import pytest_asyncio
import yarl
from playwright.async_api import Browser, Page, Response, async_playwright, expect

from sandbox.actors import Person
from sandbox.clock import SandboxClock
from sandbox.page import mount
from sandbox.server import TOKEN, Server
from sandbox.town import Town, build_town
from sandbox.world import World, until
from tests.page.neighbour import Neighbour

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
MISSING = "there is no Chromium here: install Debian's `chromium` to run the page's tests"
ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=8_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker(pytest.mark.page)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@dataclass
class Table:
    """A browser page opened on the town, and everything that went wrong in it."""

    server: Server
    town: Town
    page: Page
    troubles: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    async def sit(self, person: Person, place: dict[str, object] | None = None) -> None:
        """Open the page as somebody, at a channel or thread."""
        wanted = f"{self.server.url}/#/{person.id}/{(place or self.town.forum)['id']}"
        await self.page.goto(wanted)
        await expect(self.page.locator("#viewer")).to_have_value(person.id)
        await expect(self.page.locator("#heading")).to_have_text((place or self.town.forum)["name"])
        await expect(self.page.locator("#timeline")).not_to_have_attribute("aria-busy", "true")

    def message(self, text: str):
        return self.page.locator(".message", has_text=text)


@pytest_asyncio.fixture(loop_scope="module")
async def served(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Server, Town]]:
    clock = SandboxClock()
    world = World(clock)
    town = build_town(world)
    server = Server(world, clock)
    mount(server, town)
    await server.start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"{server.url}/api/v10")
    gateway = yarl.URL(server.gateway_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    yield server, town
    await server.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def bot(served: tuple[Server, Town]) -> AsyncIterator[Neighbour]:
    server, town = served
    client = Neighbour(town)
    running = asyncio.create_task(client.start(TOKEN))
    assert await until(server.world, lambda: len(server.world.commands) == 4)
    await asyncio.wait_for(client.wait_until_ready(), 10)
    yield client
    await client.close()
    await running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def table(served: tuple[Server, Town], browser: Browser) -> AsyncIterator[Table]:
    server, town = served
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    sitting = Table(server, town, await context.new_page())
    _watch(sitting)
    yield sitting
    await context.close()
    assert sitting.troubles == []
    assert sitting.strangers == []


def _watch(sitting: Table) -> None:
    """Note every error of the page, and every request that leaves this server."""

    def answered(response: Response) -> None:
        if not response.url.startswith(sitting.server.url):
            sitting.strangers.append(response.url)

    page = sitting.page
    page.on("pageerror", lambda error: sitting.troubles.append(str(error)))
    page.on("response", answered)
    page.on(
        "console",
        lambda said: sitting.troubles.append(said.text) if said.type == "warning" else None,
    )
