"""What to do about one question, as a sum type that carries its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.cases.nation import Nation


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that might answer, and why."""

    entry: str
    score: float
    """Calibrated chance, 0 to 1, that this entry answers the question."""
    phrasing: str | None = None
    """Our own phrasing that came nearest."""
    words: tuple[str, ...] = ()
    """Words of ours that the question shares with it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a decision rests on, for `explain` and for tests."""

    rule: str
    """The rule that decided, in words a volunteer understands."""
    confidence: float
    """Calibrated chance, 0 to 1, that the best candidate is right."""
    margin: float
    """How far the best candidate stands above the second."""
    ranked: tuple[Candidate, ...] = ()
    """All that was considered, best first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Sure enough to give this entry."""

    candidate: Candidate
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Clarify:
    """Close: ask "did you mean …" with up to three entries."""

    candidates: tuple[Candidate, ...]
    evidence: Evidence


class HandOverReason(StrEnum):
    """Why a question goes to a person."""

    NOTHING_FITS = "nothing_fits"
    ASKS_AFTER_SOMEONE = "asks_after_someone"
    """Asks how somebody else's story ended; only people can tell."""
    OTHER_NATION = "other_nation"
    """The best entry is another nation's law."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A question, and nothing we may say fits it."""

    reason: HandOverReason
    near: tuple[Candidate, ...]
    """Hints for the volunteer, best first; never shown as an answer."""
    evidence: Evidence


class IgnoreReason(StrEnum):
    """Why words want no reply of ours."""

    CHATTER = "chatter"
    """Thanks, hugs, news."""
    FOLLOWING = "following"
    """"Following", "same here": interest, not an answer."""
    STORY = "story"
    """Background to a question, not one itself."""
    SOMEONES_ANSWER = "someones_answer"
    """A person telling another what they know."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """Nothing here asks for a reply."""

    reason: IgnoreReason
    evidence: Evidence


Decision = Answer | Clarify | HandOver | Ignore


@dataclass(frozen=True, slots=True)
class HeardPart:
    """One question found in a post. The text stays in memory and is never stored."""

    text: str
    start: int
    """Character offset in the post as written."""
    decision: Decision


@dataclass(frozen=True, slots=True)
class Hearing:
    """A whole post as heard: its questions, in the order they were asked."""

    parts: tuple[HeardPart, ...]
    """Questions with Answer, Clarify or HandOver. Empty when the whole post is to be ignored."""
    nation: Nation | None
    """The nation the post names, if it names one."""
    ignored: Ignore | None = None
    """Why the whole post wants no reply, when `parts` is empty."""
