"""Old and new words, initials and spellings lead to the same term."""

from __future__ import annotations

import pytest

from bot.guidance.knowledge import Knowledge


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("senco", "SENCO"),
        ("Parent Partnership", "PPS"),
        ("EHC plan", "EHCP"),
        ("echp", "EHCP"),
        ("SA+", "School Action Plus"),
        ("1:1", "1:1"),
        ("statementing", "Statement"),
        ("LEA", "LEA"),
        ("special educational needs", "SEN"),
        ("ta", "TA"),
    ],
)
def test_explained_by_any_name(knowledge: Knowledge, asked: str, term: str) -> None:
    assert term in [each.term for each in knowledge.glossary.explain(asked).terms]


def test_a_misspelling_gets_suggestions_rather_than_a_guess(knowledge: Knowledge) -> None:
    explained = knowledge.glossary.explain("camsh")

    assert explained.terms == ()
    assert "CAMHS" in explained.near


def test_initials_with_several_meanings_name_them_all(knowledge: Knowledge) -> None:
    explained = knowledge.glossary.explain("s19")

    assert explained.many is not None
    assert len(explained.many.meanings) == 2


@pytest.mark.parametrize("asked", ["", "z", "qqqq", "🙂", "a" * 3_000])
def test_what_nobody_knows_explains_nothing(knowledge: Knowledge, asked: str) -> None:
    explained = knowledge.glossary.explain(asked)

    assert explained.terms == explained.near == ()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The SENCO says no EHCP because of the LA", ["SENCO", "EHCP", "LA"]),
        ("off School Action Plus, and the IEP stopped", ["School Action Plus", "IEP"]),
        ("hi all, ta for that, I would add one odd thing", []),
        ("HI EVERYONE, TA FOR THAT", []),
        ("The OT and the TA came", ["OT", "TA"]),
        ("Is (DLA) for him?", ["DLA"]),
        ("my son's SENCO's email", ["SENCO"]),
    ],
)
def test_the_terms_of_a_text_in_order(knowledge: Knowledge, text: str, terms: list[str]) -> None:
    assert [each.term for each in knowledge.glossary.terms_in(text)] == terms


def test_old_words_join_todays(knowledge: Knowledge) -> None:
    groups = {group.canonical: group for group in knowledge.glossary.synonyms() if not group.weak}

    assert {"parent partnership", "pps"} <= set(groups["sendiass"].variants)
    assert "lea" in groups["la"].variants
    assert "school action plus" in groups["sen support"].variants
    assert "pps" not in groups


def test_common_words_are_weak(knowledge: Knowledge) -> None:
    weak = {
        name for group in knowledge.glossary.synonyms() if group.weak for name in group.variants
    }

    assert {"ta", "hi", "odd", "tribunal"} <= weak


def test_initials_are_told_from_words(knowledge: Knowledge) -> None:
    terms = {term.term: term for term in knowledge.glossary.terms}

    assert terms["SENCO"].is_initials
    assert not terms["Portage"].is_initials
    assert not terms["Annual review"].is_initials
