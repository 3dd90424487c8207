from dataclasses import replace

import pytest

from bot.cases.nation import Nation
from bot.matching.decision import Answer, HandOver, HandOverReason, Ignore, IgnoreReason
from bot.matching.matcher import build_matcher
from bot.matching.topic import Synonym, Topic
from bot.matching.triage import Action, triage

TOPICS = (
    Topic(
        "supporter",
        "Can the Head refuse to let my supporter into the meeting?",
        (Nation.ENGLAND,),
        (
            "School says I have to come on my own",
            "they wont let my mum sit in with me at the school meeting",
            "I asked to bring a friend and was told no",
        ),
        ("supporter",),
        "",
    ),
    Topic(
        "transport",
        "Can my child get school transport?",
        (Nation.ENGLAND,),
        (
            "council refused a taxi to the special school",
            "how far away must the school be for free transport",
            "the minibus has been taken away from us",
        ),
        ("transport", "taxi"),
        "",
    ),
    Topic(
        "wales-aln",
        "How does ALN work in Wales?",
        (Nation.WALES,),
        ("what is an IDP", "who writes an individual development plan"),
        ("ALN",),
        "",
    ),
)
SYNONYMS = (Synonym("council", ("LEA", "local education authority")),)
MATCHER = build_matcher(TOPICS, SYNONYMS)


def first(post: str) -> str:
    return triage(MATCHER.hear(post)).topics[0]


def test_a_question_in_our_own_words_is_answered():
    (part,) = MATCHER.hear("How far away must the school be for free transport?").parts
    assert isinstance(part.decision, Answer)
    assert part.decision.candidate.entry == "transport"
    assert part.decision.evidence.ranked[0].phrasing is not None


def test_old_words_and_phone_spelling_make_no_difference():
    assert first("the LEA refusd a taxi 2 the speshul school, can they") == "transport"


def test_two_questions_become_two_parts_in_the_order_asked():
    post = "Can I bring a friend to the meeting? And will the council pay for a taxi to school?"
    entries = [part.decision.evidence.ranked[0].entry for part in MATCHER.hear(post).parts]
    assert entries == ["supporter", "transport"]


def test_following_is_ignored_as_interest():
    heard = MATCHER.hear("following")
    assert heard.parts == ()
    assert isinstance(heard.ignored, Ignore)
    assert heard.ignored.reason is IgnoreReason.FOLLOWING


def test_asking_after_somebody_goes_to_people_with_hints():
    (part,) = MATCHER.hear("Did you get the taxi in the end? Same thing happening to us").parts
    assert isinstance(part.decision, HandOver)
    assert part.decision.reason is HandOverReason.ASKS_AFTER_SOMEONE
    assert part.decision.near[0].entry == "transport"


def test_an_english_entry_is_never_given_to_a_post_from_wales():
    for post in (
        "I'm in Cardiff, can we get a taxi to school?",
        "IDP in Swansea, can I bring mum?",
    ):
        hearing = MATCHER.hear(post)
        assert hearing.nation is Nation.WALES
        named = {c.entry for part in hearing.parts for c in part.decision.evidence.ranked}
        assert named <= {"wales-aln"}


def test_anything_at_all_is_heard_without_a_fault():
    for post in (
        "",
        " ",
        "!!!",
        "\u200b" * 50,
        "x" * 6000,
        "مدرسه",
        "a? " * 2000,
        "```\ncode\n```",
    ):
        assert triage(MATCHER.hear(post)).action in set(Action)


def test_the_same_post_is_heard_the_same_twice():
    post = "They won't let my mum in and the taxi is gone, what now?"
    assert MATCHER.hear(post) == MATCHER.hear(post) == build_matcher(TOPICS, SYNONYMS).hear(post)


def test_a_link_passed_on_without_a_question_is_let_be():
    heard = MATCHER.hear("[school transport](https://bad.example.net) log in here")
    assert heard.parts == ()


@pytest.mark.parametrize(
    "post",
    [
        "ابني مصاب بالتوحد والمدرسة لا تساعده ولا نعرف ماذا نفعل",
        "Moja córka ma autyzm i szkoła nie chce jej pomóc, nie wiemy już co robić",
        "Mera beta autistic hai aur school wale madad nahi kar rahe, samajh nahi aata",
        "Mae fy mab yn cael ei anfon adref bob dydd ac rwyf ar ben fy nhennyn",
        "x" * 4000,
    ],
)
def test_what_we_cannot_read_is_never_taken_for_talk(post: str):
    (part,) = MATCHER.hear(post).parts
    assert isinstance(part.decision, HandOver)


def test_talk_in_few_common_words_stays_talk():
    for post in (
        "tribunal day tomorrow, wish us luck everyone",
        "three different people, three different answers, classic",
        "woooooooooooooooooooooo hoooooooooooooo",
        "🙂" * 2000,
    ):
        assert MATCHER.hear(post).parts == ()


def test_a_question_that_says_little_leans_on_what_was_said_before_it():
    post = (
        "The council refused a taxi to the special school. Can they do that? On Monday they "
        "wouldn't let my mum sit in with me at the school meeting. Are they allowed to?"
    )
    leads = [part.decision.evidence.ranked[0].entry for part in MATCHER.hear(post).parts]
    assert leads == ["transport", "supporter"]


def test_a_story_teaches_and_never_stands_as_evidence():
    story = "He sat in the hall with his coat on until two because nobody came to fetch him."
    told = replace(TOPICS[1], stories=(story,))
    matcher = build_matcher((TOPICS[0], told), SYNONYMS)
    (part,) = matcher.hear("he sat in the hall, coat on, until two, nobody came for him").parts
    best = part.decision.evidence.ranked[0]
    assert best.entry == "transport"
    assert best.phrasing in (told.title, *told.asks)
