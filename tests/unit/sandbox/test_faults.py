import zlib

import pytest

from sandbox.errors import ApiError
from sandbox.faults import REQUEST_FAULTS, Fault, FaultKind, Faults
from sandbox.gateway.compression import compressor
from sandbox.gateway.intents import needed
from sandbox.gateway.session import Session
from sandbox.rest.rates import Rates
from sandbox.rest.router import Router


def test_a_fault_strikes_what_it_matches_as_often_as_it_should():
    faults = Faults()
    fault = faults.add(Fault(FaultKind.STATUS, "POST /channels/*/messages", times=2))
    assert faults.take(REQUEST_FAULTS, "GET /channels/1/messages") is None
    assert faults.take(REQUEST_FAULTS, "POST /channels/1/messages") is fault
    assert not fault.spent
    assert faults.take(REQUEST_FAULTS, "POST /channels/1/messages") is fault
    assert fault.spent
    assert faults.take(REQUEST_FAULTS, "POST /channels/1/messages") is None
    assert faults.take(frozenset({FaultKind.ACK})) is None


def test_chance_falls_alike_for_the_same_seed():
    def strikes(seed):
        faults = Faults(seed)
        faults.add(Fault(FaultKind.ACK, times=-1, chance=0.3))
        return [faults.take(frozenset({FaultKind.ACK})) is not None for _ in range(200)]

    assert strikes(1) == strikes(1) != strikes(2)
    assert 30 < sum(strikes(1)) < 90


def test_clearing_ends_endless_faults():
    faults = Faults()
    faults.add(Fault(FaultKind.CONNECT, times=-1))
    faults.clear()
    assert faults.take(frozenset({FaultKind.CONNECT})) is None


def test_paths_said_outright_go_first():
    router = Router()
    assert router.find("GET", "/users/@me").route.path == "/users/@me"
    assert router.find("GET", "/users/5").parts == {"user": "5"}
    pins = router.find("GET", "/channels/1/messages/pins").route.path
    assert pins == "/channels/{channel}/messages/pins"
    with pytest.raises(ApiError) as missing:
        router.find("GET", "/nowhere")
    assert missing.value.body() == {"message": "404: Not Found", "code": 0}


def test_a_bucket_empties_and_fills_again():
    now = [0.0]
    rates = Rates({"POST /x": (2, 5.0)}, ticks=lambda: now[0])
    left = [rates.spend("POST /x", "1")[0]["X-RateLimit-Remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    assert rates.spend("POST /x", "1")[1] == 5.0
    assert rates.spend("POST /x", "2")[1] is None
    now[0] = 5.0
    assert rates.spend("POST /x", "1")[1] is None


def test_intents_by_event_and_place():
    assert needed("MESSAGE_CREATE", direct=False) == 1 << 9
    assert needed("MESSAGE_CREATE", direct=True) == 1 << 12
    assert needed("MESSAGE_REACTION_ADD", direct=False) == 1 << 10
    assert needed("GUILD_MEMBER_ADD", direct=False) == 1 << 1
    assert needed("THREAD_UPDATE", direct=False) == 1 << 0
    assert needed("INTERACTION_CREATE", direct=True) == 0


def test_frames_are_compressed_in_one_stream():
    squeeze, stream = compressor("zlib-stream"), zlib.decompressobj()
    for text in (b"one", b"two", b"one"):
        squeezed = squeeze(text)
        assert squeezed.endswith(b"\x00\x00\xff\xff")
        assert stream.decompress(squeezed) == text
    assert compressor(None) is None


def test_frames_are_compressed_with_zstd_where_it_is_installed():
    library = pytest.importorskip("zstandard")
    squeeze, stream = compressor("zstd-stream"), library.ZstdDecompressor().decompressobj()
    assert [stream.decompress(squeeze(text)) for text in (b"one", b"two")] == [b"one", b"two"]


def test_a_session_remembers_as_much_as_its_ring():
    session = Session(intents=0, ring=3)
    for number in range(5):
        session.push("X", {"n": number})
    assert session.can_resume(2)
    assert not session.can_resume(1)
    assert not session.can_resume(6)
    again = []
    session.send = again.append
    session.replay(3)
    assert len(again) == 2
    session.dead = True
    assert not session.can_resume(4)


async def test_a_client_that_has_everything_is_not_asked_again():
    frames: list[bytes] = []
    session = Session(intents=0, ring=10)
    session.send = frames.append
    session.push("TYPING_START", {})
    session.ack(1)
    await session.caught_up()
    assert len(frames) == 1
