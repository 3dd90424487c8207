"""What the bot says, as a value: drawn as a layout or as plain text, never composed twice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Heading:
    """A short title over what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Steps:
    """A list; numbered where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Small:
    """Provenance and footnotes: when it was checked, draft or reviewed."""

    text: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A pause between two parts."""


Block = Heading | Paragraph | Steps | Small | Divider


class Action(StrEnum):
    """What pressing a button asks for. The value travels in the button's custom id."""

    HELPED = "helped"
    STILL_STUCK = "stuck"
    CHOOSE = "choose"
    NONE_OF_THESE = "none"
    SHOW_ALL = "all"
    EXPLAIN_WORDS = "words"
    CLAIM = "claim"
    HAND_BACK = "back"
    SNOOZE = "snooze"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    ALARM_HERE = "here"
    ALARM_NOT = "notalarm"
    ALARM_LEAD = "lead"
    REMOVE_DETAILS = "details"


class Tone(StrEnum):
    """How a button looks. Never the only carrier of meaning: the label says it."""

    PRIMARY = "primary"
    PLAIN = "plain"
    GOOD = "good"
    GRAVE = "grave"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: an action on a case, or a link."""

    label: str
    action: Action | None = None
    case: int = 0
    argument: int = 0
    """A part's number, or the place of an offered entry: what the action needs besides the case."""
    url: str | None = None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot: blocks to read, then buttons."""

    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    mention_role: int | None = None
    """The one role this message may ping."""
    mention_author: bool = False
    """Whether the person it replies to is pinged."""
