"""Why a post was heard as it was, in words a volunteer understands."""

from __future__ import annotations

from collections.abc import Iterator

from bot.matching.decision import (
    Answer,
    Candidate,
    Clarify,
    Decision,
    Evidence,
    HandOver,
    Hearing,
    Ignore,
)

MOST_CLOSE = 4


def explain(hearing: Hearing) -> str:
    """Write the evidence of a whole hearing, question by question."""
    lines: list[str] = []
    if hearing.nation is not None:
        lines.append(f"The post speaks of {hearing.nation.value}.")
    if hearing.ignored is not None:
        lines += _decision(hearing.ignored)
    for number, part in enumerate(hearing.parts, start=1):
        lines.append(f"Question {number}: “{part.text}”")
        lines += (f"  {line}" for line in _decision(part.decision))
    return "\n".join(lines)


def _decision(decision: Decision) -> Iterator[str]:
    match decision:
        case Answer(candidate=candidate):
            yield f"Answered with {candidate.entry}."
        case Clarify(candidates=candidates):
            yield f"Asked whether it means {' or '.join(c.entry for c in candidates)}."
        case HandOver(reason=reason):
            yield f"Handed over to a person ({reason.value.replace('_', ' ')})."
        case Ignore(reason=reason):
            yield f"Left alone ({reason.value.replace('_', ' ')})."
    yield from _evidence(decision.evidence)


def _evidence(evidence: Evidence) -> Iterator[str]:
    yield f"Why: {evidence.rule}"
    yield (f"How sure: {evidence.confidence:.0%}; ahead of the next by {evidence.margin:.2f}.")
    for candidate in evidence.ranked[:MOST_CLOSE]:
        yield f"- {_close(candidate)}"


def _close(candidate: Candidate) -> str:
    words = f"{candidate.entry} ({candidate.score:.0%})"
    if candidate.phrasing:
        words += f", nearest to our “{candidate.phrasing}”"
    if candidate.words:
        words += f"; shared words: {', '.join(candidate.words)}"
    return words
