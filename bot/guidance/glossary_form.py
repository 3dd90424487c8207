"""What glossary.yaml must look like."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guidance.entry import Mark
from bot.guidance.entry_form import NATIONS
from bot.guidance.glossary import ManyMeanings, Term
from bot.guidance.kinds import OneOf, Text
from bot.guidance.records import Field, Many, Record


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What glossary.yaml holds."""

    terms: tuple[Term, ...]
    many_meanings: tuple[ManyMeanings, ...]


TERM = Record(
    Term,
    (
        Field("term", Text(60, "SENCO"), "The word or initials."),
        Field("expansion", Text(200), "The words the initials stand for."),
        NATIONS,
        Field("mark", OneOf(Mark), "sourced or memory."),
        Field("meaning", Text(400), "What it means, in plain words.", needed=False),
        Field(
            "aliases",
            Many(Text(80)),
            "Other spellings and old words, safe to match alone.",
            needed=False,
            otherwise=(),
        ),
        Field(
            "weak_aliases",
            Many(Text(80)),
            "Common words that mean it only beside others of the field.",
            needed=False,
            otherwise=(),
        ),
        Field("replaces", Text(200), "The old word.", needed=False),
        Field("replaced_by", Text(200), "Today’s word.", needed=False),
        Field("year", Text(60, "2014"), "When the new word took over.", needed=False),
    ),
)

GLOSSARY = Record(
    GlossaryFile,
    (
        Field("terms", Many(TERM, 1, 2_000), "All terms."),
        Field(
            "many_meanings",
            Many(
                Record(
                    ManyMeanings,
                    (
                        Field("term", Text(60, "AP"), "The initials."),
                        Field("meanings", Many(Text(200), 2, 8), "Everything they may mean."),
                        Field("note", Text(300), "What to ask.", needed=False),
                    ),
                )
            ),
            "Initials with more than one meaning.",
            needed=False,
            otherwise=(),
        ),
    ),
)
