"""One request to the REST interface, as a route sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.errors import UnknownMessage
from sandbox.gateway.hub import Gateway
from sandbox.values import Json
from sandbox.world.messages import EPHEMERAL
from sandbox.world.state import World

Reply = tuple[int, Any]
"""A status and a JSON body, None standing for no body."""


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked: the path's named parts, the query and the body."""

    world: World
    gateway: Gateway
    parts: dict[str, str]
    query: dict[str, str]
    json: Any

    @property
    def body(self) -> Json:
        """Return the body as an object; an absent one is empty."""
        return self.json if isinstance(self.json, dict) else {}

    @property
    def me(self) -> str:
        """Return the id of the bot that asks."""
        return self.world.bot_id

    @property
    def channel(self) -> Json:
        """Return the channel that the path names."""
        return self.world.channel(self.parts["channel"])

    @property
    def message(self) -> Json:
        """Return the message that the path names; ephemeral ones are not to be found so."""
        found = self.world.message(self.channel["id"], self.parts["message"])
        if found["flags"] & EPHEMERAL:
            raise UnknownMessage
        return found

    def number(self, name: str, default: int, most: int) -> int:
        """Return a number from the query, no larger than `most`."""
        return max(1, min(most, int(self.query.get(name, default))))


Handler = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path whose parts in braces are named; `open` ones take no token."""

    method: str
    path: str
    handler: Handler
    open: bool = False
