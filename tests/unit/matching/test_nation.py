import pytest

from bot.cases.nation import Nation
from bot.matching.decision import HandOver, HandOverReason
from bot.matching.matcher import build_matcher
from bot.matching.nation import spoken_from
from bot.matching.topic import Topic


@pytest.mark.parametrize(
    ("post", "nation"),
    [
        ("We're in Cardiff, who writes the IDP?", Nation.WALES),
        ("What is a CSP?", Nation.SCOTLAND),
        ("Can I take my pal to a meeting in Falkirk", Nation.SCOTLAND),
        ("How do I ask the EA for a statutory assessment?", Nation.NORTHERN_IRELAND),
        ("He has an EHCP and we live in Leeds", Nation.ENGLAND),
        ("Leaving Glasgow for York, what happens to his plan?", None),
        ("Can they send him home?", None),
    ],
)
def test_the_nation_is_read_from_places_and_words(post, nation):
    assert spoken_from(post, None) is nation


def test_what_the_post_says_outranks_what_the_member_chose():
    assert spoken_from("We are in Swansea", Nation.SCOTLAND) is Nation.WALES
    assert spoken_from("Can they do that?", Nation.SCOTLAND) is Nation.SCOTLAND


def test_without_an_overview_another_nations_answer_becomes_a_hand_over():
    asks = ("The school has suspended my son", "How many days can a suspension last?")
    matcher = build_matcher(
        (
            Topic("suspension", "My child is suspended", (Nation.ENGLAND,), asks, (), ""),
            Topic("benefits", "Can I claim DLA?", (Nation.UK,), ("dla form help",), (), ""),
        ),
        small=True,
    )
    (part,) = matcher.hear("How many days can a suspension last in Glasgow?").parts
    assert isinstance(part.decision, HandOver)
    assert part.decision.reason is HandOverReason.OTHER_NATION
