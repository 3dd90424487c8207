"""Say why a post was heard as it was, in words a volunteer understands."""

from __future__ import annotations

from bot.matching.decision import (
    Answer,
    Candidate,
    Clarify,
    Decision,
    HandOver,
    HandOverReason,
    HeardPart,
    Hearing,
    Ignore,
    IgnoreReason,
)

_IGNORED = {
    IgnoreReason.CHATTER: "Left alone: it reads as talk, thanks or news.",
    IgnoreReason.FOLLOWING: "Left alone: it only shows interest.",
    IgnoreReason.STORY: "Left alone: it is background to a question.",
    IgnoreReason.SOMEONES_ANSWER: "Left alone: it reads as one person's answer to another.",
}
_HANDED_OVER = {
    HandOverReason.NOTHING_FITS: "Handed to volunteers: nothing we have written fits.",
    HandOverReason.ASKS_AFTER_SOMEONE: (
        "Handed to volunteers: it asks how somebody else's story went on, and only people can tell."
    ),
    HandOverReason.OTHER_NATION: ("Handed to volunteers: what fits is the law of another nation."),
}
_CLOSE = 5


def explain(hearing: Hearing) -> str:
    """Explain a whole post, part by part, as plain text of several lines."""
    lines: list[str] = []
    if hearing.nation is not None:
        nation = hearing.nation.value.replace("-", " ").title()
        lines.append(f"Nation: {nation}. Only its entries, and those for all of the UK, count.")
    if hearing.ignored is not None:
        lines.append(explain_decision(hearing.ignored))
    for number, part in enumerate(hearing.parts, start=1):
        if len(hearing.parts) > 1:
            lines.append(f"Question {number} of {len(hearing.parts)}")
        lines.append(explain_part(part))
    return "\n".join(lines)


def explain_part(part: HeardPart) -> str:
    """Explain one part: the words it rests on, then the decision."""
    return f"Heard: “{part.text}”\n{explain_decision(part.decision)}"


def explain_decision(decision: Decision) -> str:
    """Explain one decision from its evidence."""
    match decision:
        case Ignore(reason=reason, evidence=evidence):
            return f"{_IGNORED[reason]}\nRule: {evidence.rule}."
        case Answer(candidate=candidate):
            first = f"Answered with “{candidate.entry}”."
        case Clarify(candidates=candidates):
            names = ", ".join(f"“{c.entry}”" for c in candidates)
            first = f"Asked which was meant: {names}."
        case HandOver(reason=reason):
            first = _HANDED_OVER[reason]
    return "\n".join((first, *_evidence(decision)))


def _evidence(decision: Answer | Clarify | HandOver) -> list[str]:
    evidence = decision.evidence
    lines = [f"Rule: {evidence.rule}."]
    if evidence.ranked:
        lines.append(f"{_sureness(evidence.confidence)} {_lead(evidence.margin)}")
        lines.append("What was close:")
        lines.extend(f"  {_close(candidate)}" for candidate in evidence.ranked[:_CLOSE])
    return lines


def _sureness(confidence: float) -> str:
    return f"Chance that the first is right: about {round(100 * confidence)} in 100."


def _lead(margin: float) -> str:
    if margin >= 0.2:
        return "It stands well clear of the second."
    if margin >= 0.08:
        return "It stands a little above the second."
    return "The second is close behind."


def _close(candidate: Candidate) -> str:
    line = f"{candidate.entry} ({round(100 * candidate.score)} in 100)"
    if candidate.phrasing:
        line += f"; nearest phrasing: “{candidate.phrasing}”"
    if candidate.words:
        line += f"; shared words: {', '.join(candidate.words)}"
    return line
