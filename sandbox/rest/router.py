"""Which route a request takes."""

import re
from dataclasses import dataclass

from sandbox.errors import ApiError
from sandbox.rest import (
    account,
    channels,
    commands,
    guilds,
    interactions,
    messages,
    reactions,
    threads,
)
from sandbox.rest.call import Route

ROUTES: tuple[Route, ...] = (
    *account.ROUTES,
    *channels.ROUTES,
    *messages.ROUTES,
    *reactions.ROUTES,
    *threads.ROUTES,
    *guilds.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A route and the parts of the path that it names."""

    route: Route
    parts: dict[str, str]


class Router:
    """Finds routes; a path that says a part outright goes before one that names it."""

    def __init__(self, routes: tuple[Route, ...] = ROUTES) -> None:
        ordered = sorted(routes, key=lambda route: route.path.count("{"))
        self._table = [(route, _pattern(route.path)) for route in ordered]

    def find(self, method: str, path: str) -> Found:
        """Return the route for a request, or raise the general 404."""
        for route, pattern in self._table:
            if route.method == method:
                match = pattern.fullmatch(path)
                if match:
                    return Found(route, match.groupdict())
        raise ApiError


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
