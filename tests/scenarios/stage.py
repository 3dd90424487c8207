"""What a scenario may do and see: the same words for every Discord it is played on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.services.house import House
from sandbox.world import components

START = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""A working day at noon: every Discord's clock begins here."""
KEY = bytes(range(32))
PANEL = "### The queue"


class Who(StrEnum):
    """The people of the town."""

    MOTHER = "Maya"
    FATHER = "Callum"
    NEIGHBOUR = "Ines"
    VOLUNTEER = "Priya"
    LEAD = "Gwen"
    ADMIN = "Noor"


class Place(StrEnum):
    """Where they meet."""

    FORUM = "ask-for-help"
    CHAT = "chat"
    VOLUNTEERS = "volunteers"


class Role(StrEnum):
    """What they are to the community."""

    VOLUNTEER = "Volunteer"
    LEAD = "Lead"


Named = Who | Place | Role


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it."""

    id: int
    channel: int
    by_bot: bool
    text: str
    buttons: tuple[str, ...]
    """The labels of the buttons that can be pressed."""
    links: tuple[str, ...]
    """Where its link buttons lead."""
    pings: frozenset[int]
    """Members and roles that the message calls."""
    calls_everyone: bool
    private: bool
    """Whether only the person who looks at it sees it."""
    files: tuple[str, ...]
    """The names of its files."""
    handle: Any = field(compare=False, repr=False)
    """What this Discord itself calls the message; a scenario leaves it alone."""


class Stage(Protocol):
    """One Discord with the bot in it. Every act returns once the bot has done all it has to."""

    house: House
    refusals: tuple[type[Exception], ...]
    """What it raises when a person tries what their own Discord would not offer them."""

    @property
    def bot_id(self) -> int:
        """Return the id of the bot's own user."""
        ...

    @property
    def guild_id(self) -> int:
        """Return the id of the server."""
        ...

    def id_of(self, named: Named) -> int:
        """Return the id of a person, a place or a role."""
        ...

    async def post(self, who: Who, text: str, title: str = "Please help") -> Shown:
        """Ask in the help forum; the answer's `channel` is the new thread."""
        ...

    async def send(
        self, who: Who, channel: int, text: str, *, reply_to: Shown | None = None
    ) -> Shown:
        """Write in a channel or thread."""
        ...

    async def edit(self, who: Who, message: Shown, text: str) -> None:
        """Change one's own message."""
        ...

    async def delete(self, who: Who, message: Shown) -> None:
        """Delete one's own message."""
        ...

    async def slash(self, who: Who, channel: int, name: str, **given: Any) -> list[Shown]:
        """Use a command; return what the bot showed in answer."""
        ...

    async def click(self, who: Who, message: Shown, label: str) -> list[Shown]:
        """Press a button; return what the bot showed in answer."""
        ...

    async def select(
        self, who: Who, message: Shown, custom_id: str, values: Sequence[Named | str]
    ) -> list[Shown]:
        """Choose from a list; return what the bot showed in answer."""
        ...

    async def menu(self, who: Who, message: Shown, name: str) -> list[Shown]:
        """Use a command from a message's menu; return what the bot showed in answer."""
        ...

    async def fill(self, who: Who, values: Mapping[str, str]) -> list[Shown]:
        """Fill in the form that was shown last, and send it."""
        ...

    async def complete(
        self, who: Who, channel: int, name: str, option: str, typed: str
    ) -> list[str]:
        """Type into a command's option; return what is offered to complete it."""
        ...

    async def advance(self, **span: float) -> None:
        """Let time pass, in the words of `timedelta`."""
        ...

    async def archive(self, channel: int) -> None:
        """Put a thread away, as Discord does when it has been quiet."""
        ...

    async def settle(self) -> None:
        """Let the bot hear everything and do all it has to."""
        ...

    def seen(self, who: Who, channel: int) -> list[Shown]:
        """Return all that a person sees in a channel, oldest first."""
        ...


def texts(parts: list[dict[str, Any]], content: str) -> str:
    """Return all that can be read in a message."""
    return "\n".join(filter(None, (content, components.text(parts))))


def buttons(parts: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the labels of the buttons that can be pressed."""
    every = components.walk(parts)
    return tuple(p["label"] for p in every if p["type"] == components.BUTTON and p.get("custom_id"))


def links(parts: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return where the link buttons lead."""
    return tuple(part["url"] for part in components.walk(parts) if part.get("url"))


def messages(stage: Stage, channel: int, who: Who = Who.LEAD) -> list[Shown]:
    """Return the bot's public messages in a channel, the panel left out."""
    return [
        shown
        for shown in stage.seen(who, channel)
        if shown.by_bot and not shown.private and not shown.text.startswith(PANEL)
    ]


def told(stage: Stage, channel: int) -> list[str]:
    """Return the texts of the bot's public messages in a channel, the panel left out."""
    return [shown.text for shown in messages(stage, channel)]


def panel(stage: Stage) -> Shown:
    """Return the queue panel; there must be exactly one."""
    (found,) = (
        shown
        for shown in stage.seen(Who.VOLUNTEER, stage.id_of(Place.VOLUNTEERS))
        if shown.text.startswith(PANEL)
    )
    return found


def with_button(shown: Iterable[Shown], label: str) -> Shown:
    """Return the newest message that offers a button."""
    return [each for each in shown if label in each.buttons][-1]
