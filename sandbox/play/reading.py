"""Reading YAML so that every complaint names the line and how to mend it.

The nodes are read as they are written: `no` stays a word, and a duration stays "4h".
"""

import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import yaml

from sandbox.play.problems import ScenarioError, Spot

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?) ?([smhdw])")
_MISSING = object()
T = TypeVar("T")


def parse(file: str, text: str) -> yaml.Node:
    """Return the document's root node, or raise ScenarioError."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise ScenarioError(
            Spot(file, line, "(the whole file)"),
            "YAML",
            f"{wrong.problem or 'It cannot be read'}; look at the line before as well.",
        ) from wrong
    if root is None:
        raise ScenarioError(Spot(file, 1, "(the whole file)"), "a scenario", "The file is empty.")
    return root


class Table:
    """A mapping in the file, whose fields are taken one by one; what is left over is refused."""

    def __init__(self, file: str, node: yaml.Node, name: str) -> None:
        self.file = file
        self.name = name
        self.line = node.start_mark.line + 1
        self._fields: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.refuse(node, name, "fields with values", "Write `key: value`, one a line.")
        for key, value in node.value:
            self._add(key, value)

    def _add(self, key: yaml.Node, value: yaml.Node) -> None:
        if key.value in self._fields:
            self.refuse(key, str(key.value), "each field once", "Take one of the two away.")
        self._fields[key.value] = value

    def refuse(self, node: yaml.Node, field: str, expected: str, mend: str) -> NoReturn:
        """Raise ScenarioError for a field."""
        raise ScenarioError(Spot(self.file, node.start_mark.line + 1, field), expected, mend)

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    @property
    def left(self) -> list[str]:
        """Return the names of the fields that nobody has taken yet."""
        return list(self._fields)

    def finish(self, known: tuple[str, ...]) -> None:
        """Raise ScenarioError if a field is left over."""
        for key, node in self._fields.items():
            self.refuse(node, key, f"one of {', '.join(known)}", "Is it a slip of the pen?")

    def _take(self, key: str, default: object) -> yaml.Node | None:
        if key in self._fields:
            return self._fields.pop(key)
        if default is _MISSING:
            spot = Spot(self.file, self.line, key)
            raise ScenarioError(spot, "a value", f"Add `{key}:` to `{self.name}`.")
        return None

    def read(self, key: str, how: Callable[[yaml.Node, str], T], default: Any = _MISSING) -> T:
        """Take a field, read in some way; without a default it must be there."""
        node = self._take(key, default)
        return default if node is None else how(node, key)

    def text(self, key: str, default: Any = _MISSING) -> str:
        """Take a text."""
        return self.read(key, self.as_text, default)

    def texts(self, key: str, default: Any = _MISSING) -> tuple[str, ...]:
        """Take a list of texts; one alone stands for a list of one."""
        return self.read(key, self.as_texts, default)

    def number(self, key: str, default: Any = _MISSING) -> int:
        """Take a whole number."""
        return self.read(key, self.as_number, default)

    def duration(self, key: str, default: Any = _MISSING) -> float:
        """Take a length of time in seconds, written as "4h"."""
        return self.read(key, self.as_duration, default)

    def table(self, key: str) -> "Table":
        """Take a field that holds fields."""
        return self.read(key, lambda node, name: Table(self.file, node, name))

    def values(self, key: str) -> dict[str, Any]:
        """Take fields whose values are texts, numbers, yes or no, or lists of texts."""
        if key not in self:
            return {}
        held = self.table(key)
        return {name: held.read(name, held.as_value) for name in held.left}

    # How a node is read.

    def as_text(self, node: yaml.Node, key: str) -> str:
        """Read a text."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.refuse(node, key, "a text", 'Put it in quotes, as in "some words".')
        return str(node.value)

    def as_texts(self, node: yaml.Node, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        if not isinstance(node, yaml.SequenceNode):
            return (self.as_text(node, key),)
        return tuple(self.as_text(item, key) for item in node.value)

    def as_number(self, node: yaml.Node, key: str) -> int:
        """Read a whole number."""
        if not re.fullmatch(r"\d+", str(node.value)):
            self.refuse(node, key, "a whole number", "Write digits alone, as in 2.")
        return int(node.value)

    def as_duration(self, node: yaml.Node, key: str) -> float:
        """Read a length of time in seconds."""
        found = _DURATION.fullmatch(str(node.value))
        if found is None:
            self.refuse(node, key, "a length of time", "Write it as 2s, 10m, 4h, 1d or 2w.")
        return float(found[1]) * _UNITS[found[2]]

    def as_value(self, node: yaml.Node, key: str) -> Any:
        """Read a value of the type it looks like."""
        if isinstance(node, yaml.SequenceNode):
            return list(self.as_texts(node, key))
        kind = node.tag.rpartition(":")[2]
        if kind == "int":
            return self.as_number(node, key)
        if kind == "bool":
            return str(node.value).lower() in {"true", "yes", "on"}
        return self.as_text(node, key)
