import numpy as np
import pytest

from bot.matching.triage import Action, Triage
from evaluation.calibrate import crossed, fit, threshold
from evaluation.intents import Lines, Ours, draw, named
from evaluation.metrics import auroc, coverage_at, rejected_at, top_k
from evaluation.posts import Judged, Post, f1, figures


def test_ranks_and_separation():
    scores = np.array([[0.9, 0.1, 0.0], [0.2, 0.3, 0.5], [0.6, 0.5, 0.1]])
    label = np.array([0, 1, 1])
    assert top_k(scores, label, 1) == pytest.approx(1 / 3)
    assert top_k(scores, label, 2) == 1.0
    assert auroc(np.array([2.0, 3.0]), np.array([0.0, 1.0])) == 1.0
    assert auroc(np.array([1.0]), np.array([1.0])) == 0.5
    assert rejected_at(np.arange(100.0), np.array([-1.0, 200.0])) == 0.5


def test_coverage_is_the_largest_share_at_a_precision():
    confidence = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, True, False, True])
    assert coverage_at(confidence, right, 1.0) == 0.5
    assert coverage_at(confidence, right, 0.75) == 1.0


def test_a_logistic_learns_what_separates():
    dice = np.random.default_rng(0)
    rows = dice.normal(size=(300, 2))
    right = rows[:, 0] > 0
    weights = fit(rows, right)
    assert weights[1] > 5 * abs(weights[2])
    chance = crossed(rows, right)
    assert auroc(chance[right], chance[~right]) > 0.98
    assert (chance[right] >= threshold(chance, 0.05)).mean() > 0.8


def test_shots_are_drawn_alike_for_one_seed_and_never_out_of_scope():
    lines = Lines(tuple("abcdefgh"), ("x",) * 4 + ("y",) * 3 + ("oos",))
    assert draw(lines, 2, 1) == draw(lines, 2, 1)
    assert sorted(draw(lines, 2, 1).labels) == ["x", "x", "y", "y"]
    assert len(draw(lines, None, 1).texts) == 7


def judged(kind: str, action: Action, got: tuple[str, ...], **known: object) -> Judged:
    base = {"primary": None, "also": (), "topics": (), "gap": None}
    return Judged(Post("p", kind, "text", **{**base, **known}), Triage(action, got), 0.5, 1.0)


def test_a_label_that_says_something_is_a_line_and_a_number_is_not():
    lines = named(Lines(("has it come", "pin lost", "x"), ("card_arrival", "lost-PIN", "17")))
    assert lines.texts[3:] == ("card arrival", "lost PIN")
    assert lines.labels[3:] == ("card_arrival", "lost-PIN")


def test_shares_are_chosen_without_the_encoder_too():
    texts = ("the taxi is late", "taxi never came", "who pays the fee", "is there a fee to pay")
    ours = Ours(None)
    ours.fit(texts, np.array([0, 0, 1, 1]), 2)
    assert ours.score("no taxi again").argmax() == 0
    assert ours.score("what fee").argmax() == 1


def test_figures_count_what_they_say():
    found = figures(
        (
            judged("single", Action.ANSWER, ("a",), primary="a"),
            judged("single", Action.ANSWER, ("b", "a"), primary="a"),
            judged("single", Action.HANDOFF, ("c",), primary="a", also=("c",)),
            judged("oos", Action.ANSWER, ("new",), gap="new"),
            judged("oos", Action.HANDOFF, ("a",)),
            judged("chatter", Action.IGNORE, ()),
        )
    )
    assert found.top1 == pytest.approx(2 / 3)
    assert found.recall3 == pytest.approx(2 / 3)
    assert found.coverage == pytest.approx(2 / 3)
    assert found.wrong == pytest.approx(1 / 2)
    assert (found.oos, found.gaps, found.chatter) == (0.0, 1.0, 0.0)


def test_f1_of_several_questions():
    one = judged("multi", Action.ANSWER, ("a", "x"), topics=("a", "b"), also=("x",))
    assert f1(one) == pytest.approx(2 / 3)
    assert f1(judged("multi", Action.HANDOFF, (), topics=("a",))) == 0.0
