"""The second listener: what it weighs, and what leads are told of it."""

import pytest

from bot.care.assess import assess
from bot.care.concern import WEIGHT_OF_WORDS, Level
from bot.care.playbook import Playbook
from bot.care.post import read_post
from bot.care.stem import stem
from bot.care.weigh import WINDOW, pairs_of

QUIET = "She has given her hamster to her cousin and says she will not need it after Friday"


def _stretches(text: str, playbook: Playbook) -> list[frozenset[str]]:
    return playbook.scale.stretches(read_post(text, playbook).reading, text)


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("frightens", "frighten"),
        ("frightened", "frighten"),
        ("frightening", "frighten"),
        ("stopped", "stop"),
        ("stop", "stop"),
        ("tries", "tri"),
        ("try", "try"),
        ("hiding", "hid"),
        ("is", "is"),
    ],
)
def test_endings_are_cut(word: str, cut: str) -> None:
    assert stem(word) == cut


def test_she_and_he_weigh_the_same(playbook: Playbook) -> None:
    assert _stretches("she hides from her", playbook) == _stretches("he hides from him", playbook)


def test_an_age_is_an_age(playbook: Playbook) -> None:
    assert "#age" in _stretches("he is 7", playbook)[0]
    assert "#number" in _stretches("it is 40 pages", playbook)[0]


def test_a_long_post_is_weighed_in_windows_that_leave_nothing_out(playbook: Playbook) -> None:
    words = [f"plan{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200)]
    stretches = _stretches(" ".join(words), playbook)
    assert len(stretches) > 200 // WINDOW
    assert {stem(word) for word in words} <= frozenset().union(*stretches)


def test_pairs_are_of_lists_alone() -> None:
    assert pairs_of(frozenset({"{b}", "{a}", "word"})) == {"{a}+{b}"}


def test_what_is_weighed_together_is_named_as_such(playbook: Playbook) -> None:
    concern = assess(QUIET, playbook)
    assert concern is not None
    assert concern.rules == (WEIGHT_OF_WORDS,)
    assert concern.heard_by == "no single rule: the words together"


def test_rules_are_named_by_their_ids(playbook: Playbook) -> None:
    concern = assess("I want to kill myself", playbook)
    assert concern is not None
    assert concern.heard_by == ", ".join(concern.rules)


def test_said_outright_is_believed_between_questions_about_forms(playbook: Playbook) -> None:
    text = (
        "Second refusal from the LA. Which form is it for the tribunal, does mediation come first, "
        "and does it count as evidence that she tried to hang herself in the summer?"
    )
    concern = assess(text, playbook)
    assert concern is not None
    assert "child-said-outright" in concern.rules


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I'm on the bridge and I can't go home", Level.IMMEDIATE),
        ("she ran off ten minutes ago and we can't find her anywhere", Level.IMMEDIATE),
        ("he has been saying he wants to die since the new term started", Level.URGENT),
        ("she tells her doll to hold still, and flinches when I lift my hand", Level.URGENT),
    ],
)
def test_now_and_lately_are_told_apart(playbook: Playbook, text: str, level: Level) -> None:
    concern = assess(text, playbook)
    assert concern is not None
    assert concern.level is level


@pytest.mark.parametrize(
    "text",
    [
        "The dog's been walked, the key's under the pot. Thank you all for being so kind",
        "Somebody will have to wake him in the morning. Key's with number 9",
    ],
)
def test_a_house_put_in_order_is_heard(playbook: Playbook, text: str) -> None:
    concern = assess(text, playbook)
    assert concern is not None
    assert concern.level is Level.IMMEDIATE
