"""Rows 21 and 24: clocks that jump, and background work that fails."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from bot.services.delivery import Delivery
from bot.services.escalation import Escalation
from bot.services.panel import Panel
from bot.services.records import LetterKind
from tests.faults.bench import Bench, town_with_bot
from tests.faults.hurry import hurried, rounds

pytestmark = pytest.mark.faults
HOUR = 3600.0
DAY = 24 * HOUR


def pings(bench: Bench) -> int:
    """Return how many messages of the bot have called anybody."""
    ours = [m for channel in bench.world.channels.values() for m in bench.ours(channel)]
    return sum(bool(bench.world.pinged.get(message["id"])) for message in ours)


@pytest.mark.parametrize("jump", [HOUR, 3 * HOUR, DAY, 30 * DAY], ids=str)
@hurried
async def test_a_clock_that_jumps_calls_nobody_many_times(tmp_path: Path, jump: float) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for _ in range(5):
            await bench.ask("??")
        await bench.until(lambda: all(map(bench.ours, bench.asked)))
        await bench.settle()
        before = pings(bench)
        await bench.server.clock.advance(jump, settle=False)
        await asyncio.sleep(30)
        await bench.settle()
        assert pings(bench) - before <= len(bench.asked), "one call a waiting question at most"
        again = pings(bench)
        await bench.server.clock.advance(-jump / 2, settle=False)
        await asyncio.sleep(30)
        await bench.settle()
        assert pings(bench) == again, "a clock put back calls nobody"


@hurried
async def test_after_a_jump_an_alarm_calls_each_role_once(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        post = "I want to kill myself tonight"
        thread = await bench.town.mother.post(bench.town.forum, "Please", post)
        await asyncio.sleep(5)
        before = await _calls(bench, thread)
        assert before
        await bench.server.clock.advance(12 * HOUR, settle=False)
        await asyncio.sleep(10)
        await bench.settle()
        assert 1 <= await _calls(bench, thread) - before <= 2


async def _calls(bench: Bench, thread: dict[str, Any]) -> int:
    letters = await bench.store.letters_of(int(thread["id"]))
    return sum(letter.kind is LetterKind.ALERT for letter in letters)


@pytest.mark.parametrize("room", [Delivery, Escalation, Panel])
@hurried
async def test_background_work_that_fails_is_going_again_within_a_minute(
    tmp_path: Path, room: type
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        loop = asyncio.get_running_loop()
        name = "_begin" if room is Delivery else "work"
        for _ in range(rounds(2)):
            real = getattr(room, name)
            failed_at: list[float] = []

            async def fail_once(self: object, real=real, failed_at=failed_at) -> object:  # type: ignore[no-untyped-def]
                if not failed_at:
                    failed_at.append(loop.time())
                    raise RuntimeError("a test said so")
                return await real(self)

            with mock.patch.object(room, name, fail_once):
                await bench.until(lambda failed_at=failed_at: bool(failed_at), 120)  # type: ignore[misc]
                await bench.ask()
                assert await bench.until_answered() <= 60
            await asyncio.sleep(120)
        (await bench.tally()).assert_clean()
