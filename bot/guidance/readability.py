"""How hard a text is to read, by a kept library where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from bot.guidance.entry import Entry
from bot.guidance.rules.places import answer_texts

WHY_NOT = "not measured: the library textstat is not installed here (it comes with `make test`)"


def grade_reader() -> Callable[[str], float] | None:
    """Return a function giving the Coleman-Liau grade of a text, or None where it cannot.

    A grade is a school year in the United States. Of the library's measures this is one that
    counts letters and sentences only; those that count syllables fetch a dictionary first.
    """
    try:
        library = import_module("textstat")
    except ImportError:
        return None
    grade: Callable[[str], float] = library.coleman_liau_index
    return grade


def reading_age(entry: Entry, grade: Callable[[str], float]) -> float:
    """Return the reading age in years of an entry's own words, law lines excepted."""
    words = " ".join(_ended(text) for _, text in answer_texts(entry))
    return round(grade(words) + AGE_OF_GRADE, 1)


AGE_OF_GRADE = 5
"""A child is about six in the first grade."""


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
