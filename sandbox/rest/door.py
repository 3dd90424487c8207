"""The door of the REST interface: token, faults, rate limits, the route, the record."""

import asyncio
import json
from typing import Any

from aiohttp import web

from sandbox.errors import ApiError, NotAuthorised
from sandbox.faults import REQUEST_FAULTS, Fault, FaultKind
from sandbox.gateway.hub import Gateway
from sandbox.rest.bodies import Uploads
from sandbox.rest.call import Call
from sandbox.rest.log import RequestLog
from sandbox.rest.rates import Rates
from sandbox.rest.router import Found, Router
from sandbox.values import Json

# discord.py takes a 429 without this header for a ban by the proxy, and does not try again.
_VIA = "1.1 sandbox"
_HANG_SECONDS = 3600.0
# With these the request is served as ever, only not at once.
_ANSWERED = frozenset({FaultKind.DELAY, FaultKind.SLOW})


class Door:
    """Answers requests to the REST interface."""

    def __init__(self, gateway: Gateway, rates: Rates, log: RequestLog, uploads: Uploads) -> None:
        self._gateway = gateway
        self._world = gateway.world
        self._rates = rates
        self._log = log
        self._uploads = uploads
        self._router = Router()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path = "/" + request.match_info["path"]
        body, files = await self._uploads.read(request, self._world)
        query = dict(request.query)
        entry = self._log.begin(request.method, request.path, query, body)
        if files:
            body = {**(body or {}), "files": files}
        fault = self._gateway.faults.take(REQUEST_FAULTS, f"{request.method} {path}")
        if fault is not None and fault.delay and fault.kind is not FaultKind.SLOW:
            await asyncio.sleep(fault.delay)
        if fault is not None and not fault.after and fault.kind not in _ANSWERED:
            return await self._break(request, entry, fault, b"{}")
        status, found, headers = self._answer(request, path, query, body)
        raw = None if found is None else json.dumps(found).encode()
        if fault is not None and fault.kind is not FaultKind.DELAY:
            return await self._break(request, entry, fault, raw or b"{}")
        self._log.end(entry, status, raw)
        return _respond(status, raw, headers)

    def _answer(
        self, request: web.Request, path: str, query: dict[str, str], body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        headers: dict[str, str] = {}
        try:
            found = self._router.find(request.method, path)
            self._need_token(request, found)
            route = f"{found.route.method} {found.route.path}"
            headers, wait = self._rates.spend(route, next(iter(found.parts.values()), ""))
            if wait is not None:
                return 429, _limited(wait, False), headers | _retry(wait, "user")
            call = Call(self._world, self._gateway, found.parts, query, body)
            return (*found.route.handler(call), headers)
        except ApiError as refusal:
            return refusal.status, refusal.body(), headers

    def _need_token(self, request: web.Request, found: Found) -> None:
        if found.route.open:
            return
        if request.headers.get("Authorization") != f"Bot {self._gateway.token}":
            raise NotAuthorised

    async def _break(
        self, request: web.Request, entry: Json, fault: Fault, raw: bytes
    ) -> web.StreamResponse:
        """Answer as a fault will have it, or not at all."""
        match fault.kind:
            case FaultKind.ABORT:
                self._log.end(entry, None)
                _abort(request)
                return web.Response()
            case FaultKind.HANG:
                self._log.end(entry, None)
                await asyncio.sleep(_HANG_SECONDS)
                return web.Response()
            case FaultKind.TRUNCATE:
                self._log.end(entry, None)
                return await _truncate(request, raw)
            case FaultKind.SLOW:
                self._log.end(entry, 200, raw)
                return await _dribble(request, raw, fault.delay)
            case FaultKind.RATE_LIMIT:
                return self._limit(entry, fault)
            case _:
                said = json.dumps({"message": "Broken on purpose", "code": 0}).encode()
                self._log.end(entry, fault.status, said)
                return _respond(fault.status, said, {})

    def _limit(self, entry: Json, fault: Fault) -> web.Response:
        said = json.dumps(_limited(fault.retry_after, fault.scope == "global")).encode()
        headers = _retry(fault.retry_after, fault.scope)
        if fault.scope == "global":
            headers["X-RateLimit-Global"] = "true"
        if not fault.via:
            headers["Via"] = ""
        self._log.end(entry, 429, said)
        if fault.html:
            page = "<html><body>You are being rate limited</body></html>"
            return web.Response(status=429, text=page, content_type="text/html", headers=headers)
        return _respond(429, said, headers)


def _respond(status: int, raw: bytes | None, headers: dict[str, str]) -> web.Response:
    headers = {"Via": _VIA, **headers}
    if raw is None:
        return web.Response(status=status, headers=headers)
    # The type goes without a charset: discord.py reads JSON only from exactly this one.
    return web.Response(status=status, body=raw, headers=headers, content_type="application/json")


def _limited(wait: float, everywhere: bool) -> Json:
    said = "You are being rate limited."
    return {"message": said, "code": 0, "retry_after": round(wait, 3), "global": everywhere}


def _retry(wait: float, scope: str) -> dict[str, str]:
    return {"Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": scope}


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _begin(request: web.Request, length: int) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(length), "Via": _VIA})
    response.content_type = "application/json"
    await response.prepare(request)
    return response


async def _truncate(request: web.Request, raw: bytes) -> web.StreamResponse:
    response = await _begin(request, len(raw) + 10)
    await response.write(raw[: len(raw) // 2])
    _abort(request)
    return response


async def _dribble(request: web.Request, raw: bytes, pause: float) -> web.StreamResponse:
    response = await _begin(request, len(raw))
    await response.write(raw[: len(raw) // 2])
    await asyncio.sleep(pause)
    await response.write(raw[len(raw) // 2 :])
    return response
