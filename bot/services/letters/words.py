"""What the words mean: initials and old terms, explained in ours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.guidance.entry import Mark
from bot.guidance.glossary import Term
from bot.guidance.reply import Block, Heading, Paragraph, Reply, Steps
from bot.services.letters.answer import UNCHECKED

MOST_TERMS = 12


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
    words = f"**{term.term}**: {term.expansion}."
    if term.meaning:
        words += f" {term.meaning}"
    if term.replaces:
        words += f" It used to be called {term.replaces}."
    if term.replaced_by:
        since = f" since {term.year}" if term.year else ""
        words += f" It is called {term.replaced_by}{since}."
    return f"{words} ({UNCHECKED})" if term.mark is Mark.MEMORY else words
