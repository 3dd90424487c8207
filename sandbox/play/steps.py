"""The steps of a scenario, as values. `sandbox/play/README.md` tells what each does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do or to look at; `line` is where it stands in the file."""

    line: int


@dataclass(frozen=True, slots=True)
class Note(Step):
    """Words for whoever reads the transcript."""

    text: str


@dataclass(frozen=True, slots=True)
class Post(Step):
    """Somebody makes a forum post; `name` is what later steps call its thread."""

    who: str
    forum: str
    title: str
    body: str
    tags: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Say(Step):
    """Somebody writes a message; `to` is a piece of the message it replies to."""

    who: str
    place: str
    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Slash(Step):
    """Somebody uses a slash command."""

    who: str
    place: str
    command: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Click(Step):
    """Somebody presses a button, by label or custom id, on the newest message that has it."""

    who: str
    place: str
    button: str
    on: str


@dataclass(frozen=True, slots=True)
class Select(Step):
    """Somebody chooses from a select, by custom id, on the newest message that has it."""

    who: str
    place: str
    menu: str
    choose: tuple[str, ...]
    on: str


@dataclass(frozen=True, slots=True)
class Submit(Step):
    """Somebody fills in the form that was just shown to them."""

    who: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Archive(Step):
    """Somebody archives a thread, or opens it again."""

    who: str
    place: str
    archived: bool


@dataclass(frozen=True, slots=True)
class Advance(Step):
    """Time passes: a length, some months, or until a weekday and time in London."""

    seconds: float = 0.0
    months: int = 0
    weekday: int | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Expect(Step):
    """What somebody must have said in a place since the last thing that was done."""

    place: str
    by: str
    within: float
    contains: tuple[str, ...]
    lacks: tuple[str, ...]
    count: int | None
    pings: tuple[str, ...] | None
    seen_by: str


@dataclass(frozen=True, slots=True)
class NothingNew(Step):
    """What must not have happened: no new message of somebody's in these places."""

    places: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Panel(Step):
    """What a message that changes in place must show by now."""

    place: str
    titled: str
    within: float
    contains: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A title and the steps."""

    title: str
    steps: tuple[Step, ...] = field(default=())
