"""What was done, said and found in a play."""

import textwrap
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sandbox.calendar import LONDON
from sandbox.values import Json

_WIDTH = 96
_INDENT = " " * 8


class EntryKind(StrEnum):
    """What an entry tells of."""

    NOTE = "note"
    DID = "did"
    """A step of the scenario was carried out."""
    SAID = "said"
    """The bot wrote something."""
    CHANGED = "changed"
    """The bot changed a message."""
    HELD = "held"
    """An expectation held."""
    FAILED = "failed"


_MARKS = {
    EntryKind.NOTE: "##",
    EntryKind.DID: "->",
    EntryKind.SAID: "<-",
    EntryKind.CHANGED: "<~",
    EntryKind.HELD: "ok",
    EntryKind.FAILED: "NO",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record; `at` is virtual time, `took` real seconds."""

    at: datetime
    kind: EntryKind
    text: str
    line: int | None = None
    took: float | None = None

    def as_json(self) -> Json:
        """Return the entry as JSON values."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "kind": str(self.kind),
            "text": self.text,
            "line": self.line,
            "took": None if self.took is None else round(self.took, 3),
        }


@dataclass(frozen=True, slots=True)
class Transcript:
    """The whole record of a play."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def failures(self) -> tuple[Entry, ...]:
        """Return what did not hold or could not be done."""
        return tuple(entry for entry in self.entries if entry.kind is EntryKind.FAILED)

    @property
    def ok(self) -> bool:
        """Say whether every expectation held."""
        return not self.failures

    def as_json(self) -> Json:
        """Return the record as JSON values."""
        return {
            "title": self.title,
            "ok": self.ok,
            "failures": [entry.as_json() for entry in self.failures],
            "entries": [entry.as_json() for entry in self.entries],
        }

    def as_text(self) -> str:
        """Return the record for a person to read."""
        held = sum(entry.kind is EntryKind.HELD for entry in self.entries)
        lines = [self.title, "=" * len(self.title)]
        lines += [line for entry in self.entries for line in _lines(entry)]
        verdict = "All held" if self.ok else f"{len(self.failures)} did NOT hold"
        return "\n".join([*lines, "", f"{verdict}; {held} expectations held."])


def _lines(entry: Entry) -> list[str]:
    when = f"{entry.at.astimezone(LONDON):%a %d %b %Y %H:%M}"
    took = "" if entry.took is None else f" ({entry.took:.2f} s)"
    first, *rest = entry.text.splitlines() or [""]
    where = f" [line {entry.line}]" if entry.kind is EntryKind.FAILED and entry.line else ""
    told = [f"{when}  {_MARKS[entry.kind]} {first}{took}{where}"]
    if entry.kind is EntryKind.NOTE:
        told.insert(0, "")
    wrap = textwrap.TextWrapper(_WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
    for line in rest:
        told += wrap.wrap(line) or [""]
    return told
