"""Rows 9 to 12: whatever becomes of a request, the member reads one reply."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from sandbox.faults import FaultKind
from tests.faults.bench import POSTS, Bench, town_with_bot
from tests.faults.hurry import hurried, rounds

pytestmark = pytest.mark.faults
STATUSES = (500, 502, 503, 504, 520)


async def ask_and_check(bench: Bench, questions: int) -> None:
    for _ in range(questions):
        await bench.ask()
    await bench.until_answered(900)
    bench.server.faults.clear()
    (await bench.tally()).assert_clean()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("status", STATUSES)
@hurried
async def test_a_server_error_costs_no_reply_and_doubles_none(
    tmp_path: Path, status: int, after: bool
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        bench.fault(FaultKind.STATUS, POSTS, times=-1, chance=0.4, status=status, after=after)
        await ask_and_check(bench, rounds(4))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", [FaultKind.ABORT, FaultKind.HANG, FaultKind.TRUNCATE])
@hurried
async def test_a_broken_connection_costs_no_reply_and_doubles_none(
    tmp_path: Path, kind: FaultKind, after: bool
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        bench.fault(kind, POSTS, times=-1, chance=0.3, after=after)
        await ask_and_check(bench, rounds(4))


@pytest.mark.parametrize(
    "kind", [FaultKind.ABORT, FaultKind.HANG, FaultKind.TRUNCATE, FaultKind.SLOW]
)
@hurried
async def test_one_broken_request_is_made_good_within_a_minute(
    tmp_path: Path, kind: FaultKind
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for _ in range(rounds(2)):
            bench.fault(kind, POSTS, after=kind is not FaultKind.SLOW, delay=15.0)
            await bench.ask()
            assert await bench.until_answered() <= 60
            await asyncio.sleep(60)
        (await bench.tally()).assert_clean()


@hurried
async def test_a_hung_request_holds_up_nobody_else(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        hung = await bench.ask()
        await bench.until_answered()
        bench.fault(FaultKind.HANG, f"POST /channels/{hung['id']}/messages")
        await bench.town.mother.send(hung, "?mediation-certificate")
        await asyncio.sleep(1)
        await bench.ask()
        took = await bench.until(lambda: bench.answered(bench.asked[-1]))
        assert took <= 2


@pytest.mark.parametrize(
    "how",
    [
        {"scope": "user"},
        {"scope": "global"},
        {"scope": "shared"},
        {"via": False},
        {"html": True},
        {"html": True, "via": False},
        {"retry_after": 90.0},
    ],
    ids=str,
)
@hurried
async def test_a_rate_limit_is_obeyed_and_everybody_answered(
    tmp_path: Path, how: dict[str, Any]
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        bench.fault(FaultKind.RATE_LIMIT, POSTS, times=-1, chance=0.5, **how)
        await ask_and_check(bench, rounds(4))


@pytest.mark.parametrize("how", [{"retry_after": 5.0}, {"html": True, "via": False}], ids=str)
@hurried
async def test_an_hour_of_rate_limits_stays_far_from_a_ban(
    tmp_path: Path, how: dict[str, Any]
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        limit = bench.fault(FaultKind.RATE_LIMIT, POSTS, times=-1, **how)
        await bench.ask()
        worst = 0
        for _ in range(6):
            before = limit.done
            await asyncio.sleep(600)
            worst = max(worst, limit.done - before)
        assert 0 < worst < 100
        bench.server.faults.clear()
        await bench.until_answered(120)
        (await bench.tally()).assert_clean()


@hurried
async def test_after_the_nonce_window_the_thread_is_read_before_anything_is_said_again(
    tmp_path: Path,
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for minutes in (5, 60, 24 * 60) * rounds(1):
            bench.fault(FaultKind.ABORT, POSTS, after=True)
            thread = await bench.ask()
            await bench.until(lambda thread=thread: bench.ours(thread))  # type: ignore[misc]
            bench.fault(FaultKind.STATUS, "*", times=-1, status=503)
            await asyncio.sleep(100)
            await bench.server.clock.advance(minutes * 60, settle=False)
            bench.server.faults.clear()
            await bench.until_answered(300)
        (await bench.tally()).assert_clean()
