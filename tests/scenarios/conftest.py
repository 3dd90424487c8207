"""Every scenario is played on two independent Discords, which must agree."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import discord
import pytest

from bot.services.library import Library, Snapshot
from bot.services.records import Changes, GuildSettings
from tests.scenarios.hearing import real_snapshot, scripted_snapshot
from tests.scenarios.sandbox_stage import SandboxStage, sandbox_stage
from tests.scenarios.simcord_stage import SimcordStage, simcord_stage
from tests.scenarios.stage import Place, Role

AnyStage = SandboxStage | SimcordStage
STAGES: dict[str, Callable[..., contextlib.AbstractAsyncContextManager[AnyStage]]] = {
    "sandbox": sandbox_stage,
    "simcord": simcord_stage,
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "sandbox_only(reason): the other Discord cannot do what the scenario needs"
    )
    config.addinivalue_line("markers", "real_matcher: hear posts as the bot does, not by script")


@pytest.fixture(scope="session")
def scripted() -> Snapshot:
    """All the knowledge, and a matcher that a scenario can speak to."""
    return scripted_snapshot()


@pytest.fixture(scope="session")
def real(scripted: Snapshot) -> Snapshot:
    """The same with the matcher that ships."""
    return real_snapshot(scripted)


@pytest.fixture
def swallowed() -> Iterator[list[BaseException]]:
    """Collect what the bot let pass in silence; a scenario in which there was any has failed."""
    found: list[BaseException] = []
    yield found
    assert found == []


@pytest.fixture(params=STAGES)
async def bare_stage(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    swallowed: list[BaseException],
) -> AsyncIterator[AnyStage]:
    """Give a Discord with the bot in it, before anybody has used `/setup`."""
    only = request.node.get_closest_marker("sandbox_only")
    if only is not None and request.param != "sandbox":
        pytest.skip(only.args[0])
    heard = "real" if request.node.get_closest_marker("real_matcher") else "scripted"
    snapshot: Snapshot = request.getfixturevalue(heard)
    # The bot points discord.py at a sandbox for good; the next test may want another.
    for owner, name in (
        (discord.http.Route, "BASE"),
        (discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY"),
        (discord.asset.Asset, "BASE"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    library = Library(snapshot, lambda: snapshot)
    async with STAGES[request.param](library, tmp_path, swallowed) as stage:
        yield stage


@pytest.fixture
async def stage(bare_stage: AnyStage) -> AnyStage:
    """Give a Discord in which the bot has been set up and is listening."""
    chosen = GuildSettings(
        guild_id=bare_stage.guild_id,
        help_channels=frozenset(map(bare_stage.id_of, (Place.FORUM, Place.CHAT))),
        volunteers_channel=bare_stage.id_of(Place.VOLUNTEERS),
        volunteer_role=bare_stage.id_of(Role.VOLUNTEER),
        lead_role=bare_stage.id_of(Role.LEAD),
        watching_since=bare_stage.house.clock.now(),
    )
    await bare_stage.house.store.apply(Changes(settings=(chosen,)))
    return bare_stage
