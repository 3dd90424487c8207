"""What happens in the world, told to one browser as it happens (Server-Sent Events).

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.page.clockface import clock_shape
from sandbox.page.views import Viewer
from sandbox.values import Json
from sandbox.world.kinds import COMMANDS_CHANGED
from sandbox.world.state import Event

Tell = Callable[[Json], None]

# The gateway has no event for "the bot came or went": the stream looks while it is idle.
_LOOK_EVERY = 1.0
_BYE: Json = {"kind": "bye"}
_REACTIONS = "MESSAGE_REACTION_"
_STALE = ("CHANNEL_", "GUILD_ROLE_", "GUILD_MEMBER_", COMMANDS_CHANGED)


class Audience:
    """The browsers that are listening."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._tellers: list[Tell] = []
        clock.on_advance(self._tell_time)

    async def close(self, app: web.Application) -> None:
        """End every stream: a server that stops would otherwise wait for the browsers."""
        for tell in self._tellers:
            tell(_BYE)

    def _tell_time(self) -> None:
        for tell in self._tellers:
            tell({"kind": "clock", **clock_shape(self._clock)})

    @contextlib.contextmanager
    def seat(self, viewer: Viewer, tell: Tell) -> Iterator[None]:
        """Let a viewer be told of all that happens, for as long as the context lasts."""
        self._tellers.append(tell)
        stop = viewer.world.listen(lambda event: _note(viewer, event, tell))
        try:
            yield
        finally:
            stop()
            self._tellers.remove(tell)


async def stream(request: web.Request, audience: Audience, viewer: Viewer) -> web.StreamResponse:
    """Tell a browser of everything its viewer may know, until it goes away."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    out: asyncio.Queue[Json] = asyncio.Queue()
    connected: bool | None = None
    with contextlib.suppress(ConnectionError), audience.seat(viewer, out.put_nowait):
        await response.write(b"retry: 1000\n\n")
        await _tell(response, {"kind": "hello", "guild": viewer.town.guild.id})
        while True:
            if viewer.connected != connected:
                connected = viewer.connected
                await _tell(response, {"kind": "bot", "connected": connected})
            if await _tell_next(response, out) is _BYE:
                break
    return response


async def _tell_next(response: web.StreamResponse, out: asyncio.Queue[Json]) -> Json | None:
    """Tell the next thing there is to tell and return it; None if there was nothing for a while."""
    try:
        async with asyncio.timeout(_LOOK_EVERY):
            said = await out.get()
    except TimeoutError:
        # A comment keeps the connection known to be alive.
        await response.write(b":\n\n")
        return None
    await _tell(response, said)
    return said


async def _tell(response: web.StreamResponse, said: Json) -> None:
    await response.write(b"data: " + json.dumps(said).encode() + b"\n\n")


def _note(viewer: Viewer, event: Event, tell: Tell) -> None:
    """Put into words of the page what an event means to its viewer, if anything."""
    if event.private_to not in (None, viewer.person.id):
        return
    if event.name.startswith(_STALE):
        tell({"kind": "stale"})
        return
    if event.channel is None or not viewer.sees(event.channel):
        return
    made = _shaped(viewer, event.name, event.data, event.channel)
    if made is not None:
        tell(made)


def _shaped(viewer: Viewer, name: str, data: Json, channel: Json) -> Json | None:
    where = channel["id"]
    match name:
        case "MESSAGE_CREATE" | "MESSAGE_UPDATE":
            kind = "message" if name == "MESSAGE_CREATE" else "changed"
            return _changed(viewer, kind, where, data["id"])
        case "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK":
            return {"kind": "gone", "channel": where, "ids": data.get("ids") or [data["id"]]}
        case "THREAD_CREATE" | "THREAD_UPDATE":
            return {"kind": "channel", "channel": viewer.channel(channel)}
        case "THREAD_DELETE":
            return {"kind": "channel-gone", "id": where}
        case _ if name.startswith(_REACTIONS):
            return _changed(viewer, "changed", where, data["message_id"])
    return None


def _changed(viewer: Viewer, kind: str, channel_id: str, message_id: str) -> Json:
    message = viewer.world.message(channel_id, message_id)
    channel = viewer.world.channel(channel_id)
    return {
        "kind": kind,
        "message": viewer.message(message),
        "replies": channel.get("message_count"),
    }
