"""What happens in the world, told to one browser as it happens (Server-Sent Events).

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.page.time import clock_shape
from sandbox.page.views import Viewer
from sandbox.values import Json
from sandbox.world.kinds import COMMANDS_CHANGED
from sandbox.world.state import Event

# The gateway has no event for "the bot came or went": the stream looks while it is idle.
_LOOK_EVERY = 1.0
_REACTIONS = "MESSAGE_REACTION_"
_STALE = ("CHANNEL_", "GUILD_ROLE_", "GUILD_MEMBER_", COMMANDS_CHANGED)


async def stream(request: web.Request, viewer: Viewer) -> web.StreamResponse:
    """Tell a browser of everything its viewer may know, until it goes away."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    out: asyncio.Queue[Json] = asyncio.Queue()
    stops = [
        viewer.world.listen(lambda event: _note(viewer, event, out.put_nowait)),
        _listen_to_clock(viewer, out.put_nowait),
    ]
    connected = viewer.connected
    out.put_nowait({"kind": "hello", "guild": viewer.town.guild.id})
    try:
        with contextlib.suppress(ConnectionError):
            await response.write(b"retry: 1000\n\n")
            while True:
                await _tell_next(response, out)
                if viewer.connected != connected:
                    connected = viewer.connected
                    await _tell(response, {"kind": "bot", "connected": connected})
    finally:
        for stop in stops:
            stop()
    return response


async def _tell_next(response: web.StreamResponse, out: asyncio.Queue[Json]) -> None:
    try:
        async with asyncio.timeout(_LOOK_EVERY):
            said = await out.get()
    except TimeoutError:
        # A comment keeps the connection known to be alive.
        await response.write(b":\n\n")
        return
    await _tell(response, said)


async def _tell(response: web.StreamResponse, said: Json) -> None:
    await response.write(b"data: " + json.dumps(said).encode() + b"\n\n")


def _listen_to_clock(viewer: Viewer, tell: Callable[[Json], None]) -> Callable[[], None]:
    clock = viewer.server.clock
    live = [True]

    def told() -> None:
        if live:
            tell({"kind": "clock", **clock_shape(clock)})

    clock.on_advance(told)
    return live.clear


def _note(viewer: Viewer, event: Event, tell: Callable[[Json], None]) -> None:
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
    match name:
        case "MESSAGE_CREATE" | "MESSAGE_UPDATE":
            message = viewer.world.message(channel["id"], data["id"])
            kind = "message" if name == "MESSAGE_CREATE" else "changed"
            return {"kind": kind, "message": viewer.message(message), **_replies(channel)}
        case "MESSAGE_DELETE":
            return {"kind": "gone", "channel": channel["id"], "ids": [data["id"]]}
        case "MESSAGE_DELETE_BULK":
            return {"kind": "gone", "channel": channel["id"], "ids": data["ids"]}
        case "THREAD_CREATE" | "THREAD_UPDATE":
            return {"kind": "channel", "channel": viewer.channel(channel)}
        case "THREAD_DELETE":
            return {"kind": "channel-gone", "id": channel["id"]}
        case _ if name.startswith(_REACTIONS):
            message = viewer.world.message(channel["id"], data["message_id"])
            return {"kind": "changed", "message": viewer.message(message)}
        case _:
            return None


def _replies(channel: Json) -> dict[str, Any]:
    return {"replies": channel["message_count"]} if "message_count" in channel else {}
