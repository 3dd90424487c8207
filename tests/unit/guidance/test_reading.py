"""Every kind of field: what it takes, and what it says when it is given something else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.guidance.problem import Problem

from .conftest import MODEL, Folder


def the_problem(folder: Folder) -> Problem:
    """Return the only problem of the check."""
    (problem,) = folder.check().problems
    return problem


@dataclass(frozen=True)
class Slip:
    """A change to the model entry, and what the check must say about it."""

    old: str
    new: str
    field: str
    found: str
    mend: str


SLIPS = [
    Slip(
        "status: draft", "status: drafted", "review › status", "“drafted”", "Did you mean “draft”?"
    ),
    Slip(
        "nations: [england]",
        "nations: [England]",
        "nations › 1",
        "“England”",
        "Did you mean “england”?",
    ),
    Slip(
        "nations: [england]",
        "nations: england",
        "nations",
        "“england”",
        "in square brackets: [one, two]",
    ),
    Slip("nations: [england]", "nations: []", "nations", "0 items", "Add what is missing."),
    Slip(
        "checked: 2026-11-23",
        "checked: 23.11.2026",
        "review › checked",
        "“23.11.2026”",
        "For example: 2026-11-23",
    ),
    Slip(
        "checked: 2026-11-23",
        "checked: 2026-02-30",
        "review › checked",
        "“2026-02-30”",
        "For example: 2026-11-23",
    ),
    Slip(
        "deadlines: []",
        "deadline: []",
        "deadline",
        "the field “deadline”",
        "Did you mean “deadlines”?",
    ),
    Slip("signposts: [", "signposts: [Ipsea, ", "signposts › 1", "“Ipsea”", "For example: ipsea"),
    Slip(
        "  - Can school choose who I bring?",
        "  - I asked: can I bring her?",
        "asks › 13",
        "“I asked:”, which reads as a field’s name",
        "put the whole text in double quotes",
    ),
    Slip(
        "  - Can school choose who I bring?", "  -", "asks › 13", "nothing", "Write it, for example"
    ),
    Slip(
        "  - Can school choose who I bring?",
        "  - [a, b]",
        "asks › 13",
        "a list",
        "without dashes and square brackets",
    ),
    Slip(
        "url: https://childlawadvice.org.uk",
        "url: childlawadvice.org.uk",
        "sources › 2 › url",
        "“childlawadvice.org.uk”",
        "For example: https://",
    ),
    Slip(
        "url: https://childlawadvice.org.uk",
        "url: https://user@childlawadvice.org.uk",
        "sources › 2 › url",
        "“https://user@",
        "For example: https://",
    ),
    Slip(
        "url: https://childlawadvice.org.uk",
        "url: javascript:alert(1)",
        "sources › 2 › url",
        "“javascript:alert(1)”",
        "For example: https://",
    ),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.new.strip()[:30])
def test_a_slip_is_told_with_its_mend(folder: Folder, slip: Slip) -> None:
    folder.swap(slip.old, slip.new)
    (problem,) = (each for each in folder.check().problems if each.field == slip.field)

    assert problem.file == MODEL
    assert problem.found.startswith(slip.found)
    assert slip.mend in problem.mend
    line = folder.text().splitlines()[problem.line - 1]
    assert problem.column <= len(line) + 1


def test_numbers_flags_and_shares(folder: Folder) -> None:
    folder.swap(
        "deadlines: []",
        "deadlines:\n  - what: ask\n    within: two\n    unit: schooldays\n"
        "    counted_from: the letter\n    mark: sourced\n",
    )
    folder.write(folder.text() + "signpost_only: no\nanswer_at: 80%\n")

    told = {problem.field: problem for problem in folder.check().problems}

    assert told["deadlines › 1 › within"].expected == "a whole number from 1 to 999, in digits"
    assert told["deadlines › 1 › unit"].mend == "Did you mean “school_days”?"
    assert told["signpost_only"].expected == "true or false"
    assert told["answer_at"].expected == "a number from 0 to 1"


def test_words_that_other_tools_read_as_values_stay_words(folder: Folder) -> None:
    folder.swap("keywords: [supporter,", "keywords: [no, on, 2014, 0800,")

    assert folder.load().entries["supporter-refused-at-meeting"].keywords[:4] == (
        "no", "on", "2014", "0800",
    )  # fmt: skip


def test_fields_may_be_left_out_only_where_the_form_allows_it(folder: Folder) -> None:
    folder.swap("  due: 2027-11-23\n", "")

    problem = the_problem(folder)
    assert problem.field == "review › due"
    assert problem.found == "nothing"
    assert "Add a line “due:”" in problem.mend


def test_a_problem_reads_as_a_person_would_say_it(folder: Folder) -> None:
    folder.swap("status: draft", "status: done")

    assert str(the_problem(folder)).splitlines()[1:] == [
        "  found:    “done”",
        "  expected: one of: draft, reviewed",
        "  to mend:  Write one of them, for example: draft",
    ]
