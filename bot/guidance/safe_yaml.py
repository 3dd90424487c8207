"""YAML read with care: a plain tree with positions, and nothing that can surprise or exhaust us.

Built from the parser's events rather than its objects, so that nothing in a file is ever
interpreted: `no` stays the word “no”, and depth and size are stopped while reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from bot.guidance.problem import Problem, quoted
from bot.guidance.tree import Listing, Node, Scalar, Table
from bot.guidance.yaml_faults import explain_fault

MAX_BYTES = 256 * 1024
MAX_NODES = 20_000
MAX_DEPTH = 12
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where it is installed: about eight times faster."""


class Refused(Exception):
    """This file cannot be read as YAML we accept."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_yaml(data: bytes, file: str) -> Node:
    """Read one document into a tree with positions.

    Raises `Refused` with the place and the mend: too large, not text, tabs, broken YAML,
    anchors or aliases, tags, repeated fields, too deep, more than one document.
    """
    text = _decode(data, file)
    try:
        return _Builder(file, text).build(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as fault:
        raise Refused(explain_fault(fault, file, text)) from None
    except yaml.YAMLError as fault:
        at = getattr(fault, "position", 0)
        place = _place(text, at if isinstance(at, int) else 0)
        mend = "Delete it and type that part again."
        _refuse(file, place, "an invisible control character", "letters, digits and marks", mend)


def _decode(data: bytes, file: str) -> str:
    """Turn bytes into text, or refuse what no editor of plain text would write."""
    if len(data) > MAX_BYTES:
        mend = "Split it: one file holds one question."
        _refuse(file, (1, 1), "a very large file", f"at most {MAX_BYTES:,} bytes", mend)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        mend = "In your editor choose “Save with encoding”, then UTF-8."
        _refuse(file, (line, 1), "a character that is not UTF-8", "text saved as UTF-8", mend)
    for bad, name, mend in (
        ("\0", "an invisible NUL character", "Delete it; retyping the line is the easiest way."),
        ("\t", "a tab", "Use spaces to set lines in: two for each step."),
    ):
        if bad in text:
            place = _place(text, text.index(bad))
            _refuse(file, place, name, "spaces and ordinary characters only", mend)
    return text


def _place(text: str, at: int) -> tuple[int, int]:
    """Return the line and column, counted from 1, of an offset."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _refuse(file: str, at: tuple[int, int], found: str, expected: str, mend: str) -> NoReturn:
    raise Refused(Problem(file, *at, "", found, expected, mend))


class _Builder:
    """Builds the tree from events, without recursion; stops at the first thing not accepted."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.nodes = 0
        self.documents = 0
        self.open: list[tuple[yaml.Event, list[Node]]] = []
        self.root: Node | None = None

    def build(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            self._take(event)
        if self.root is None:
            mend = "Copy an existing file and change it."
            _refuse(self.file, (1, 1), "an empty file", "fields with their values", mend)
        return self.root

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(event)
            case yaml.AliasEvent():
                mend = "Write the text out, or put it in quotes if it should begin with a star."
                self._stop(event, "an alias (a word beginning with *)", "the text itself", mend)
            case yaml.ScalarEvent():
                self._vet(event)
                self._vet_end(event)
                self._add(Scalar(event.value, *_start(event), plain=not event.style))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._vet(event)
                self._descend(event)
            case yaml.SequenceEndEvent():
                start, items = self.open.pop()
                self._add(Listing(tuple(items), *_start(start)))
            case yaml.MappingEndEvent():
                start, items = self.open.pop()
                self._add(self._table(start, items))

    def _begin_document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            mend = "Delete the line with three dashes, or move what follows to its own file."
            self._stop(event, "a second document (a line with ---)", "one document", mend)

    def _descend(self, event: yaml.Event) -> None:
        self.open.append((event, []))
        if len(self.open) > MAX_DEPTH:
            found = f"lists or fields nested more than {MAX_DEPTH} deep"
            mend = "Look at another entry for how far things are set in."
            self._stop(event, found, "a flat layout", mend)

    def _add(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            place, mend = (node.line, node.column), "Split it: one file holds one question."
            found = f"more than {MAX_NODES:,} pieces"
            _refuse(self.file, place, found, "a file of ordinary length", mend)
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def _vet(self, event: Any) -> None:
        """Refuse anchors and tags: they make one text stand for another."""
        if event.anchor is not None:
            mend = "Delete it, or put the text in quotes if it should begin with &."
            self._stop(event, "an anchor (a word beginning with &)", "plain text", mend)
        if event.tag is not None:
            mend = (
                "Delete it, or put the text in quotes if it should begin with an exclamation mark."
            )
            self._stop(event, "a tag (a word beginning with !)", "plain text", mend)

    def _vet_end(self, event: Any) -> None:
        """Refuse a note straight behind a text: who does not know the sign loses words unseen."""
        line, column = event.end_mark.line, event.end_mark.column
        if event.style or not event.value or line >= len(self.lines):
            return
        rest = self.lines[line][column:]
        if rest.lstrip().startswith("#"):
            place = (line + 1, column + rest.index("#") + 1)
            found = "a # with a space before it, inside a text: YAML drops all that follows"
            mend = "Put the whole text in double quotes. A note to editors has a line of its own."
            _refuse(self.file, place, found, "the whole text", mend)

    def _table(self, start: yaml.Event, items: list[Node]) -> Table:
        """Pair names with values; a name may be used once."""
        seen: dict[str, int] = {}
        fields: list[tuple[Scalar, Node]] = []
        for name, value in zip(items[::2], items[1::2], strict=True):
            place = (name.line, name.column)
            if not isinstance(name, Scalar):
                mend = "If this is a text with brackets, put it in quotes."
                found = "a list where a field’s name belongs"
                _refuse(self.file, place, found, "a name, a colon and a value", mend)
            if name.text in seen:
                found = f"the field {quoted(name.text)} again (first on line {seen[name.text]})"
                mend = "Delete one of the two, or join their contents."
                _refuse(self.file, place, found, "each field once", mend)
            seen[name.text] = name.line
            fields.append((name, value))
        return Table(tuple(fields), *_start(start))

    def _stop(self, event: yaml.Event, found: str, expected: str, mend: str) -> NoReturn:
        _refuse(self.file, _start(event), found, expected, mend)


def _start(event: Any) -> tuple[int, int]:
    """Return where an event begins, counted from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1
