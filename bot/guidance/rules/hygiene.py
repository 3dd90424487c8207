"""Errors seen again and again in public pages on SEN law, which our entries must not repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.guidance.pages import Page
from bot.guidance.problem import Problem, Weight, quoted
from bot.guidance.rules.places import all_texts, law_texts, shown_texts
from bot.guidance.words import sentences

CFA = "Children and Families Act"
_OTHER_ACT = re.compile(
    r"\b(Education Act|Equality Act|Children Act|Care Act|1989|1996|2002|2010)\b"
)
_SECTION = re.compile(r"\b(?:sections?|ss?\.?)\s?(\d{1,3})\b", re.IGNORECASE)
_SCHOOL_BOUND = re.compile(
    r"\b(schools?|head ?teachers?|heads?|governors?)\b[^.;]*"
    r"\b(must|has to|have to|duty|duties|bound|owes?)\b",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"\b(councils?|local authorit\w+|LAs?)\b")
_REFORM = re.compile(
    r"\b(white paper|reforms?|individual support plans?|inclusion bases?|2029|propos\w+)\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(confirmed|(will|have|has) becom\w+ law|statutory from|now law|will be law)\b",
    re.IGNORECASE,
)
_ABOLISHED = re.compile(r"\b(EHC plans?|EHCPs?)\b[^.;]*\b(abolished|scrapped)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(not|no|never|nothing|none|until|unless|if|whether|wrong|yet)\b", re.IGNORECASE
)
_MENCAP = re.compile(r"0808\W?808\W?1111")
_NUMBER = re.compile(
    r"(?<![\d/-])(?:\+44\W?|0)\d(?:[ -]?\d){8,9}(?!\d)|\b116[ -]?123\b|\b0800[ -]?1111\b"
)

HOMES: tuple[tuple[str, frozenset[int], str], ...] = (
    # words in a line of law · the sections of the Act that deal with them · what they deal with
    ("mediation certificate", frozenset({55, 56}), "mediation certificates"),
    ("best endeavours", frozenset({66}), "best endeavours"),
    ("annual review", frozenset({44}), "reviews and reassessments"),
    ("cease to maintain", frozenset({45}), "ending a plan"),
    ("lack of capacity", frozenset({80}), "lack of capacity"),
    ("local offer", frozenset({30}), "the Local Offer"),
)  # fmt: skip


def hygiene_problems(page: Page) -> Iterator[Problem]:
    """Yield each known error found in an entry."""
    yield from _numbers(page)
    for path, text in shown_texts(page.entry):
        for sentence in sentences(text):
            for found, expected, mend in _known_errors(sentence):
                shown = f"{found}: {quoted(sentence)}"
                yield page.reader.problem(path, shown, expected, mend, Weight.MEND)
    for path, text in law_texts(page.entry):
        for found, expected in _wrong_section(text):
            mend = "Look the section up at legislation.gov.uk and correct ref."
            yield page.reader.problem(path, found, expected, mend, Weight.MEND)


def _numbers(page: Page) -> Iterator[Problem]:
    """Phone numbers change: they stand once, in services.yaml, with the day they were checked."""
    for path, text in all_texts(page.entry):
        if _MENCAP.search(text):
            found = "0808 808 1111: often misprinted as Mind or as a crisis line; it is Mencap’s"
        elif match := _NUMBER.search(text):
            found = f"a phone number, {match.group()}"
        else:
            continue
        mend = "Delete it and name the service in signposts; its number stands in services.yaml."
        yield page.reader.problem(path, found, "no phone numbers in entries", mend, Weight.MEND)


def _known_errors(sentence: str) -> Iterator[tuple[str, str, str]]:
    ours = _ours(sentence)
    if 19 in ours and _binds_schools(sentence):
        yield (
            "section 19 laid on schools",
            "section 19 as a duty of the council (local authority)",
            "A school’s duties stand in the Code, sections 66 to 69, and the Equality Act.",
        )
    if 42 in ours and re.search(r"reasonable adjustment", sentence, re.IGNORECASE):
        yield (
            "section 42 called reasonable adjustments",
            "section 42 as the council’s duty to secure what Section F says",
            "Reasonable adjustments stand in the Equality Act 2010, section 20.",
        )
    if 80 in ours and re.search(r"mediation", sentence, re.IGNORECASE):
        yield (
            "section 80 called mediation",
            "section 55 for mediation; section 80 is about lack of capacity",
            "Write section 55.",
        )
    if _confirmed(sentence):
        yield (
            "a proposal called settled",
            "proposals named as proposals, with the date last checked",
            "Say “the government has proposed …, last checked on …”.",
        )
    if re.search(r"\bcommit(s|ted|ting)? suicide\b", sentence, re.IGNORECASE):
        yield ("“commit suicide”", "words that do not blame", "Say “die by suicide”.")


def _ours(sentence: str) -> set[int]:
    """Return the sections of the Children and Families Act 2014 a sentence names."""
    if CFA not in sentence and not re.search(r"\bCFA\b", sentence):
        return set()
    if _OTHER_ACT.search(sentence):
        return set()
    return {int(number) for number in _SECTION.findall(sentence)}


def _binds_schools(sentence: str) -> bool:
    return bool(_SCHOOL_BOUND.search(sentence)) and not _COUNCIL.search(sentence)


def _confirmed(sentence: str) -> bool:
    """Tell whether a proposal is given as done; questions and denials only speak of it."""
    settled = _REFORM.search(sentence) and _SETTLED.search(sentence)
    said = settled or _ABOLISHED.search(sentence)
    return bool(said) and not sentence.endswith("?") and not _DENIED.search(sentence)


def _wrong_section(text: str) -> Iterator[tuple[str, str]]:
    """Compare what a line is about with the sections it names, where both are certain."""
    named = _ours(text)
    if not named:
        return
    for words, right, about in HOMES:
        if words in text.lower() and not named & right:
            wrong = ", ".join(str(number) for number in sorted(named))
            wanted = " or ".join(str(number) for number in sorted(right))
            found = f"section {wrong} of the {CFA} 2014 for {about}"
            yield found, f"section {wanted} for {about}"
