"""What one word means, for whoever asked about it: all its meanings, or what is spelt nearest."""

from __future__ import annotations

from bot.guidance.glossary import Explained, ManyMeanings
from bot.guidance.reply import Block, Heading, Paragraph, Reply, Steps
from bot.services.letters.words import term_line

NOT_KNOWN = (
    "I do not know that word yet. You can ask about it in the help channel: somebody there may."
)


def meaning_reply(explained: Explained) -> Reply:
    """Explain a word; where it is not known, name what is spelt nearest."""
    blocks: list[Block] = []
    if explained.terms:
        lines = tuple(map(term_line, explained.terms))
        blocks += [Heading("What this means"), Steps(lines)]
    if explained.many is not None:
        blocks += _many(explained.many)
    if blocks:
        return Reply(tuple(blocks))
    if explained.near:
        near = ", ".join(f"**{term}**" for term in explained.near)
        return Reply((Paragraph(f"I do not know that word. Did you mean {near}?"),))
    return Reply((Paragraph(NOT_KNOWN),))


def _many(many: ManyMeanings) -> list[Block]:
    blocks: list[Block] = [
        Heading(f"{many.term} can mean different things"),
        Steps(many.meanings),
        Paragraph(
            many.note or "If you are not sure which is meant, it is fine to ask whoever wrote it."
        ),
    ]
    return blocks
