"""The real discord.py through the sandbox's gateway troubles: drops, resumes, refusals."""

import asyncio

import discord
import pytest

from sandbox.faults import Fault, FaultKind
from sandbox.server import PortTaken, Server

pytestmark = pytest.mark.faults


@pytest.fixture
def impatient(monkeypatch):
    """Let discord.py try again at once, instead of after up to two seconds."""
    monkeypatch.setattr(discord.backoff.ExponentialBackoff, "delay", lambda self: 0.01)


def _session(sandbox):
    return next(session.id for session in sandbox.server.gateway.live)


async def test_a_drop_is_resumed_and_nothing_missed(sandbox, probe, impatient):
    town, before = sandbox.town, _session(sandbox)
    since = probe.mark
    sandbox.server.gateway.drop()
    await town.mother.send(town.chat, "meanwhile")
    await probe.until("message", lambda m: m.content == "meanwhile", since)
    await probe.until("resumed", since=since)
    assert _session(sandbox) == before
    assert probe.count("message", since) == 1


async def test_reconnect_and_invalid_sessions(sandbox, probe, impatient):
    gateway, before = sandbox.server.gateway, _session(sandbox)
    since = probe.mark
    gateway.ask_to_reconnect()
    await probe.until("resumed", since=since)
    since = probe.mark
    gateway.invalidate(resumable=True)
    await probe.until("resumed", since=since)
    assert _session(sandbox) == before
    since = probe.mark
    gateway.invalidate(resumable=False)
    await probe.until("ready", since=since)
    assert _session(sandbox) != before
    assert len(gateway.identifies) == 2


async def test_a_dead_session_is_begun_anew(sandbox, probe, impatient):
    since = probe.mark
    sandbox.server.gateway.kill_sessions()
    sandbox.server.gateway.close(4009)
    await probe.until("ready", since=since)
    assert len(sandbox.server.gateway.identifies) == 2


async def test_a_ring_too_short_cannot_be_resumed(sandbox, probe, impatient):
    sandbox.server.gateway.ring = 3
    since = probe.mark
    sandbox.server.gateway.invalidate(resumable=False)
    await probe.until("ready", since=since)
    since = probe.mark
    sandbox.server.gateway.drop()
    for number in range(5):
        await sandbox.town.mother.send(sandbox.town.chat, str(number))
    await probe.until("ready", since=since)
    assert probe.count("message", since) == 0


async def test_refused_reconnects_are_tried_again(sandbox, probe, impatient):
    since = probe.mark
    refused = sandbox.server.faults.add(Fault(FaultKind.CONNECT, times=2, status=503))
    sandbox.server.gateway.close(1001)
    await probe.until("resumed", since=since)
    assert refused.spent


@pytest.mark.parametrize("code", [4000, 4008])
async def test_other_close_codes_are_resumed(sandbox, probe, impatient, code):
    since = probe.mark
    sandbox.server.gateway.close(code)
    await probe.until("resumed", since=since)


async def test_a_refused_first_connection_ends_start(sandbox, make_probe, impatient):
    # discord.py tries once more, but trips over the socket that it never had.
    sandbox.server.faults.add(Fault(FaultKind.CONNECT, status=503))
    probe = make_probe()
    probe.begin()
    with pytest.raises(AttributeError, match="sequence"):
        await asyncio.wait_for(probe.ended, 5)


async def test_wrong_token_and_refused_intents_end_start(sandbox, make_probe):
    probe = make_probe()
    probe.begin("another")
    with pytest.raises(discord.LoginFailure):
        await asyncio.wait_for(probe.ended, 5)
    sandbox.server.gateway.privileged = False
    probe = make_probe()
    probe.begin()
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await asyncio.wait_for(probe.ended, 5)


async def test_a_token_revoked_meanwhile_closes_with_4004(sandbox, probe, impatient):
    sandbox.server.gateway.token = "new"
    sandbox.server.gateway.kill_sessions()
    sandbox.server.gateway.close(4009)
    with pytest.raises(discord.ConnectionClosed) as closed:
        await asyncio.wait_for(probe.ended, 5)
    assert closed.value.code == 4004


async def test_silence_is_noticed(sandbox, make_probe, impatient):
    sandbox.server.gateway.heartbeat_ms = 100
    probe = await make_probe(heartbeat_timeout=0.4).ready()
    since = probe.mark
    silence = sandbox.server.faults.add(Fault(FaultKind.ACK, times=-1))
    await probe.until("resumed", since=since)
    sandbox.server.faults.remove(silence)
    assert silence.done > 0


async def test_endless_invalid_sessions(sandbox, make_probe, impatient):
    endless = sandbox.server.faults.add(Fault(FaultKind.INVALID_SESSION, times=3))
    await make_probe().ready()
    assert endless.spent
    assert len(sandbox.server.gateway.identifies) == 4


async def test_events_twice_held_lost_and_malformed(sandbox, probe):
    server, town = sandbox.server, sandbox.town
    faults, name = server.faults, "MESSAGE_CREATE"
    faults.add(Fault(FaultKind.DUPLICATE, name))
    await town.mother.send(town.chat, "twice")
    await server.gateway.settle()
    assert probe.count("message") == 2
    held = faults.add(Fault(FaultKind.HOLD, name))
    faults.add(Fault(FaultKind.LOSE, name))
    for text in ("held", "lost", "plain"):
        await town.mother.send(town.chat, text)
    await probe.until("message", lambda m: m.content == "plain")
    assert await server.gateway.settle()
    server.gateway.release(held)
    await probe.until("message", lambda m: m.content == "held")
    faults.add(Fault(FaultKind.HOLD, name, delay=0.05))
    await town.mother.send(town.chat, "late")
    await probe.until("message", lambda m: m.content == "late")
    assert [a[0].content for n, a in probe.heard if n == "message"][2:] == ["plain", "held", "late"]
    faults.add(Fault(FaultKind.MALFORMED, name, missing=("author",)))
    await town.mother.send(town.chat, "broken")
    with pytest.raises((KeyError, AttributeError)):
        await asyncio.wait_for(probe.ended, 5)


async def test_a_raw_payload_with_a_missing_key_ends_start(sandbox, probe):
    sandbox.server.gateway.send_raw("MESSAGE_REACTION_ADD", {"channel_id": "1", "message_id": "1"})
    with pytest.raises(KeyError):
        await asyncio.wait_for(probe.ended, 5)


async def test_two_clients_hear_the_same(sandbox, probe, make_probe):
    second = await make_probe().ready()
    await sandbox.town.mother.send(sandbox.town.chat, "both")
    await probe.until("message")
    await second.until("message")


async def test_a_taken_port_is_said_plainly(sandbox):
    second = Server(sandbox.world, sandbox.clock, sandbox.server.port)
    with pytest.raises(PortTaken, match="already listens"):
        await second.start()


async def test_the_world_outlives_its_server(sandbox, probe, impatient):
    since, port = probe.mark, sandbox.server.port
    await sandbox.server.stop()
    await probe.until("disconnect", since=since)
    await sandbox.town.mother.send(sandbox.town.chat, "while away")
    again = Server(sandbox.world, sandbox.clock, port)
    await again.start()
    await probe.until("ready", since=since)
    channel = probe.get_channel(int(sandbox.town.chat["id"]))
    assert [m.content async for m in channel.history()] == ["while away"]
    await again.stop()
