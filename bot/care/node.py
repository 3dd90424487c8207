"""Read a plain mapping step by step, knowing at every step where in the file we are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

Kind = TypeVar("Kind", bound=StrEnum)


class PlaybookError(ValueError):
    """The urgent playbook cannot be read."""

    def __init__(self, where: str, wrong: str) -> None:
        super().__init__(f"{where}: {wrong}")
        self.where = where
        """The key path, such as `rules[3].level`."""
        self.wrong = wrong
        """What is wrong there, and what was expected."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value in the playbook, and the path of keys that leads to it."""

    value: object
    where: str = ""

    def get(self, key: str) -> Node:
        """Return the value under `key`, which must be there."""
        found = self.maybe(key)
        if found is None:
            raise PlaybookError(self._path(key), "is missing")
        return found

    def maybe(self, key: str) -> Node | None:
        """Return the value under `key`, or None when it is not there."""
        found = self._mapping().get(key)
        return None if found is None else Node(found, self._path(key))

    def only(self, *keys: str) -> Node:
        """Refuse keys that mean nothing here: a misspelt key must not be passed over."""
        for key in self._mapping():
            if key not in keys:
                raise PlaybookError(
                    self._path(str(key)), f"is not known; known are {', '.join(keys)}"
                )
        return self

    def pairs(self) -> Iterator[tuple[str, Node]]:
        """Yield the keys and values of a mapping."""
        for key, value in self._mapping().items():
            if not isinstance(key, str):
                raise PlaybookError(self._path(str(key)), "is no text: put this key in quotes")
            yield key, Node(value, self._path(key))

    def each(self) -> Iterator[Node]:
        """Yield the items of a list."""
        if not isinstance(self.value, list):
            raise PlaybookError(self.where, "should be a list, one item a line beginning with “-”")
        for at, value in enumerate(self.value):
            yield Node(value, f"{self.where}[{at}]")

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise PlaybookError(self.where, "should be a text; put numbers in quotes")
        return self.value.strip()

    def number(self, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise PlaybookError(self.where, f"should be a whole number from {least} to {most}")
        return value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise PlaybookError(self.where, "should be true or false")
        return self.value

    def day(self) -> date:
        """Return a date."""
        if isinstance(self.value, str):
            try:
                return date.fromisoformat(self.value)
            except ValueError as error:
                raise PlaybookError(self.where, "should be a date such as 2026-11-23") from error
        if type(self.value) is not date:
            raise PlaybookError(self.where, "should be a date such as 2026-11-23")
        return self.value

    def one_of(self, kind: type[Kind]) -> Kind:
        """Return the member of `kind` this text names."""
        try:
            return kind(self.text())
        except ValueError as error:
            known = ", ".join(kind)
            raise PlaybookError(self.where, f"should be one of {known}") from error

    def _mapping(self) -> dict[object, object]:
        if not isinstance(self.value, dict):
            raise PlaybookError(self.where, "should be a block of “key: value” lines")
        return self.value

    def _path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key
