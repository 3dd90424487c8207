"""One client's connection to the gateway: hello, identify or resume, heartbeats, members.

Source: https://discord.com/developers/docs/events/gateway
"""

import asyncio
import contextlib
import json
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.faults import FaultKind
from sandbox.gateway.compression import compressor
from sandbox.gateway.hub import INVALID_SESSION, Connection, Gateway
from sandbox.gateway.intents import PRIVILEGED
from sandbox.gateway.session import Session, frame
from sandbox.values import Json

NOT_AUTHENTICATED, WRONG_TOKEN, TWICE, REFUSED_INTENTS = 4003, 4004, 4005, 4014
_CHUNK = 1000
# A client that is gone without a word does not answer the closing handshake.
_CLOSE_SECONDS = 1.0


class Op(IntEnum):
    """The kinds of frame that this side reads, or sends of its own accord."""

    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    REQUEST_MEMBERS = 8
    HELLO = 10
    ACK = 11


class Socket:
    """Speaks the protocol over one WebSocket."""

    def __init__(self, gateway: Gateway, request: web.Request) -> None:
        self._gateway = gateway
        self._request = request
        self._ws = web.WebSocketResponse(timeout=_CLOSE_SECONDS, max_msg_size=2**20, compress=False)
        self._compress = compressor(request.query.get("compress"))
        self._out: asyncio.Queue[bytes] = asyncio.Queue()
        self._connection = Connection(self._out.put_nowait, self._abort)
        self._session: Session | None = None

    async def run(self) -> web.StreamResponse:
        """Serve the connection until it ends."""
        refused = self._gateway.faults.take(frozenset({FaultKind.CONNECT}))
        if refused is not None and refused.status:
            return web.Response(status=refused.status)
        if refused is not None:
            self._abort()
            return web.Response()
        await self._ws.prepare(self._request)
        self._gateway.connections.append(self._connection)
        helpers = [asyncio.create_task(self._write()), asyncio.create_task(self._close_on_demand())]
        self._send(Op.HELLO, {"heartbeat_interval": self._gateway.heartbeat_ms, "_trace": []})
        try:
            await self._read()
        finally:
            self._leave()
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
        return self._ws

    def _leave(self) -> None:
        self._gateway.connections.remove(self._connection)
        # A resumed session already belongs to a newer connection.
        if self._session is not None and self._session.send == self._connection.send:
            self._session.send = None

    def _abort(self) -> None:
        if self._request.transport is not None:
            self._request.transport.abort()

    async def _read(self) -> None:
        async for message in self._ws:
            if message.type is WSMsgType.TEXT:
                code = self._handle(json.loads(message.data))
                if code:
                    await self._flush()
                    await self._ws.close(code=code)
                    return

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            while True:
                await self._put(await self._out.get())

    async def _flush(self) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            while not self._out.empty():
                await self._put(self._out.get_nowait())

    async def _put(self, raw: bytes) -> None:
        if self._compress is None:
            await self._ws.send_str(raw.decode())
        else:
            await self._ws.send_bytes(self._compress(raw))

    async def _close_on_demand(self) -> None:
        await self._ws.close(code=await self._connection.closing)

    def _send(self, op: int, data: object = None) -> None:
        self._connection.send(frame(op, data))

    def _handle(self, message: Json) -> int:
        """Act on a frame; a close code other than 0 ends the connection."""
        data: Any = message.get("d")
        match message["op"]:
            case Op.HEARTBEAT:
                self._beat(data)
            case Op.IDENTIFY:
                return self._identify(data)
            case Op.RESUME:
                self._resume(data)
            case Op.REQUEST_MEMBERS if self._session is None:
                return NOT_AUTHENTICATED
            case Op.REQUEST_MEMBERS:
                self._list_members(data)
            case _:
                pass
        return 0

    def _beat(self, seq: int | None) -> None:
        fault = self._gateway.faults.take(frozenset({FaultKind.ACK}))
        if fault is None:
            self._send(Op.ACK)
        elif fault.delay:
            asyncio.get_running_loop().call_later(fault.delay, self._send, Op.ACK)
        if self._session is not None:
            self._session.ack(seq)

    def _identify(self, data: Json) -> int:
        if self._session is not None:
            return TWICE
        if data["token"] != self._gateway.token:
            return WRONG_TOKEN
        if data["intents"] & PRIVILEGED and not self._gateway.privileged:
            return REFUSED_INTENTS
        session = self._gateway.open_session(data["intents"])
        if self._gateway.faults.take(frozenset({FaultKind.INVALID_SESSION})):
            session.dead = True
            self._send(INVALID_SESSION, False)
            return 0
        self._adopt(session)
        self._gateway.greet(session)
        return 0

    def _adopt(self, session: Session) -> None:
        self._session = session
        session.send = self._connection.send

    def _resume(self, data: Json) -> None:
        session = self._gateway.sessions.get(data["session_id"])
        seq = int(data["seq"] or 0)
        known = session is not None and session.can_resume(seq)
        known = known and data["token"] == self._gateway.token
        if session is None or not known or self._gateway.faults.take(frozenset({FaultKind.RESUME})):
            self._send(INVALID_SESSION, False)
            return
        self._adopt(session)
        session.replay(seq)
        session.push("RESUMED", {"_trace": []})

    def _list_members(self, data: Json) -> None:
        if self._session is None:
            return
        guild = self._gateway.world.guild(str(data["guild_id"]))
        asked = data.get("user_ids")
        wanted = None if asked is None else {str(who) for who in _listed(asked)}
        start = (data.get("query") or "").lower()
        found = [
            member
            for who, member in guild.members.items()
            if (wanted is None or who in wanted) and member["user"]["username"].startswith(start)
        ]
        found = found[: data.get("limit") or None]
        chunks = [found[at : at + _CHUNK] for at in range(0, len(found), _CHUNK)] or [[]]
        for index, chunk in enumerate(chunks):
            payload = {"guild_id": guild.id, "members": chunk, "chunk_index": index}
            payload |= {"chunk_count": len(chunks), "nonce": data.get("nonce")}
            payload["not_found"] = sorted((wanted or set()) - set(guild.members))
            self._session.push("GUILD_MEMBERS_CHUNK", payload)


def _listed(asked: object) -> list[object]:
    return list(asked) if isinstance(asked, list) else [asked]
