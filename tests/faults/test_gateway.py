"""Rows 4 to 8: whatever becomes of the gateway, what was written meanwhile is found."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sandbox.faults import Fault, FaultKind
from tests.faults.bench import living, served, town_with_bot
from tests.faults.hurry import hurried, rounds

pytestmark = pytest.mark.faults
DAY = 24 * 3600.0
HOUR = 3600.0


@hurried
async def test_a_dropped_connection_is_resumed_and_nothing_is_lost(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for number in range(rounds(10)):
            bench.server.gateway.drop() if number % 2 else bench.server.gateway.ask_to_reconnect()
            await bench.ask()
            await asyncio.sleep(number % 4 * 0.5)
        await bench.until_answered()
        assert len(bench.server.gateway.identifies) == 1
        (await bench.tally()).assert_clean()


@hurried
async def test_a_lost_session_is_made_good_within_half_a_minute(tmp_path: Path) -> None:
    worst = 0.0
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for _ in range(rounds(4)):
            bench.server.gateway.invalidate(resumable=False)
            await bench.ask()
            worst = max(worst, await bench.until_answered())
            await asyncio.sleep(15 * 60)
        (await bench.tally()).assert_clean()
    assert worst <= 30


@hurried
async def test_endless_invalid_sessions_cost_few_identifies_and_end_well(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        began = len(bench.server.gateway.identifies)
        broken = bench.fault(FaultKind.INVALID_SESSION, times=-1)
        bench.server.gateway.invalidate(resumable=False)
        await asyncio.sleep(DAY)
        identifies = len(bench.server.gateway.identifies) - began
        assert 10 <= identifies <= 50
        bench.server.faults.remove(broken)
        await bench.ask()
        await bench.until_answered(HOUR)
        (await bench.tally()).assert_clean()


@hurried
async def test_several_lost_sessions_in_a_row_do_not_make_it_deaf(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        await asyncio.sleep(300)
        bench.fault(FaultKind.INVALID_SESSION, times=6)
        bench.server.gateway.invalidate(resumable=False)
        await bench.ask()
        await bench.until_answered(HOUR)
        (await bench.tally()).assert_clean()


async def test_a_silent_gateway_is_noticed(tmp_path: Path) -> None:
    async with served() as (server, town):
        server.gateway.heartbeat_ms = 100
        async with living(server, town, tmp_path) as bench:
            # discord.py takes a minute of silence for a dead gateway; a test need not.
            bench.app.client.ws._keep_alive.heartbeat_timeout = 0.5
            silence = bench.fault(FaultKind.ACK, times=-1)
            server.gateway.kill_sessions()
            await bench.ask()
            await bench.until(lambda: len(server.gateway.identifies) == 2, 30)
            assert silence.done
            server.faults.clear()
            await bench.until_answered(30)
            (await bench.tally()).assert_clean()


@pytest.mark.parametrize("kind", [FaultKind.CONNECT, FaultKind.STATUS, FaultKind.ABORT])
@hurried
async def test_a_discord_that_refuses_at_the_start_is_tried_again(
    tmp_path: Path, kind: FaultKind
) -> None:
    async with served(hurried=True) as (server, town):
        fault = server.faults.add(Fault(kind, times=-1, status=503))
        async with living(server, town, tmp_path, wait=False) as bench:
            await asyncio.sleep(HOUR)
            assert 10 < fault.done < 200
            server.faults.clear()
            await bench.ask()
            await bench.until_answered(180)
            (await bench.tally()).assert_clean()


@hurried
async def test_catch_up_that_fails_is_tried_again_before_the_next_session(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        bench.fault(FaultKind.STATUS, "GET /*", times=40, status=503)
        bench.server.gateway.invalidate(resumable=False)
        await bench.ask()
        await bench.until_answered(300)
        (await bench.tally()).assert_clean()


@hurried
async def test_a_question_whose_thread_was_archived_while_we_were_away_is_found(
    tmp_path: Path,
) -> None:
    async with served(hurried=True) as (server, town):
        async with living(server, town, tmp_path) as before:
            store = before.store
        thread = await town.mother.post(town.forum, "While you were away", "?annual-review")
        await asyncio.sleep(5 * DAY)
        await town.volunteer.archive(thread)
        await server.clock.advance(0, settle=False)
        await asyncio.sleep(2 * DAY)
        async with living(server, town, tmp_path, store) as bench:
            bench.asked.append(thread)
            await bench.until_answered()
            (await bench.tally()).assert_clean()


@hurried
async def test_a_client_closed_while_it_reconnects_stays_closed(tmp_path: Path) -> None:
    for pause in (0.0, 0.001, 0.01, 0.1, 1.0):
        async with town_with_bot(tmp_path, hurried=True) as bench:
            bench.server.gateway.drop()
            await asyncio.sleep(pause)
