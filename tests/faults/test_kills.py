"""Rows 1 and 27: killed anywhere, and every question is answered once all the same."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.faults import Fault, FaultKind
from tests.faults.bench import POSTS, Tally
from tests.faults.hurry import rounds
from tests.faults.nursery import Kill, Nursery, wait_until
from tests.wire.living import text_of

pytestmark = pytest.mark.faults
EXPECTED = {"?annual-review": 2, "?suspension ?annual-review": 3, "~annual-review,suspension": 1}
"""What a post says, and how many messages answer it."""
POINTS: list[Kill] = [
    (room, name, when, nth)
    for room, name, nth in (
        ("store", "receive", 1),
        ("store", "apply", 1),
        ("store", "sending", 1),
        ("sender", "send", 1),
        ("sender", "send", 2),
        ("store", "sent", 1),
        ("store", "move_cursor", 2),
    )
    for when in ("before", "after")
]

URGENT_POINTS: list[Kill] = [("sender", "send", "after", 1), ("store", "apply", "after", 1)]
FAULTS = (
    Fault(FaultKind.STATUS, POSTS, times=-1, chance=0.02, status=502, after=True),
    Fault(FaultKind.ABORT, POSTS, times=-1, chance=0.02, after=True),
    Fault(FaultKind.STATUS, POSTS, times=-1, chance=0.01, status=503),
    Fault(FaultKind.RATE_LIMIT, POSTS, times=-1, chance=0.01),
)


def said_in(home: Nursery, channel: dict[str, Any]) -> list[str]:
    kept = home.server.world.messages.get(str(channel["id"]), {}).values()
    return [text_of(m) for m in kept if m["author"]["id"] == home.server.world.bot_id]


class Asked:
    """The questions asked, and how many messages each is owed."""

    def __init__(self, home: Nursery, chance: random.Random) -> None:
        self.home = home
        self.chance = chance
        self.owed: dict[str, int] = {}

    async def one(self, text: str | None = None) -> dict[str, Any]:
        """Ask one question."""
        text = text or self.chance.choice(sorted(EXPECTED))
        town = self.home.town
        who = self.chance.choice([town.mother, town.father, town.newcomer])
        thread = await who.post(town.forum, f"Question {len(self.owed)}", text)
        self.owed[thread["id"]] = EXPECTED[text]
        return thread

    @contextlib.asynccontextmanager
    async def all_the_time(self, a_second: float) -> AsyncIterator[None]:
        """Ask on and on until the end of the block."""

        async def ask() -> None:
            while True:
                await self.one()
                await asyncio.sleep(self.chance.expovariate(a_second))

        asking = asyncio.create_task(ask())
        try:
            yield
        finally:
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asking

    def answered(self) -> bool:
        """Tell whether every question has got all it is owed."""
        return all(len(said_in(self.home, {"id": i})) >= n for i, n in self.owed.items())

    async def until_answered(self, wait: float = 60.0) -> float:
        """Wait until every question is answered; return how long that took."""
        began = asyncio.get_running_loop().time()
        with contextlib.suppress(TimeoutError):
            await wait_until(self.answered, wait, look_every=0.2)
        return asyncio.get_running_loop().time() - began

    async def tally(self) -> Tally:
        """Count what was lost and said twice; the last bot must have ended."""
        tally = Tally(asked=len(self.owed))
        store = await self.home.store()
        try:
            assert store.report.damaged is None
            for thread_id, owed in self.owed.items():
                texts = Counter(said_in(self.home, {"id": thread_id}))
                tally.lost += max(0, owed - len(texts))
                tally.duplicates += max(0, texts.total() - owed)
                tally.without_case += len(await store.cases_in(int(thread_id))) != 1
        finally:
            await store.close()
        return tally


@pytest.mark.parametrize("broken", [False, True], ids=["calm", "with faults"])
async def test_kills_at_random_moments_lose_nothing_and_double_nothing(
    home: Nursery, broken: bool
) -> None:
    chance = random.Random(1)
    asked = Asked(home, chance)
    for fault in FAULTS if broken else ():
        home.server.faults.add(dataclasses.replace(fault))
    async with asked.all_the_time(8.0):
        for _ in range(rounds(4)):
            child = await home.up()
            if broken and chance.random() < 0.3:
                home.server.gateway.drop()
            await asyncio.sleep(chance.choice([0.05, 0.4, 1.5]) * chance.random())
            await child.kill()
    home.server.faults.clear()
    child = await home.up()
    took = await asked.until_answered(60 + len(asked.owed) / 10)
    await child.stop()
    tally = await asked.tally()
    print(f"kills={rounds(4)} {tally} recovered in {took:.1f}s")
    tally.assert_clean()


async def test_kills_at_named_points_lose_nothing_and_double_nothing(home: Nursery) -> None:
    asked = Asked(home, random.Random(2))
    for kill in POINTS * rounds(1):
        child = await home.up(kill)
        await asked.one("?suspension ?annual-review")
        assert await child.until_ended() == -signal.SIGKILL, kill
    child = await home.up()
    await asked.until_answered(30)
    assert await child.stop() == 0
    tally = await asked.tally()
    print(f"named={len(POINTS) * rounds(1)} {tally}")
    tally.assert_clean()


async def test_killed_between_card_and_alert_the_card_comes_once_and_the_calls_go_on(
    home: Nursery,
) -> None:
    world, town = home.server.world, home.town
    for kill in URGENT_POINTS * rounds(1):
        before = len(calls(home))
        child = await home.up(kill)
        post = "I want to kill myself tonight"
        thread = await town.mother.post(town.forum, "Please", post)
        assert await child.until_ended() == -signal.SIGKILL
        child = await home.up()
        await wait_until(lambda before=before: len(calls(home)) > before)  # type: ignore[misc]
        await wait_until(lambda thread=thread: bool(said_in(home, thread)))  # type: ignore[misc]
        # A repeated card still on its way must not see the nonce window end before it arrives.
        assert await home.server.clock.advance(0)
        now = len(calls(home))
        await home.server.clock.advance(6 * 60)
        assert len(calls(home)) > now, "nobody has come, so the calls go on"
        assert await child.stop() == 0
        assert world.channels[thread["id"]]
        cards = said_in(home, thread)
        assert len(cards) == len(set(cards))


def calls(home: Nursery) -> list[str]:
    """Return what called the volunteers, oldest first."""
    town, world = home.town, home.server.world
    kept = world.messages.get(str(town.volunteers["id"]), {}).values()
    return [message["id"] for message in kept if world.pinged.get(message["id"])]
