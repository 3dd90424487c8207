"""Reading one file: what was wrong with it so far, and where each field stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from bot.guidance.problem import Problem, Weight
from bot.guidance.tree import Node, Scalar

T_co = TypeVar("T_co", covariant=True)
Path = tuple[str | int, ...]
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""What a person may write for an empty value."""


@dataclass(slots=True)
class Reader:
    """Collects what is wrong with one file, and where everything stands in it."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def fault(self, node: Node, path: Path, found: str, expected: str, mend: str) -> None:
        """Note one problem and go on reading."""
        at = spoken(path)
        self.problems.append(Problem(self.file, node.line, node.column, at, found, expected, mend))

    def problem(self, path: Path, found: str, expected: str, mend: str, weight: Weight) -> Problem:
        """Make a problem of something already read, placed as near as is known."""
        near = path
        while near and near not in self.places:
            near = near[:-1]
        line, column = self.places.get(near, (1, 1))
        return Problem(self.file, line, column, spoken(path), found, expected, mend, weight)


def spoken(path: Path) -> str:
    """Name a field as people count: the third item is 3."""
    return " › ".join(str(step + 1) if isinstance(step, int) else step for step in path)


def is_empty(node: Node) -> bool:
    """Tell whether nothing was written. Quoted words are never nothing, unless empty."""
    return isinstance(node, Scalar) and (node.plain or not node.text) and node.text in NOTHING


class Kind(Protocol[T_co]):
    """What a field may hold."""

    def read(self, node: Node, path: Path, reader: Reader) -> T_co | None:
        """Return the value, or None after noting what is wrong."""
        ...

    def schema(self) -> dict[str, Any]:
        """Describe the field for editors, as JSON Schema."""
        ...
