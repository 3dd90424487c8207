"""No change may lower the figures on the frozen set by more than noise."""

from dataclasses import asdict

import pytest

from bot.matching.matcher import build_matcher
from evaluation.floor import FLOOR, Bound, read_floor
from evaluation.knowledge import read_synonyms, read_topics
from evaluation.posts import figures, judge, read_posts


@pytest.fixture(scope="module")
def found():
    matcher = build_matcher(read_topics(), read_synonyms())
    assert matcher.missing is None
    return asdict(figures(judge(matcher, read_posts(FLOOR.with_name("own.yaml")))))


@pytest.mark.parametrize("bound", read_floor(), ids=lambda bound: bound.name)
def test_no_figure_falls_by_more_than_noise(found, bound):
    assert bound.kept(found[bound.name]), f"was {bound.was}, is {found[bound.name]}"


def test_noise_is_a_standard_error_and_at_least_one_post():
    assert Bound("top1", 0.8, 100).kept(0.765)
    assert not Bound("top1", 0.8, 100).kept(0.75)
    assert Bound("chatter", 0.0, 40).kept(1 / 40)
    assert not Bound("chatter", 0.0, 40).kept(2 / 40)
