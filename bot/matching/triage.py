"""A hearing in one word and a list of entries, for terminals and for scoring."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.matching.decision import Answer, Candidate, Clarify, Decision, HandOver, Hearing


class Action(StrEnum):
    """What would be done with a whole post."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    HANDOFF = "handoff"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Triage:
    """The action, and the entries best first."""

    action: Action
    topics: tuple[str, ...]


_LISTED = 5


def triage(hearing: Hearing) -> Triage:
    """Sum up a hearing. One part lists its ranking; several list only what would be shown."""
    if not hearing.parts:
        return Triage(Action.IGNORE, ())
    decisions = [part.decision for part in hearing.parts]
    action = _action(decisions)
    if len(decisions) == 1:
        return Triage(action, tuple(c.entry for c in decisions[0].evidence.ranked[:_LISTED]))
    shown = sorted((c for d in decisions for c in _shown(d)), key=lambda c: -c.score)
    return Triage(action, tuple(dict.fromkeys(c.entry for c in shown)))


def _action(decisions: list[Decision]) -> Action:
    if any(isinstance(d, Answer) for d in decisions):
        return Action.ANSWER
    if any(isinstance(d, Clarify) for d in decisions):
        return Action.SUGGEST
    return Action.HANDOFF


def _shown(decision: Decision) -> tuple[Candidate, ...]:
    match decision:
        case Answer(candidate=candidate):
            return (candidate,)
        case Clarify(candidates=candidates):
            return candidates[:1]
        case HandOver():
            return ()
        case _:
            return ()
