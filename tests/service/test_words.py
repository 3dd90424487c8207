"""What a word means is said in whole sentences, once."""

from __future__ import annotations

import pytest

from bot.cases.nation import Nation
from bot.guidance.entry import Mark
from bot.guidance.glossary import Term
from bot.guidance.knowledge import Knowledge
from bot.services.letters.words import NOT_EXPLAINED, term_line


def term(
    word: str, expansion: str, meaning: str | None = None, replaced_by: str | None = None
) -> Term:
    return Term(
        word,
        expansion,
        (Nation.ENGLAND,),
        Mark.SOURCED,
        meaning=meaning,
        replaced_by=replaced_by,
    )


@pytest.mark.parametrize(
    ("year", "says"),
    [
        ("2014", "Since 2014 it has been called EHC plan."),
        ("2014-2018", "It is now called EHC plan; the change came between 2014 and 2018."),
        ("2005-06", "It is now called EHC plan; the change came in 2005-06."),
        ("2010s", "It is now called EHC plan; the change came in the 2010s."),
        ("proposed 2026", "A newer name: EHC plan (proposed 2026)."),
        (None, "A newer name: EHC plan."),
    ],
)
def test_when_a_name_changed_is_said_in_english(year: str | None, says: str) -> None:
    old = Term(
        "Statement",
        "Statement of SEN",
        (Nation.ENGLAND,),
        Mark.SOURCED,
        replaced_by="EHC plan",
        year=year,
    )
    assert term_line(old) == f"**Statement**: Statement of SEN. {says}"


def test_a_word_that_stands_for_itself_is_not_said_twice() -> None:
    line = term_line(term("SEN support", "SEN Support", meaning="Help in school without a plan."))
    assert line == "**SEN support**: Help in school without a plan."


def test_a_word_nobody_has_explained_says_so() -> None:
    assert term_line(term("Stimming", "Stimming")) == f"**Stimming**: {NOT_EXPLAINED}"
    renamed = term_line(term("Unit", "Unit", replaced_by="Base"))
    assert renamed == "**Unit**: A newer name: Base."


def test_no_term_of_ours_repeats_itself(knowledge: Knowledge) -> None:
    for each in knowledge.glossary.terms:
        word, _, rest = term_line(each).partition(": ")
        assert not rest.casefold().startswith(f"{word.strip('*').casefold()}.")
        assert " is called " not in rest
