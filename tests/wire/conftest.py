"""A served town, and a plain discord.py client that remembers all it hears."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands

from sandbox.clock import SandboxClock
from sandbox.server import TOKEN, Server
from sandbox.town import Town, build_town
from sandbox.world import World

PATIENCE = 10.0


class Probe(discord.Client):
    """An unmodified client, but that it remembers every event dispatched in it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("intents", discord.Intents.all())
        options.setdefault("guild_ready_timeout", 0.05)
        options.setdefault("max_ratelimit_timeout", 30.0)
        super().__init__(**options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        self.ended: asyncio.Task[None] | None = None
        self._stirred = asyncio.Event()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        super().dispatch(event, *args, **kwargs)
        self.heard.append((event, args))
        self._stirred.set()

    async def setup_hook(self) -> None:
        if self.tree.get_commands() or self.tree.get_commands(type=discord.AppCommandType.message):
            await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin a session at once; discord.py itself would wait five seconds first."""

    async def on_error(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        raise AssertionError(event)

    def begin(self, token: str = TOKEN) -> None:
        self.ended = asyncio.create_task(self.start(token))

    async def ready(self) -> "Probe":
        self.begin()
        await self.until("ready")
        return self

    async def until(
        self, event: str, fits: Callable[..., bool] = lambda *_: True, since: int = 0
    ) -> Any:
        """Return the event's argument (or arguments) once one that fits was heard."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for name, args in self.heard[since:]:
                    if name == event and fits(*args):
                        return args[0] if len(args) == 1 else args
                self._stirred.clear()
                await self._stirred.wait()

    def count(self, event: str, since: int = 0) -> int:
        return sum(1 for name, _ in self.heard[since:] if name == event)

    @property
    def mark(self) -> int:
        return len(self.heard)


@dataclass(frozen=True)
class Sandbox:
    server: Server
    clock: SandboxClock
    town: Town

    @property
    def world(self) -> World:
        return self.server.world

    def asked(self, method: str, ending: str) -> list[dict[str, Any]]:
        """Return the recorded requests whose path ends so."""
        return [
            entry
            for entry in self.server.requests
            if entry["method"] == method and entry["path"].endswith(ending)
        ]

    def allow(self, more: discord.Permissions) -> None:
        """Give the bot's role more permissions."""
        for role in self.town.guild.roles.values():
            if role["managed"]:
                role["permissions"] = str(int(role["permissions"]) | more.value)


def point(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Point discord.py at a sandbox."""
    gateway = yarl.URL(server.gateway_url)
    monkeypatch.setattr(discord.http.Route, "BASE", f"{server.url}/api/v10")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    monkeypatch.setattr(discord.asset.Asset, "BASE", f"{server.url}/cdn")


@pytest.fixture
async def sandbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    clock = SandboxClock()
    world = World(clock, "Alongside")
    town = build_town(world)
    server = Server(world, clock)
    await server.start()
    point(monkeypatch, server)
    yield Sandbox(server, clock, town)
    await server.stop()


MakeProbe = Callable[..., Probe]


@pytest.fixture
async def make_probe(sandbox: Sandbox) -> AsyncIterator[MakeProbe]:
    made: list[Probe] = []

    def make(**options: Any) -> Probe:
        made.append(Probe(**options))
        return made[-1]

    yield make
    for probe in made:
        await probe.close()
        if probe.ended is not None:
            await asyncio.gather(probe.ended, return_exceptions=True)


@pytest.fixture
async def probe(make_probe: MakeProbe) -> Probe:
    return await make_probe().ready()
