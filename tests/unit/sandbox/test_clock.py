import asyncio
from datetime import timedelta

from sandbox.clock import SandboxClock
from sandbox.snowflake import Snowflakes, oldest_id


async def test_virtual_time_is_real_time_and_an_offset():
    clock = SandboxClock(ticks=lambda: 1000.0)
    before = clock.now()
    assert await clock.advance(90, settle=False)
    assert clock.now() - before == timedelta(seconds=90)
    assert (clock.offset, clock.turn) == (90, 1)


async def test_advance_waits_for_a_follower():
    clock = SandboxClock()
    follower = asyncio.create_task(_follow(clock))
    assert await clock.advance(10, wait=2)
    assert await follower == 1


async def _follow(clock):
    await clock.after(0)
    turn = clock.turn
    await clock.acknowledge(turn)
    return turn


async def test_advance_gives_up_without_a_follower():
    assert await SandboxClock().advance(10, wait=0.01) is False


async def test_after_returns_at_its_deadline_and_for_the_past():
    clock = SandboxClock()
    await clock.after(0, wait=0.01)
    await clock.advance(0, settle=False)
    await asyncio.wait_for(clock.after(0), 1)


async def test_listeners_run_before_followers_are_told():
    clock, order = SandboxClock(), []
    clock.on_advance(lambda: order.append(clock.turn))
    await clock.advance(1, settle=False)
    assert order == [0]


def test_ids_only_grow(clock):
    new_id = Snowflakes(clock)
    made = [int(new_id()) for _ in range(5000)]
    clock.go(hours=-1)
    made.append(int(new_id()))
    assert made == sorted(set(made))
    assert made[0] == oldest_id(clock.moment + timedelta(hours=1))
