"""Kinds made of others: lists, and groups of named fields.

One description of a file serves the loader, the messages and the editors' schema, so that the
three cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.guidance.problem import nearest, quoted
from bot.guidance.reader import Kind, Path, Reader, is_empty
from bot.guidance.tree import Listing, Node, Scalar, Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Many(Generic[T]):
    """A list of one kind."""

    item: Kind[T]
    least: int = 0
    most: int = 200

    def read(self, node: Node, path: Path, reader: Reader) -> tuple[T, ...] | None:
        """Return the items, once all of them are sound."""
        if is_empty(node) and self.least == 0:
            return ()
        if not isinstance(node, Listing):
            found = quoted(node.text) if isinstance(node, Scalar) else "fields"
            none = "write [] for none." if self.least == 0 else "in square brackets: [one, two]"
            mend = f"Put each item on its own line after a dash, or {none}"
            reader.fault(node, path, found, "a list", mend)
            return None
        if not self.least <= len(node.items) <= self.most:
            expected = f"from {self.least} to {self.most} items"
            mend = "Add what is missing." if len(node.items) < self.least else "Take some out."
            reader.fault(node, path, f"{len(node.items)} items", expected, mend)
        return self._items(node, path, reader)

    def _items(self, node: Listing, path: Path, reader: Reader) -> tuple[T, ...] | None:
        read: list[T] = []
        for number, item in enumerate(node.items):
            here = (*path, number)
            reader.places[here] = (item.line, item.column)
            value = self.item.read(item, here, reader)
            if value is not None:
                read.append(value)
        return tuple(read) if len(read) == len(node.items) else None

    def schema(self) -> dict[str, Any]:
        """Describe it for editors."""
        described: dict[str, Any] = {"type": "array", "items": self.item.schema()}
        return described | {"minItems": self.least, "maxItems": self.most}


@dataclass(frozen=True, slots=True)
class Field:
    """One named field: what it holds, what it is for, and whether it may be left out."""

    name: str
    kind: Kind[Any]
    about: str
    needed: bool = True
    otherwise: Any = None
    """The value when the field is left out or empty."""

    def schema(self) -> dict[str, Any]:
        """Describe it for editors, with what it is for."""
        held = self.kind.schema()
        if not self.needed and "enum" not in held:
            held["type"] = [held["type"], "null"]
        return {"description": self.about} | held


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A group of named fields, built into a value once all of them are sound."""

    build: Callable[..., T]
    fields: tuple[Field, ...]

    def read(self, node: Node, path: Path, reader: Reader) -> T | None:
        """Return the value, or None after noting everything wrong with it."""
        if not isinstance(node, Table):
            found = quoted(node.text) if isinstance(node, Scalar) else "a list"
            needed = ", ".join(each.name for each in self.fields if each.needed)
            mend = f"Write these fields one below the other, each with a colon: {needed}"
            reader.fault(node, path, found, "fields with values", mend)
            return None
        before = len(reader.problems)
        given = {name.text: value for name, value in node.fields}
        misspelt = self._refuse_unknown(node, path, reader)
        values = {
            each.name: _value(each, given.get(each.name), node, path, reader)
            for each in self.fields
            if each.name not in misspelt
        }
        return self.build(**values) if len(reader.problems) == before else None

    def _refuse_unknown(self, node: Table, path: Path, reader: Reader) -> set[str]:
        """Refuse names nobody knows; return the fields that were meant by them and are missing."""
        known = [each.name for each in self.fields]
        written = {name.text for name, _ in node.fields}
        meant: set[str] = set()
        for name, value in node.fields:
            here = (*path, name.text)
            reader.places[here] = (value.line, value.column)
            if name.text in known:
                continue
            near = nearest(name.text, [each for each in known if each not in written])
            meant |= {near} if near else set()
            mend = f"Did you mean “{near}”?" if near else f"The fields are: {', '.join(known)}"
            found = f"the field {quoted(name.text)}"
            reader.fault(name, here, found, "a field that exists here", mend)
        return meant

    def schema(self) -> dict[str, Any]:
        """Describe it for editors."""
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [each.name for each in self.fields if each.needed],
            "properties": {each.name: each.schema() for each in self.fields},
        }


def _value(wanted: Field, given: Node | None, within: Table, path: Path, reader: Reader) -> Any:
    """Read one field, or return what stands for it when it is left out."""
    here = (*path, wanted.name)
    if given is None:
        if wanted.needed:
            mend = f"Add a line “{wanted.name}:”. {wanted.about}"
            reader.fault(within, here, "nothing", f"the field “{wanted.name}”", mend)
        return wanted.otherwise
    if not wanted.needed and is_empty(given):
        return wanted.otherwise
    return wanted.kind.read(given, here, reader)
