"""Each rule finds what it is for, where it is, and leaves the sound model entry alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.guidance.problem import Problem

from .conftest import Folder

FIRST_LAW = "says: Nobody has an automatic right to go onto school premises."
COUNCILS = "Councils must arrange free, impartial information, advice and support for parents"
SEN_SUPPORT = "Schools should agree SEN support with parents"


def test_the_model_entry_is_clean(folder: Folder) -> None:
    report = folder.check()

    assert report.clean
    assert report.entries == 1


@dataclass(frozen=True)
class Broken:
    """A change to the model entry, and the field and words of the problem it makes."""

    name: str
    old: str
    new: str
    field: str
    found: str


MENDS = [
    Broken(
        "four sentences",
        "short: >-\n",
        "short: >-\n  One more. And another. ",
        "short",
        "sentences",
    ),
    Broken(
        "phone number",
        "Ask your local SENDIASS (once",
        "Ring 07700 900123. Ask your local SENDIASS (once",
        "now › 3",
        "a phone number, 07700 900123",
    ),
    Broken(
        "Mencap's number",
        "Ask your local SENDIASS (once",
        "Ring Mind on 0808 808 1111. Ask your local SENDIASS (once",
        "now › 3",
        "it is Mencap’s",
    ),
    Broken(
        "section 19 laid on schools",
        FIRST_LAW,
        "says: Under section 19 of the Children and Families Act the school must listen.",
        "law › 1 › says",
        "section 19 laid on schools",
    ),
    Broken(
        "section 42 as reasonable adjustments",
        FIRST_LAW,
        "says: Reasonable adjustments are due under section 42 of the Children and Families Act.",
        "law › 1 › says",
        "section 42 called reasonable adjustments",
    ),
    Broken(
        "section 80 as mediation",
        FIRST_LAW,
        "says: Mediation is in section 80 of the Children and Families Act.",
        "law › 1 › says",
        "section 80 called mediation",
    ),
    Broken(
        "best endeavours in the wrong section",
        COUNCILS,
        "Schools must use their best endeavours for parents",
        "law › 3 › says",
        "section 32 of the Children and Families Act 2014 for best endeavours",
    ),
    Broken(
        "a proposal called confirmed",
        "careful:\n",
        "careful:\n  - The white paper reforms are confirmed and statutory from 2029.\n",
        "careful › 1",
        "a proposal called settled",
    ),
    Broken(
        "plans called abolished",
        "careful:\n",
        "careful:\n  - EHC plans are being abolished in 2029.\n",
        "careful › 1",
        "a proposal called settled",
    ),
    Broken(
        "words that blame",
        "careful:\n",
        "careful:\n  - Some children talk of wanting to commit suicide.\n",
        "careful › 1",
        "“commit suicide”",
    ),
    Broken(
        "a should that says must",
        SEN_SUPPORT,
        "Schools must agree SEN support with parents",
        "law › 4 › force",
        "should, but it says",
    ),
    Broken(
        "a must with guidance alone",
        "ref: Children and Families Act 2014, section 32",
        "ref: SEND Code of Practice 2015, paragraph 2.1",
        "law › 3 › force",
        "must, with only",
    ),
    Broken(
        "due too late",
        "due: 2027-11-23",
        "due: 2029-11-23",
        "review › due",
        "2029-11-23",
    ),
    Broken(
        "due before checked",
        "due: 2027-11-23",
        "due: 2026-11-01",
        "review › due",
        "2026-11-01",
    ),
    Broken(
        "memory without a note",
        "Rests on memory: that",
        "We think that",
        "review › notes",
        "no such note",
    ),
    Broken(
        "a service of another nation",
        "signposts: [sendiass-finder,",
        "signposts: [enquire,",
        "signposts › 1",
        "“enquire”, which serves scotland",
    ),
    Broken(
        "the same phrasing twice",
        "  - do i have to go in alone",
        "  - DO I HAVE TO GO IN ALONE?\n  - do i have to go in alone",
        "asks › 17",
        "the same as in line",
    ),
]


@pytest.mark.parametrize("broken", MENDS, ids=lambda broken: broken.name)
def test_what_must_be_mended(folder: Folder, broken: Broken) -> None:
    folder.swap(broken.old, broken.new)

    assert_told(folder.check().problems, broken, folder)


ADVICE = [
    Broken(
        "nearly the same phrasing",
        "  - Can school choose who I bring?",
        "  - Can school choose who I bring?\n  - Can school chose who I bring",
        "asks › 14",
        "nearly the same as in line",
    ),
    Broken(
        "a must that says should",
        COUNCILS,
        "Councils should arrange free, impartial information, advice and support for parents",
        "law › 3 › force",
        "must, but it says",
    ),
    Broken(
        "a promise",
        "careful:\n",
        "careful:\n  - Write it like this and you will win.\n",
        "careful › 1",
        "“you will win”",
    ),
    Broken(
        "too many keywords",
        "keywords: [",
        "keywords: [a, b, c, d, e, ",
        "keywords",
        "15 keywords",
    ),
    Broken(
        "England's answer given to all",
        "careful:\n",
        "careful:\n  - This holds across the UK.\n",
        "careful › 1",
        "“across the UK”",
    ),
]


@pytest.mark.parametrize("broken", ADVICE, ids=lambda broken: broken.name)
def test_what_is_worth_a_look(folder: Folder, broken: Broken) -> None:
    folder.swap(broken.old, broken.new)
    report = folder.check()

    assert report.clean
    assert_told(report.warnings, broken, folder)


def assert_told(problems: tuple[Problem, ...], broken: Broken, folder: Folder) -> None:
    told = [each for each in problems if each.field == broken.field]
    assert any(broken.found in each.found for each in told), problems
    assert all(1 < each.line <= folder.text().count("\n") + 1 for each in told)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council must have regard to section 19 of the Children and Families Act 2014.",
        "Section 19 of the Education Act 1996 is the council’s duty; the school must tell it.",
        "The white paper is not law yet and nothing in it is confirmed.",
        "Section 42 of the Children and Families Act is the council’s duty to secure the plan.",
        "Mediation is in section 55 of the Children and Families Act.",
        "Individual support plans are proposed. The law today stays as it is.",
        "Are EHC plans being abolished? They are not: the law is as it was.",
        "Call 999 if someone is in danger, or 111 for urgent help.",
        "The plan is due within 20 weeks, and the 2014-2015 rules are old.",
    ],
)
def test_sound_sentences_are_left_alone(folder: Folder, sentence: str) -> None:
    folder.swap("careful:\n", f'careful:\n  - "{sentence}"\n')

    assert folder.check().clean


def test_too_few_phrasings_and_steps(folder: Folder) -> None:
    lines = folder.text().split("\n")
    start = lines.index("asks:")
    after = next(at for at in range(start, len(lines)) if lines[at].startswith("keywords:"))
    folder.write("\n".join([*lines[: start + 6], *lines[after:]]))
    step = next(line for line in folder.text().split("\n") if "Offer ways round" in line)
    folder.swap(step + "\n", step + "\n" + "  - One more step.\n" * 2)

    told = {each.field: each.found for each in folder.check().problems}
    assert told == {"asks": "5 phrasings", "now": "8 steps"}


def test_a_review_cannot_stand_on_memory(folder: Folder) -> None:
    folder.swap("status: draft", "status: reviewed")

    told = {each.expected for each in folder.check().problems}
    assert told == {"draft while a line is marked memory", "who reviewed it"}


def test_the_directory_refuses_a_borrowed_number(folder: Folder) -> None:
    folder.swap('phone: "116 123"', 'phone: "0808 808 1111"', "services.yaml")

    (problem,) = folder.check().problems
    assert "Mencap" in problem.mend


def test_a_verified_contact_says_when(folder: Folder) -> None:
    folder.swap("    verified_on: 2026-11-23\n", "", "services.yaml")

    (problem,) = folder.check().problems
    assert problem.expected == "the day it was verified"


def test_an_area_offered_must_exist(folder: Folder) -> None:
    folder.swap("area: cumberland", "area: cumbreland", "authorities.yaml")

    (problem,) = folder.check().problems
    line = folder.text("authorities.yaml").splitlines()[problem.line - 1]
    assert "cumbreland" in line
    assert problem.mend == "Did you mean “cumberland”?"


def test_a_day_of_checking_that_has_not_come_is_named(folder: Folder) -> None:
    checked = re.search(r"checked: (\S+)", folder.text())
    assert checked is not None
    day = date.fromisoformat(checked[1])
    assert folder.check(day).warnings == folder.check().warnings
    report = folder.check(day - timedelta(days=1))
    (named,) = set(report.warnings) - set(folder.check().warnings)
    assert (named.field, named.found) == ("review › checked", day.isoformat())
    assert "not after today" in named.expected
    assert folder.text().splitlines()[named.line - 1].strip() == checked[0]
    assert report.clean  # it may be the machine's own clock that is wrong
