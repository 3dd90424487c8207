"""Which of the frozen questions are heard differently after an edit: the edit's other effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.matching.decision import Answer, Clarify, HeardPart
from bot.matching.ports import Matcher


@dataclass(frozen=True, slots=True)
class Difference:
    """One frozen question, with what it brought up before and what it brings up now."""

    question: str
    """Words of our own: the frozen questions are made up."""
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(
    before: Matcher, after: Matcher, questions: Mapping[str, str]
) -> tuple[Difference, ...]:
    """Put every question to both matchers. Takes seconds: call it off the event loop."""
    found = []
    for question in questions.values():
        was, now = brought_up(before, question), brought_up(after, question)
        if was != now:
            found.append(Difference(question, was, now))
    return tuple(found)


def brought_up(matcher: Matcher, question: str) -> tuple[str, ...]:
    """Return what a member would see: the entries given or offered, in order."""
    return tuple(each for part in matcher.hear(question).parts for each in _entries(part))


def _entries(part: HeardPart) -> tuple[str, ...]:
    match part.decision:
        case Answer(candidate=candidate):
            return (candidate.entry,)
        case Clarify(candidates=candidates):
            return tuple(f"{candidate.entry}?" for candidate in candidates)
        case _:
            return ()
