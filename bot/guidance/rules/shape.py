"""How much of everything: phrasings, sentences, steps, keywords."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guidance.pages import Page
from bot.guidance.problem import Problem, Weight
from bot.guidance.reader import Path
from bot.guidance.words import sentences

FEWEST_ASKS = 12
ENOUGH_ASKS = 20
"""For the questions asked most. Every phrasing more helps the rest, too."""


def shape_problems(page: Page) -> Iterator[Problem]:
    """Yield what there is too little or too much of."""
    entry = page.entry
    yield from _asks(page)
    count = len(sentences(entry.short))
    if count > 3:
        mend = "Keep what a parent most needs; move the rest to “careful” or “law”."
        yield _at(page, ("short",), f"{count} sentences", "at most 3", mend)
    least = 1 if entry.signpost_only else 3
    if not least <= len(entry.now) <= 6:
        mend = "Think of this week: whom to write to, what to ask, whom to ring."
        yield _at(page, ("now",), f"{len(entry.now)} steps", f"from {least} to 6 steps", mend)
    if not entry.law and not entry.signpost_only:
        mend = "Add what the law says with its reference, or write signpost_only: true."
        yield _at(page, ("law",), "nothing", "at least one line", mend)
    yield from _advice(page)


def _asks(page: Page) -> Iterator[Problem]:
    count = len(page.entry.asks)
    if count < FEWEST_ASKS:
        mend = f"Add {FEWEST_ASKS - count} more: think of other people and other words."
        expected = f"at least {FEWEST_ASKS} phrasings"
        yield _at(page, ("asks",), f"{count} phrasings", expected, mend)
    elif count < ENOUGH_ASKS:
        mend = "If this is asked often, add more: other people, other words."
        expected = f"{ENOUGH_ASKS} phrasings for a question asked often"
        yield _at(page, ("asks",), f"{count} phrasings", expected, mend, weight=Weight.ADVISE)


def _advice(page: Page) -> Iterator[Problem]:
    """Yield what the check passes but an editor should look at."""
    entry = page.entry
    if not 5 <= len(entry.keywords) <= 12:
        found, mend = f"{len(entry.keywords)} keywords", "Keep the words that set it apart."
        yield _at(page, ("keywords",), found, "from 5 to 12 keywords", mend, weight=Weight.ADVISE)
    if len(entry.careful) < 2 and not entry.signpost_only:
        mend = "Say what people often get wrong, and what this does not mean."
        yield _at(
            page, ("careful",), f"{len(entry.careful)}", "2 to 5 lines", mend, weight=Weight.ADVISE
        )
    if not entry.sources and not entry.signpost_only:
        mend = "Name what it was written from."
        yield _at(page, ("sources",), "nothing", "at least one source", mend, weight=Weight.ADVISE)
    if not entry.signposts:
        mend = "Name a service from services.yaml that can help with this."
        yield _at(page, ("signposts",), "nothing", "someone to turn to", mend, weight=Weight.ADVISE)


def _at(
    page: Page, path: Path, found: str, expected: str, mend: str, *, weight: Weight = Weight.MEND
) -> Problem:
    return page.reader.problem(path, found, expected, mend, weight)
