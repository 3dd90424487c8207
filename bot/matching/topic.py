"""What the matcher learns from: our own words about each entry, and nothing of the members'."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.nation import Nation


@dataclass(frozen=True, slots=True)
class Topic:
    """One entry as the matcher sees it."""

    id: str
    title: str
    nations: tuple[Nation, ...]
    asks: tuple[str, ...]
    keywords: tuple[str, ...]
    body: str
    """The written answer as running text: a further channel to match against."""
    answer_at: float | None = None
    """An editor's own confidence needed before this entry is given; None for the default."""
    signpost_only: bool = False
    stories: tuple[str, ...] = ()
    """Whole made-up posts whose best answer is this entry."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that mean the same here: an old term and today's, initials and their expansion."""

    canonical: str
    variants: tuple[str, ...]
    weak: bool = False
    """True for common words that count only beside other words of the field."""
