"""The page's routes on a sandbox server."""

from pathlib import Path

from aiohttp import web

from sandbox.page.doing import ACTIONS, Sitting, serve_action
from sandbox.page.stream import Audience, stream
from sandbox.page.views import Viewer
from sandbox.server import Server
from sandbox.town import Town

_STATIC = Path(__file__).parent / "static"
_SAFE = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    # Members' text is hostile until shown otherwise: nothing but our own files may run or load.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
}


def mount(server: Server, town: Town) -> None:
    """Serve the page of a town at the server's root; call this before the server starts."""
    page = Page(server, town)
    router = server.app.router
    router.add_get("/", page.index)
    router.add_get("/page/static/{name}", page.static)
    router.add_get("/page/state", page.state)
    router.add_get("/page/messages/{channel}", page.messages)
    router.add_get("/page/events", page.events)
    router.add_post("/page/{action}", page.act)
    server.app.on_shutdown.append(page.audience.close)


class Page:
    """Answers the browser."""

    def __init__(self, server: Server, town: Town) -> None:
        self._server = server
        self._town = town
        self.audience = Audience(server.clock)

    async def index(self, request: web.Request) -> web.StreamResponse:
        """Hand out the document."""
        return web.FileResponse(_STATIC / "index.html", headers=_SAFE)

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Hand out one of our own files."""
        path = _STATIC / request.match_info["name"]
        if path.parent != _STATIC or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=_SAFE)

    async def state(self, request: web.Request) -> web.Response:
        """Show all that the chosen person sees, but for the messages."""
        return _told(self._viewer(request).state())

    async def messages(self, request: web.Request) -> web.Response:
        """Show the messages of one channel."""
        return _told(self._viewer(request).messages(request.match_info["channel"]))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tell of everything that happens from now on (Server-Sent Events)."""
        return await stream(request, self.audience, self._viewer(request))

    async def act(self, request: web.Request) -> web.Response:
        """Do what the chosen person wants done."""
        action = ACTIONS.get(request.match_info["action"])
        if action is None:
            raise web.HTTPNotFound
        # A form on some other site cannot send this type without asking the browser first.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        sitting = Sitting(self._server, self._town)
        status, said = await serve_action(action, sitting, await request.json())
        return _told(said, status)

    def _viewer(self, request: web.Request) -> Viewer:
        people = {person.id: person for person in self._town.people}
        person = people.get(request.query.get("as", ""), self._town.mother)
        return Viewer(self._server, self._town, person)


def _told(said: object, status: int = 200) -> web.Response:
    return web.json_response(said, status=status, headers={"Cache-Control": "no-store"})
