"""Kinds of a single value. Each reads the words as written and describes itself to editors."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from bot.guidance.problem import did_you_mean, quoted
from bot.guidance.reader import Path, Reader, is_empty
from bot.guidance.tree import Node, Scalar, Table

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
ADDRESS = r"https?://[^\s<>()\[\]\"'`\\]+"


def _written(node: Node, path: Path, reader: Reader, expected: str, example: str) -> str | None:
    """Return the words of a node; fields in their place are the commonest slip with colons."""
    if isinstance(node, Scalar):
        text = node.text.strip()
        if text and not is_empty(node):
            return text
        reader.fault(node, path, "nothing", expected, f"Write it, for example: {example}")
    elif isinstance(node, Table):
        mend = "If the text has a colon in it, put the whole text in double quotes."
        first = node.fields[0][0].text if node.fields else ""
        found = f"{quoted(first + ':')}, which reads as a field’s name"
        reader.fault(node, path, found, expected, mend)
    else:
        mend = f"Write it without dashes and square brackets: {example}"
        reader.fault(node, path, "a list", expected, mend)
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """Words, exactly as written: `no` and `2014` are words too."""

    longest: int = 2_000
    example: str = "Some words."

    def read(self, node: Node, path: Path, reader: Reader) -> str | None:
        """Return the words, without spaces around them."""
        text = _written(node, path, reader, "a text", self.example)
        if text is not None and len(text) > self.longest:
            found, expected = f"{len(text):,} characters", f"at most {self.longest:,}"
            reader.fault(node, path, found, expected, "Shorten it, or split it.")
            return None
        return text

    def schema(self) -> dict[str, Any]:
        """Describe it for editors."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class OneOf(Generic[E]):
    """One of a few fixed words."""

    choices: type[E]

    def read(self, node: Node, path: Path, reader: Reader) -> E | None:
        """Return the choice written."""
        words = [choice.value for choice in self.choices]
        expected = f"one of: {', '.join(words)}"
        text = _written(node, path, reader, expected, words[0])
        if text in words:
            return self.choices(text)
        if text is not None:
            mend = did_you_mean(text, words, f"Write one of them, for example: {words[0]}")
            reader.fault(node, path, quoted(text), expected, mend)
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it for editors."""
        return {"type": "string", "enum": [choice.value for choice in self.choices]}


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A value of a fixed shape, taken from the words by a function that returns None if unfit."""

    expected: str
    example: str
    parse: Callable[[str], T | None]
    described: Mapping[str, Any]

    def read(self, node: Node, path: Path, reader: Reader) -> T | None:
        """Return the value the words stand for."""
        text = _written(node, path, reader, self.expected, self.example)
        if text is None:
            return None
        value = self.parse(text)
        if value is None:
            mend = f"For example: {self.example}"
            reader.fault(node, path, quoted(text), self.expected, mend)
        return value

    def schema(self) -> dict[str, Any]:
        """Describe it for editors."""
        return dict(self.described)


def name(example: str = "complain-about-school") -> Value[str]:
    """An id: small letters, digits and hyphens."""
    return Value(
        "an id of small letters, digits and hyphens",
        example,
        lambda text: text if re.fullmatch(NAME, text) and len(text) <= 80 else None,
        {"type": "string", "pattern": f"^{NAME}$", "maxLength": 80},
    )


def whole(least: int, most: int) -> Value[int]:
    """A whole number in digits."""

    def parse(text: str) -> int | None:
        sound = re.fullmatch(r"\d{1,6}", text, re.ASCII) and least <= int(text) <= most
        return int(text) if sound else None

    expected = f"a whole number from {least} to {most}, in digits"
    return Value(expected, "15", parse, {"type": "integer", "minimum": least, "maximum": most})


def share() -> Value[float]:
    """A number from 0 to 1."""

    def parse(text: str) -> float | None:
        sound = re.fullmatch(r"0?\.\d{1,4}|[01](\.0{1,4})?", text, re.ASCII)
        return float(text) if sound else None

    return Value(
        "a number from 0 to 1", "0.8", parse, {"type": "number", "minimum": 0, "maximum": 1}
    )


def day() -> Value[date]:
    """A date, year first."""

    def parse(text: str) -> date | None:
        try:
            sound = re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII)
            return date.fromisoformat(text) if sound else None
        except ValueError:
            return None

    described = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
    return Value("a date as year-month-day", "2026-11-23", parse, described)


def flag() -> Value[bool]:
    """True or false, in those words: yes and no are read as words everywhere."""
    words = {"true": True, "false": False}
    return Value("true or false", "true", words.get, {"type": "boolean"})


def link() -> Value[str]:
    """The address of a public page."""
    return Value(
        "the full address of a public page",
        "https://www.gov.uk/courts-tribunals",
        lambda text: text if _is_public_address(text) else None,
        {"type": "string", "pattern": f"^{ADDRESS}$", "maxLength": 400},
    )


def _is_public_address(text: str) -> bool:
    """Accept web addresses with a named host and nothing that could break out of a link."""
    if len(text) > 400 or not re.fullmatch(ADDRESS, text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return "@" not in parts.netloc and re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", host) is not None
