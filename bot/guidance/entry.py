"""An entry of the knowledge base: one question parents ask, and the answer people wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.cases.nation import Nation


class Force(StrEnum):
    """How strongly a line binds: `must` and `should` are never blurred."""

    MUST = "must"
    """An Act or regulations."""
    SHOULD = "should"
    """Statutory guidance: to be followed unless there is a good reason."""
    CASE = "case"
    """A court or tribunal has decided it."""
    PRACTICE = "practice"
    """What is usual; nobody is bound."""
    ABSENT = "absent"
    """No rule was found: what the law does not say."""


class Mark(StrEnum):
    """How well a statement is sourced."""

    SOURCED = "sourced"
    """Read in a named source."""
    MEMORY = "memory"
    """Written from memory: a reviewer must confirm it, and the entry stays a draft."""


class Unit(StrEnum):
    """What a time limit is counted in. They are different things."""

    CALENDAR_DAYS = "calendar_days"
    SCHOOL_DAYS = "school_days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class ReviewStatus(StrEnum):
    """Whether a person with the knowledge to judge has read the entry."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class LawLine:
    """One thing the law or guidance says, with where it says it."""

    says: str
    force: Force
    ref: str
    """The Act and section, regulation, guidance paragraph or case, as a reader would look it up."""
    mark: Mark
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit a parent must know."""

    what: str
    within: int
    unit: Unit
    counted_from: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Source:
    """A page, statute or guidance the entry was written from."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """When the entry was last checked, by whom it was reviewed, and when it is due again."""

    status: ReviewStatus
    checked: date
    due: date
    notes: tuple[str, ...] = ()
    """What a reviewer should read first, and every statement that rests on memory."""
    reviewed_by: str | None = None
    """The role or initials the reviewer chose to be known by."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as parents ask it, and our answer in layers."""

    id: str
    title: str
    cluster: str
    nations: tuple[Nation, ...]
    asks: tuple[str, ...]
    """How parents put it: truly different words, one facet each. Matching learns from these."""
    keywords: tuple[str, ...]
    short: str
    """At most three sentences: what the parent most needs to know."""
    now: tuple[str, ...]
    """Three to six steps for this week."""
    law: tuple[LawLine, ...]
    careful: tuple[str, ...]
    """Common mistakes, and what this does not mean."""
    deadlines: tuple[Deadline, ...]
    signposts: tuple[str, ...]
    """Ids of services in the directory."""
    see_also: tuple[str, ...]
    sources: tuple[Source, ...]
    review: Review
    signpost_only: bool = False
    """True where we know whom to ask but not the answer."""
    answer_at: float | None = None
    """How sure matching must be (0–1) before this entry is given; None for the usual."""
    stories: tuple[str, ...] = ()
    """Whole made-up posts whose best answer is this entry. Matching learns from these too."""
