"""Requests that break in the sandbox break for the real discord.py as they would at Discord."""

import asyncio
import json

import aiohttp
import discord
import pytest

from sandbox.faults import Fault, FaultKind
from sandbox.rest.rates import REALISTIC
from sandbox.server import Server

pytestmark = pytest.mark.faults
POSTS = "POST /channels/*/messages"


@pytest.fixture
def chat(sandbox, probe):
    return probe.get_channel(int(sandbox.town.chat["id"]))


def _stored(sandbox):
    return [m["content"] for m in sandbox.world.messages[sandbox.town.chat["id"]].values()]


@pytest.mark.parametrize("scope", ["user", "global", "shared"])
async def test_a_429_is_waited_out(sandbox, chat, scope):
    sandbox.server.faults.add(Fault(FaultKind.RATE_LIMIT, POSTS, retry_after=0.05, scope=scope))
    await chat.send("x")
    assert [entry["status"] for entry in sandbox.asked("POST", "/messages")] == [429, 200]


@pytest.mark.parametrize("how", [{"via": False}, {"html": True}])
async def test_a_429_from_the_proxy_is_raised(sandbox, chat, how):
    sandbox.server.faults.add(Fault(FaultKind.RATE_LIMIT, POSTS, **how))
    with pytest.raises(discord.HTTPException) as refused:
        await chat.send("x")
    assert refused.value.status == 429


@pytest.mark.parametrize("after", [False, True])
async def test_a_500_is_tried_again_and_said_once(sandbox, chat, after):
    sandbox.server.faults.add(Fault(FaultKind.STATUS, POSTS, status=500, after=after))
    await chat.send("once")
    assert _stored(sandbox) == ["once"]
    assert len(sandbox.asked("POST", "/messages")) == 2


@pytest.mark.parametrize("after", [False, True])
async def test_a_503_is_raised_at_once(sandbox, chat, after):
    sandbox.server.faults.add(Fault(FaultKind.STATUS, POSTS, status=503, after=after))
    with pytest.raises(discord.DiscordServerError):
        await chat.send("x")
    assert _stored(sandbox) == (["x"] if after else [])


@pytest.mark.parametrize("after", [False, True])
async def test_a_cut_connection_is_raised(sandbox, chat, after):
    sandbox.server.faults.add(Fault(FaultKind.ABORT, POSTS, after=after))
    with pytest.raises((aiohttp.ClientError, OSError)):
        await chat.send("x")
    assert _stored(sandbox) == (["x"] if after else [])


async def test_a_body_cut_short_is_raised(sandbox, chat):
    sandbox.server.faults.add(Fault(FaultKind.TRUNCATE, POSTS, after=True))
    with pytest.raises(aiohttp.ClientError):
        await chat.send("x")
    assert _stored(sandbox) == ["x"]


async def test_hung_and_slow_requests(sandbox, chat):
    faults = sandbox.server.faults
    faults.add(Fault(FaultKind.HANG, POSTS, after=True))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(chat.send("x"), 0.1)
    assert _stored(sandbox) == ["x"]
    faults.add(Fault(FaultKind.DELAY, POSTS, delay=0.1))
    began = asyncio.get_running_loop().time()
    await chat.send("slow")
    assert asyncio.get_running_loop().time() - began >= 0.1
    faults.add(Fault(FaultKind.SLOW, POSTS, delay=0.05))
    assert (await chat.send("dribbled")).content == "dribbled"


async def test_a_realistic_bucket_makes_the_client_wait(sandbox, make_probe, monkeypatch):
    limits = {**REALISTIC, "POST /channels/{channel}/messages": (2, 0.3)}
    server = Server(sandbox.world, sandbox.clock, limits=limits)
    await server.start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"{server.url}/api/v10")
    probe = await make_probe().ready()
    chat = probe.get_channel(int(sandbox.town.chat["id"]))
    began = asyncio.get_running_loop().time()
    for number in range(3):
        await chat.send(str(number))
    assert asyncio.get_running_loop().time() - began >= 0.25
    assert all(entry["status"] == 200 for entry in server.requests)
    await probe.close()
    await server.stop()


async def test_requests_can_be_kept_in_a_file(sandbox, make_probe, monkeypatch, tmp_path):
    record = tmp_path / "requests.jsonl"
    server = Server(sandbox.world, sandbox.clock, record=record)
    await server.start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"{server.url}/api/v10")
    probe = await make_probe().ready()
    await probe.get_channel(int(sandbox.town.chat["id"])).send("kept")
    await probe.close()
    await server.stop()
    kept = [json.loads(line) for line in record.read_text().splitlines()]
    assert kept[-1]["json"]["content"] == "kept"
    assert kept[-1]["response"]["content"] == "kept"
    assert kept[-1]["path"].startswith("/api/v10/channels/")
