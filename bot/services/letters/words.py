"""What the words mean: initials and old terms, explained in ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.guidance.entry import Mark
from bot.guidance.glossary import Term
from bot.guidance.reply import Block, Heading, Paragraph, Reply, Steps
from bot.services.letters.answer import UNCHECKED

MOST_TERMS = 12
NOT_EXPLAINED = "Nobody has written an explanation of this yet."
_YEAR = re.compile(r"\d{4}")
_SPAN = re.compile(r"(\d{4})-(\d{4})")
_LOOSE = re.compile(r"\d{4}(-\d{2}|s)")


def words_reply(terms: Sequence[Term]) -> Reply:
    """Explain the terms of a text."""
    if not terms:
        return Reply((Paragraph("There are no special words here that I could explain."),))
    blocks: tuple[Block, ...] = (
        Heading("What these words mean"),
        Steps(tuple(map(term_line, terms[:MOST_TERMS]))),
    )
    return Reply(blocks)


def term_line(term: Term) -> str:
    """Explain one term, and what it was called before or is called now."""
    says = list(_sentences(term))
    if not says:
        return f"**{term.term}**: {NOT_EXPLAINED}"
    if term.mark is Mark.MEMORY:
        says.append(f"({UNCHECKED})")
    return f"**{term.term}**: {' '.join(says)}"


def _sentences(term: Term) -> Iterator[str]:
    if term.expansion.casefold() != term.term.casefold():
        yield f"{term.expansion}."
    if term.meaning:
        yield term.meaning
    if term.replaces:
        yield f"It used to be called {term.replaces}."
    if term.replaced_by:
        yield _newer(term.replaced_by, term.year)


def _newer(name: str, year: str | None) -> str:
    """Say what something is called now; the year is a text, for it may be a span."""
    if year is None:
        return f"A newer name: {name}."
    if _YEAR.fullmatch(year):
        return f"Since {year} it has been called {name}."
    if span := _SPAN.fullmatch(year):
        return f"It is now called {name}; the change came between {span[1]} and {span[2]}."
    if _LOOSE.fullmatch(year):
        the = "the " if year.endswith("s") else ""
        return f"It is now called {name}; the change came in {the}{year}."
    return f"A newer name: {name} ({year})."
