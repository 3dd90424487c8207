"""“Must” and “should” kept apart: an Act binds, guidance is to be followed, practice is neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.guidance.entry import Force, LawLine
from bot.guidance.pages import Page
from bot.guidance.problem import Problem, Weight, quoted

_LAW = re.compile(
    r"\b(Acts?|Regulations?|regs?|Order|Rules?|Measure|Convention|GDPR|SI \d|Schedule|Articles?)\b"
)
_BINDING_CODES = re.compile(r"\b(School Admissions Code|ALN Code|Additional Learning Needs Code)\b")
"""Codes whose “must” binds: made under an Act that says so."""
_GUIDANCE = re.compile(r"\b(Code|guidance|circular|framework|policy)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
"""Words talked about rather than used."""
_BINDING = re.compile(r"\b(must|legally required|by law)\b", re.IGNORECASE)
_CASE = re.compile(r"\bv\b|\[\d{4}\]|\(\d{4}\)|tribunal|court|ombudsman|UKUT|EWHC", re.IGNORECASE)


def force_problems(page: Page) -> Iterator[Problem]:
    """Yield law lines whose force and words do not agree."""
    for number, line in enumerate(page.entry.law):
        for found, expected, mend, weight in _faults(line):
            yield page.reader.problem(("law", number, "force"), found, expected, mend, weight)


def _faults(line: LawLine) -> Iterator[tuple[str, str, str, Weight]]:
    law = bool(_LAW.search(line.ref) or _BINDING_CODES.search(line.ref))
    guidance = bool(_GUIDANCE.search(line.ref))
    says = _QUOTED.sub("", line.says)
    if line.force is Force.MUST and guidance and not law:
        mend = "Write force: should, or name the Act and section in ref."
        yield (
            f"must, with only {quoted(line.ref)}",
            "an Act or regulations for must",
            mend,
            Weight.MEND,
        )
    if line.force is Force.SHOULD and _BINDING.search(says):
        mend = "Say “should”; or, if an Act says it, write force: must and name the Act."
        found = f"should, but it says {quoted(line.says)}"
        yield found, "“should” where guidance speaks", mend, Weight.MEND
    if line.force is Force.SHOULD and law and not guidance:
        mend = "Write force: must if the Act says so, or name the guidance in ref."
        yield f"should, with {quoted(line.ref)}", "guidance for should", mend, Weight.ADVISE
    if line.force is Force.MUST and re.search(r"\bshould\b", says):
        mend = "Say “must” where the Act does; make a second line of what is only guidance."
        found = f"must, but it says {quoted(line.says)}"
        yield found, "“must” where an Act speaks", mend, Weight.ADVISE
    if line.force is Force.CASE and not _CASE.search(line.ref):
        mend = "Name the case, court and year in ref."
        yield f"case, with {quoted(line.ref)}", "the name of a case", mend, Weight.ADVISE
