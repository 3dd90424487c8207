"""What is heard, and what is not: the behaviours a volunteer lead relies on."""

import pytest

from bot.care.assess import assess
from bot.care.concern import Flow, Level, Who
from bot.care.playbook import Playbook


@pytest.mark.parametrize(
    "text",
    [
        "i don't want to be here any more",
        "I want to d1e",
        "i want to k i l l m y s e l f",
        "thinking about su1c1de again",
        "thinking about sui\u200bcide again",
        "thinking about ѕuісіdе again",
        "i am suicdal",
        "i wanna kms",
        "i want to diiiiie",
        "i keep thinking about self-harm, i cut myself last night",
    ],
)
def test_disguises_and_typing_make_no_difference(playbook: Playbook, text: str) -> None:
    concern = assess(text, playbook)
    assert concern is not None
    assert concern.flow is Flow.PARENT_AT_RISK
    assert concern.who is Who.PARENT


@pytest.mark.parametrize(
    "text",
    [
        "This form is killing me",
        "I'm dying to know what they said at the meeting",
        "I nearly died of embarrassment in the school office",
        "Is this really the hill to die on?",
        "School have cut his hours again",
        "He has never self harmed and does not want to die, can that be in the report?",
        "I can't cope with this school any more, how do I complain?",
        "Do schools have to have a restraint policy?",
    ],
)
def test_ways_of_speaking_are_no_alarm(playbook: Playbook, text: str) -> None:
    assert assess(text, playbook) is None


def test_a_child_who_says_so_is_the_child_at_risk(playbook: Playbook) -> None:
    concern = assess("My son is 8 and he keeps saying he wants to die", playbook)
    assert concern is not None
    assert (concern.who, concern.flow) == (Who.CHILD, Flow.CHILD_AT_RISK)


def test_a_young_person_writing_is_a_child(playbook: Playbook) -> None:
    concern = assess("im 14 and i want to die", playbook)
    assert concern is not None
    assert concern.who is Who.CHILD


def test_something_swallowed_is_immediate_and_medical(playbook: Playbook) -> None:
    concern = assess("she's swallowed a button battery what do i do", playbook)
    assert concern is not None
    assert (concern.level, concern.flow) == (Level.IMMEDIATE, Flow.MEDICAL)


def test_a_concern_carries_rule_ids_and_no_words(playbook: Playbook) -> None:
    concern = assess("i am going to end my life tonight", playbook)
    assert concern is not None
    assert concern.rules
    known = {rule.id for rule in playbook.rules}
    assert set(concern.rules) <= known | {g.id for g in playbook.gatherings}
