"""What people and timers ask of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cases.part import Part
from bot.cases.timer import Timer


@dataclass(frozen=True, slots=True)
class AskMore:
    """The asker wrote again and asked something new."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ChooseEntry:
    """The asker said which of the offered entries they meant; None: none of them."""

    part: int
    entry: str | None


@dataclass(frozen=True, slots=True)
class SayHelped:
    """The asker said the answer to one question helped; part 0: they need nothing more."""

    part: int


@dataclass(frozen=True, slots=True)
class SayStuck:
    """The asker said one question still needs a person; part 0 means the whole case."""

    part: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The asker took the question back: deleted it, left, or asked to be forgotten."""


@dataclass(frozen=True, slots=True)
class HumanReply:
    """A person other than the asker said something that answers."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A volunteer takes the case on."""

    by: int


@dataclass(frozen=True, slots=True)
class HandBack:
    """A volunteer gives the case back to the queue."""

    by: int
    forced: bool = False
    """True when a lead takes it from the one who holds it."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A volunteer sets the case aside until a time; it stays in the queue."""

    by: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Resolve:
    """A volunteer says the case, or one question of it, is dealt with. Part 0: the whole case."""

    by: int
    part: int = 0
    forced: bool = False
    """True when a lead resolves a case that another volunteer holds."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """Somebody says that a closed case is not over."""

    by: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A timer of the case has come due."""

    timer: Timer


Command = (
    AskMore
    | ChooseEntry
    | SayHelped
    | SayStuck
    | Withdraw
    | HumanReply
    | Claim
    | HandBack
    | Snooze
    | Resolve
    | Reopen
    | Tick
)
