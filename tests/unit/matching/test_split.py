import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.act import asks, asks_after_someone, follows, straight
from bot.matching.split import pieces


def texts(post: str) -> list[str]:
    return [piece.text for piece in pieces(post)]


def test_sentences_lists_and_joined_questions_come_apart():
    post = (
        "He is nine. Are they allowed to send him home and what should I say next time?\n"
        "1) who pays for the taxi\n2) can we appeal"
    )
    assert texts(post) == [
        "He is nine.",
        "Are they allowed to send him home",
        "and what should I say next time?",
        "who pays for the taxi",
        "can we appeal",
    ]


def test_a_long_run_without_stops_is_cut_where_questions_open():
    post = (
        "so my lad has been off since easter and nobody has rung me and the work stopped coming "
        "weeks ago and i have no idea what is going on can they just leave him like this what "
        "happens with his exams"
    )
    assert texts(post)[-2:] == ["can they just leave him like this", "what happens with his exams"]


def test_an_answer_of_no_ends_a_sentence_and_a_number_does_not():
    assert texts("They said no.\n\nAre they right about the car?") == [
        "They said no.",
        "Are they right about the car?",
    ]
    assert texts("He said no. What now?") == ["He said no.", "What now?"]
    assert texts("See form no. 12 for it.") == ["See form no. 12 for it."]


def test_lines_broken_by_a_mail_program_are_one_sentence():
    post = (
        "The school rang again yesterday to say that they would\n"
        "not have him back until somebody has written a plan for\n"
        "the playground.\n"
        "can they do that\n"
        "who writes the plan"
    )
    assert texts(post) == [
        "The school rang again yesterday to say that they would\n"
        "not have him back until somebody has written a plan for\n"
        "the playground.",
        "can they do that",
        "who writes the plan",
    ]


def test_story_joined_by_who_or_which_stays_whole():
    post = "I rang the officer, who is on leave, and the plan, which is a joke, was not there."
    assert texts(post) == [post]


@given(st.text(max_size=400))
def test_every_piece_is_a_verbatim_stretch_in_order(post):
    found = pieces(post)
    assert [p.start for p in found] == sorted(p.start for p in found)
    for piece in found:
        assert post[piece.start : piece.start + len(piece.text)] == piece.text


@pytest.mark.parametrize(
    "said",
    [
        "can they do that",
        "Where do we stand?",
        "i dont know how to answer them",
        "any advice welcome",
        "how long have we got",
        "If they find him a place, who takes him there, now I've no car.",
    ],
)
def test_questions_are_heard_with_and_without_the_mark(said):
    assert asks(said)


@pytest.mark.parametrize(
    "said", ["He is nine.", "It went well today.", "Who does that?", "What a joke!"]
)
def test_story_and_rhetoric_are_not_questions(said):
    assert not asks(said)


def test_a_relative_clause_is_not_a_straight_question():
    assert not straight("which nobody told us about")


def test_asking_after_somebody_differs_from_asking_for_oneself():
    assert asks_after_someone("How did you get on at the tribunal?")
    assert not asks_after_someone("How do I get on the list?")


def test_following_is_the_whole_message_or_nothing():
    assert follows("Following")
    assert follows("same here x")
    assert not follows("Following our meeting the school has stopped his support, what can we do?")
