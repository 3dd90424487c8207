"""What is wrong with a knowledge file, said so that a volunteer can find it and mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

SHOWN = 60
"""How many characters of a faulty text are shown back."""


class Weight(StrEnum):
    """How much a problem matters."""

    REFUSE = "refuse"
    """The knowledge cannot be served with it."""
    MEND = "mend"
    """It can be served, but the check fails until it is mended."""
    ADVISE = "advise"
    """Worth a look; the check passes."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong, where it is, and how to put it right. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    field: str
    found: str
    expected: str
    mend: str
    weight: Weight = Weight.REFUSE

    def __str__(self) -> str:
        """Say it over a few lines, as a volunteer reads it in a terminal or in Discord."""
        where = f"{self.file}, line {self.line}, column {self.column}"
        lines = [
            f"{where}, field “{self.field}”" if self.field else where,
            f"  found:    {self.found}",
            f"  expected: {self.expected}",
            f"  to mend:  {self.mend}",
        ]
        return "\n".join(lines)


class KnowledgeRefused(Exception):
    """The knowledge files hold mistakes, so they are not used; what was loaded still serves."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        listed = "\n\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{type(self).__doc__}\n\n{listed}")


def quoted(text: str) -> str:
    """Show what was found, on one line and not too long."""
    flat = " ".join(text.split())
    return f"“{flat[:SHOWN]}…”" if len(flat) > SHOWN else f"“{flat}”"


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word a mistyped one most likely meant, or None."""
    plain = {name.replace("-", "_"): name for name in known}
    close = get_close_matches(word.strip().lower().replace("-", "_"), plain, n=1, cutoff=0.6)
    return plain[close[0]] if close else None


def did_you_mean(word: str, known: Sequence[str], otherwise: str) -> str:
    """Suggest the nearest known word, or say something else where none is near."""
    near = nearest(word, known)
    return f"Did you mean “{near}”?" if near else otherwise
