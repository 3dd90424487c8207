"""Rows 3, 13, 25 and 26: how a bot ends, one that may not begin, one too many, and a flood."""

from __future__ import annotations

import asyncio
import json
import random
import sys

import pytest

from bot.cli import BAD_INTENTS, BAD_STORE, BAD_TOKEN
from sandbox.world import components
from tests.faults.hurry import rounds
from tests.faults.nursery import CHILD, Nursery, surroundings, wait_until
from tests.faults.test_kills import Asked

pytestmark = pytest.mark.faults


async def test_a_stop_in_the_middle_of_a_burst_is_clean_and_loses_nothing(home: Nursery) -> None:
    chance = random.Random(4)
    asked = Asked(home, chance)
    worst = 0.0
    for _ in range(rounds(2)):
        child = await home.up()
        async with asked.all_the_time(40.0):
            await asyncio.sleep(chance.uniform(0.1, 0.8))
            began = asyncio.get_running_loop().time()
            assert await child.stop() == 0
            worst = max(worst, asyncio.get_running_loop().time() - began)
    child = await home.up()
    await asked.until_answered()
    await child.stop()
    tally = await asked.tally()
    print(f"stops={rounds(2)} {tally} worst={worst:.1f}s")
    tally.assert_clean()
    assert worst <= 10


async def test_a_second_instance_refuses_and_the_first_ends_by_itself(home: Nursery) -> None:
    """The first has an interpreter of its own, which must come to its end without help."""
    order = json.dumps(home.order())
    first = await asyncio.create_subprocess_exec(
        sys.executable, str(CHILD), "run", order, env=surroundings()
    )
    try:
        # On a busy machine an interpreter of one's own takes its time to load everything.
        await wait_until(lambda: bool(home.server.gateway.live), 120)
        for _ in range(rounds(1)):
            second = await home.birth()
            assert await second.until_ended() == BAD_STORE
        asked = Asked(home, random.Random(6))
        for _ in range(5):
            await asked.one()
        first.terminate()
        assert await asyncio.wait_for(first.wait(), 30) == 0
    finally:
        if first.returncode is None:
            first.kill()
            await first.wait()
    child = await home.up()
    await asked.until_answered()
    await child.stop()
    (await asked.tally()).assert_clean()


async def test_a_revoked_token_ends_it_with_clear_words(home: Nursery) -> None:
    server = home.server
    for _ in range(rounds(1)):
        child = await home.up()
        server.token = server.gateway.token = "another"
        server.gateway.close(4004)
        assert await child.until_ended() == BAD_TOKEN
        again = await home.birth()
        assert await again.until_ended() == BAD_TOKEN
        assert "Discord does not accept DISCORD_TOKEN" in home.log.read_text()
        server.token = server.gateway.token = home.order()["env"]["DISCORD_TOKEN"]


async def test_refused_intents_end_it_with_clear_words(home: Nursery) -> None:
    home.server.gateway.privileged = False
    for _ in range(rounds(1)):
        child = await home.birth()
        assert await child.until_ended() == BAD_INTENTS
        assert "Message Content" in home.log.read_text()


async def test_a_button_is_acknowledged_within_a_flood(home: Nursery) -> None:
    """ALONGSIDE_FAULT_ROUNDS=25 is the flood of the matrix. Discord itself waits three seconds."""
    world, posts = home.server.world, rounds(200)
    child = await home.up()
    asked = Asked(home, random.Random(7))
    thread = await asked.one("?annual-review")
    await asked.until_answered()
    message, button = next(
        (message, part["custom_id"])
        for message in world.messages[thread["id"]].values()
        for part in components.walk(message["components"])
        if "custom_id" in part
    )
    flood = asyncio.create_task(_flood(asked, posts))
    loop = asyncio.get_running_loop()
    took = []
    for _ in range(8):
        await asyncio.sleep(0.25)
        began = loop.time()
        used = await home.town.mother.click(message, button)
        await used.answer()
        took.append(loop.time() - began)
    await flood
    recovered = await asked.until_answered(30 + posts / 10)
    print(f"flood={posts} acknowledged in {max(took):.2f}s, all answered in {recovered:.1f}s more")
    assert max(took) < world.interaction_deadline
    assert asked.answered()
    await child.stop()


async def _flood(asked: Asked, posts: int) -> None:
    for _ in range(posts):
        await asked.one("?annual-review")
        await asyncio.sleep(0)
