from bot.cases.nation import Nation
from bot.matching.explain import explain
from bot.matching.matcher import build_matcher
from bot.matching.topic import Topic

ASKS = ("how far away must the school be for free transport", "council refused a taxi")
MATCHER = build_matcher(
    (
        Topic("transport", "Can we get school transport?", (Nation.ENGLAND,), ASKS, (), ""),
        Topic("wales-aln", "How does ALN work?", (Nation.WALES,), ("what is an IDP",), (), ""),
    ),
    small=True,
)


def test_an_answer_is_explained_by_phrasing_words_and_what_was_close():
    said = explain(MATCHER.hear("How far away must the school be for free transport?"))
    assert "Answered with “transport”." in said
    assert "nearest phrasing: “how far away must the school be for free transport”" in said
    assert "What was close:" in said
    assert "in 100" in said


def test_silence_and_nation_are_explained():
    assert "only shows interest" in explain(MATCHER.hear("following"))
    assert "Nation: Wales" in explain(MATCHER.hear("We are in Cardiff, what is an IDP?"))
