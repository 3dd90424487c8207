"""The sandbox as a server on the loopback address: REST, gateway, files and clock."""

import asyncio
import errno
from pathlib import Path

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.faults import Faults
from sandbox.gateway.hub import Gateway
from sandbox.gateway.socket import Socket
from sandbox.rest.bodies import Uploads
from sandbox.rest.door import Door
from sandbox.rest.log import RequestLog
from sandbox.rest.rates import GENEROUS, Limits, Rates
from sandbox.values import Json
from sandbox.world import threads
from sandbox.world.state import World

HOST = "127.0.0.1"
TOKEN = "sandbox.bot.token"
_MAX_BODY = 2**26
_CLOCK_WAIT = 25.0


class PortTaken(Exception):
    """Another program already listens on that port. Choose another one, or stop that program."""

    def __init__(self, port: int) -> None:
        super().__init__(f"{type(self).__doc__} (port {port})")
        self.port = port


class Server:
    """One Discord on this machine. Further routes may be added to `app` before `start`."""

    def __init__(
        self,
        world: World,
        clock: SandboxClock,
        port: int = 0,
        *,
        token: str = TOKEN,
        limits: Limits = GENEROUS,
        record: Path | None = None,
        seed: int = 0,
    ) -> None:
        self.world = world
        self.clock = clock
        self.port = port
        self.token = token
        self.faults = Faults(seed)
        self.gateway = Gateway(world, self.faults, token)
        self._log = RequestLog(record)
        self._uploads = Uploads()
        self._door = Door(self.gateway, Rates(limits), self._log, self._uploads)
        self._runner: web.AppRunner | None = None
        self._stopping = asyncio.Event()
        self.app = web.Application(client_max_size=_MAX_BODY)
        self._mount()
        clock.on_advance(lambda: threads.archive_idle(world))

    def _mount(self) -> None:
        router = self.app.router
        router.add_route("*", "/api/v10/{path:.*}", self._door.serve)
        router.add_get("/gateway", self._open_gateway)
        router.add_get("/gateway/", self._open_gateway)
        router.add_get("/cdn/attachments/{id}/{name}", self._hand_out)
        router.add_get("/clock", self._show_clock)
        router.add_post("/clock/seen", self._note_seen)

    @property
    def url(self) -> str:
        """Return the address without a trailing slash; the REST interface is at /api/v10."""
        return f"http://{HOST}:{self.port}"

    @property
    def gateway_url(self) -> str:
        """Return the gateway's address."""
        return f"ws://{HOST}:{self.port}/gateway"

    @property
    def requests(self) -> list[Json]:
        """Return the recorded requests to the REST interface, oldest first."""
        return self._log.entries

    async def start(self) -> None:
        """Listen; raises PortTaken if the port is not free."""
        runner = web.AppRunner(
            self.app, access_log=None, shutdown_timeout=1.0, keepalive_timeout=3600.0
        )
        await runner.setup()
        site = web.TCPSite(runner, HOST, self.port)
        try:
            await site.start()
        except OSError as problem:
            await runner.cleanup()
            if problem.errno == errno.EADDRINUSE:
                raise PortTaken(self.port) from problem
            raise
        self._runner = runner
        self.port = runner.addresses[0][1]
        self.gateway.url = self.gateway_url
        self.world.cdn = f"{self.url}/cdn"

    async def stop(self) -> None:
        """Close all connections and stop listening.

        The world stays, and can be served again by another Server.
        """
        self._stopping.set()
        self.gateway.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
            self.gateway.retire()
        self._log.close()

    async def settle(self, wait: float = 10.0) -> bool:
        """Wait until every client has had all events and done all work due, or `wait` is over.

        After this a test may say what did not happen. Returns False if someone stayed behind.
        """
        heard = await self.gateway.settle(wait)
        return await self.clock.advance(0, wait=wait) and heard

    async def _open_gateway(self, request: web.Request) -> web.StreamResponse:
        return await Socket(self.gateway, request).run()

    async def _hand_out(self, request: web.Request) -> web.Response:
        upload = self._uploads.held.get(request.match_info["id"])
        if upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, headers={"Content-Type": upload.content_type})

    async def _show_clock(self, request: web.Request) -> web.Response:
        if "after" in request.query:
            await self._turn_after(int(request.query["after"]))
        return web.json_response({"offset": self.clock.offset, "turn": self.clock.turn})

    async def _turn_after(self, turn: int) -> None:
        """Wait for the clock's next turn, but not beyond the end of the server."""
        waits = (self.clock.after(turn, _CLOCK_WAIT), self._stopping.wait())
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    async def _note_seen(self, request: web.Request) -> web.Response:
        await self.clock.acknowledge(int((await request.json())["turn"]))
        return web.Response(status=204)
