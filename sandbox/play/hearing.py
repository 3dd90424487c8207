"""What has been said in the town since the last thing that was done."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.values import Json
from sandbox.world import World, components
from sandbox.world.messages import LOADING
from sandbox.world.state import Event


def text_of(message: Json) -> str:
    """Return all that a message shows: its text, its layout's texts, its buttons and selects."""
    parts = list(components.walk(message["components"]))
    shown = [message["content"], components.text(message["components"])]
    shown += [str(part["label"]) for part in parts if part.get("label")]
    shown += [str(part["placeholder"]) for part in parts if part.get("placeholder")]
    return "\n".join(piece for piece in shown if piece)


def folded(text: str) -> str:
    """Return a text as expectations compare it: without regard to case and line breaks."""
    return " ".join(text.split()).casefold()


@dataclass(slots=True)
class Heard:
    """A message that came or changed, and when it last did (real seconds)."""

    message: Json
    at: float
    fresh: bool


class Hearing:
    """Listens to the world. A `mark` begins a new window."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._window: dict[str, Heard] = {}
        self._since = time.monotonic()
        self._tell: Callable[[Json, bool], None] | None = None
        self._stop = world.listen(self._note)

    def stop(self) -> None:
        """Stop listening."""
        self._stop()

    def each(self, tell: Callable[[Json, bool], None]) -> None:
        """Call `tell` with each message that comes (True) or changes (False)."""
        self._tell = tell

    def mark(self) -> None:
        """Begin a new window: what was said before no longer counts."""
        self._window.clear()
        self.start_timing()

    def start_timing(self) -> None:
        """Count seconds from now on."""
        self._since = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Return the real seconds since the mark."""
        return time.monotonic() - self._since

    def after(self, heard: Heard) -> float:
        """Return how long after the mark a message came."""
        return max(0.0, heard.at - self._since)

    def said(self, channel_id: str, author_id: str) -> list[Heard]:
        """Return what somebody said or changed in a place in this window, oldest first."""
        found = [
            heard
            for heard in self._window.values()
            if heard.message["channel_id"] == channel_id
            and heard.message["author"]["id"] == author_id
            and not heard.message["flags"] & LOADING
        ]
        return sorted(found, key=lambda heard: int(heard.message["id"]))

    def _note(self, event: Event) -> None:
        if event.name == "MESSAGE_DELETE":
            self._window.pop(event.data["id"], None)
        if event.name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            return
        # The world's own object: it stays true as the message changes.
        message = self._world.message(event.data["channel_id"], event.data["id"])
        before = self._window.get(message["id"])
        fresh = event.name == "MESSAGE_CREATE" or (before is not None and before.fresh)
        self._window[message["id"]] = Heard(message, time.monotonic(), fresh)
        if self._tell is not None and not message["flags"] & LOADING:
            self._tell(message, event.name == "MESSAGE_CREATE")
