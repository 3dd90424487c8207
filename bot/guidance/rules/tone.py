"""Calm, plain and honest: no promises, nothing that sounds like a solicitor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.guidance.pages import Page
from bot.guidance.problem import Problem, Weight, quoted
from bot.guidance.rules.places import answer_texts
from bot.guidance.words import sentences

LONG = 35
"""Words from which a sentence is hard to take in when one is upset."""

_PROMISE = "Say what often helps; nobody can promise an outcome."
_EVERYDAY = "Use everyday words."
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"\byou(?:’|')?(?: wi)?ll (?:win|succeed)\b", _PROMISE),
    (r"\b(?:is|are|be) guaranteed\b", _PROMISE),
    (r"\b(?:pursuant|hereby|herein|aforementioned|notwithstanding|heretofore)\b", _EVERYDAY),
    (r"\b(?:utili[sz]e|commence|endeavour to|prior to|in respect of)\b", _EVERYDAY),
    (r"\bone may\b", "Say “you can”."),
)


def tone_problems(page: Page) -> Iterator[Problem]:
    """Yield promises, stiff words and sentences too long to take in."""
    for path, text in answer_texts(page.entry):
        for phrase, mend in _PHRASES:
            if match := re.search(phrase, text, re.IGNORECASE):
                found = quoted(match.group())
                yield page.reader.problem(path, found, "plain, honest words", mend, Weight.ADVISE)
        for sentence in sentences(text):
            if len(sentence.split()) > LONG:
                found = f"a sentence of {len(sentence.split())} words: {quoted(sentence)}"
                expected, mend = f"sentences under {LONG} words", "Make two of it."
                yield page.reader.problem(path, found, expected, mend, Weight.ADVISE)
