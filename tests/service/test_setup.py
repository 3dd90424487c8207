"""An admin's choices: none is lost, whatever happens at the same moment."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.adapters.memory import MemoryStore
from bot.cases.capability import Actor, Rank
from bot.services.bells import Bells
from bot.services.guilds import Guilds
from bot.services.panel import Panel
from bot.services.records import GuildSettings
from bot.services.setup import OnlyAdmins, Setup
from tests.service.fakes import START, FakeClock, FakePostbox

ADMIN = Actor(9, 10, frozenset({Rank.ADMIN}), "person-9")


class SlowStore(MemoryStore):
    """Lets others run between reading the settings and writing them, as a real database does."""

    async def settings(self, guild_id: int) -> GuildSettings | None:
        kept = await super().settings(guild_id)
        await asyncio.sleep(0)
        return kept


async def test_choices_made_while_the_panel_is_put_up_are_all_kept() -> None:
    store, clock, bells = SlowStore(), FakeClock(), Bells()
    guilds = Guilds(store)
    setup = Setup(guilds, clock, bells)
    panel = Panel(store, guilds, bells, FakePostbox(clock))
    await setup.change(ADMIN, lambda kept: replace(kept, volunteers_channel=30))
    await asyncio.gather(
        panel.work(),
        setup.change(ADMIN, lambda kept: replace(kept, volunteer_role=40)),
        setup.change(ADMIN, lambda kept: replace(kept, lead_role=41)),
        setup.change(ADMIN, lambda kept: replace(kept, help_channels=frozenset({20}))),
    )
    kept = await guilds.of(10)
    assert (kept.volunteers_channel, kept.volunteer_role, kept.lead_role) == (30, 40, 41)
    assert kept.help_channels == {20}
    assert kept.panel_message is not None
    assert kept.watching_since == START


async def test_only_an_admin_sets_up() -> None:
    setup = Setup(Guilds(MemoryStore()), FakeClock(), Bells())
    lead = Actor(4, 10, frozenset({Rank.LEAD}), "person-4")
    with pytest.raises(OnlyAdmins):
        await setup.change(lead, lambda kept: replace(kept, volunteer_role=1))


async def test_a_change_of_look_is_drawn_at_once() -> None:
    store, clock, bells = MemoryStore(), FakeClock(), Bells()
    guilds = Guilds(store)
    setup, postbox = Setup(guilds, clock, bells), FakePostbox(clock)
    panel = Panel(store, guilds, bells, postbox)
    await setup.change(ADMIN, lambda kept: replace(kept, volunteers_channel=30))
    await panel.work()
    replaced: list[bool] = []

    async def replace_panel(*_: object, plain: bool) -> None:
        replaced.append(plain)

    postbox.replace = replace_panel  # type: ignore[assignment,method-assign]
    await setup.change(ADMIN, lambda kept: replace(kept, plain_text=True))
    await panel.work()
    assert replaced == [True]
