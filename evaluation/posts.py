"""Frozen posts of our own kind: what they are labelled with, and what matching makes of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.matching.ports import Matcher
from bot.matching.triage import Action, Triage, triage

DOMAIN = ("single", "multi", "oos", "chatter", "metoo")


@dataclass(frozen=True, slots=True)
class Post:
    """One labelled post."""

    id: str
    kind: str
    text: str
    primary: str | None
    also: tuple[str, ...]
    topics: tuple[str, ...]
    gap: str | None
    """For a gap in the knowledge when it was labelled: the topic that would answer it."""

    def right(self, topic: str) -> bool:
        """Tell whether an entry answers a post of one question, counting the alternatives."""
        return topic == self.primary or topic in self.also


@dataclass(frozen=True, slots=True)
class Judged:
    """A post and what matching made of it."""

    post: Post
    triage: Triage
    confidence: float
    milliseconds: float


def read_posts(
    path: Path, kinds: Sequence[str] = DOMAIN, *, split: str | None = "tune"
) -> tuple[Post, ...]:
    """Read a file in the frozen sets' layout, keeping the kinds that matching answers for.

    Where posts are split, only those of `split` are kept: `held` ones are read once, at the end.
    """
    items: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["items"]
    return tuple(
        _post(item)
        for item in items
        if item["kind"] in kinds and split in (None, item.get("split", split))
    )


def _post(item: dict[str, Any]) -> Post:
    gap = item.get("suggested_topic") if item.get("subkind") == "in_domain_gap" else None
    return Post(
        id=item["id"],
        kind=item["kind"],
        text=item["text"],
        primary=item.get("primary"),
        also=tuple(item.get("also") or ()),
        topics=tuple(item.get("topics") or ()),
        gap=gap,
    )


def judge(matcher: Matcher, posts: Iterable[Post]) -> tuple[Judged, ...]:
    """Hear every post."""
    return tuple(_judge(matcher, post) for post in posts)


def _judge(matcher: Matcher, post: Post) -> Judged:
    began = time.process_time()
    hearing = matcher.hear(post.text)
    spent = (time.process_time() - began) * 1000
    confidence = max((p.decision.evidence.confidence for p in hearing.parts), default=0.0)
    return Judged(post, triage(hearing), confidence, spent)


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a set of posts was served. All but the times are shares, 0 to 1."""

    top1: float
    top1_strict: float
    recall3: float
    coverage: float
    wrong: float
    """Of the confident answers to single questions, those that are wrong."""
    multi_f1: float
    oos: float
    """Of out-of-scope posts, those answered confidently and not by the entry for the gap."""
    gaps: float
    """The same for gaps alone, counting every confident answer but an accepted alternative."""
    chatter: float
    metoo: float
    p50: float
    p99: float


def figures(judged: Sequence[Judged]) -> Figures:
    """Sum up judged posts."""
    single = _kind(judged, "single")
    sure = [one for one in single if one.triage.action is Action.ANSWER]
    gaps = [one for one in _kind(judged, "oos") if one.post.gap]
    times = sorted(one.milliseconds for one in judged) or [0.0]
    return Figures(
        top1=_share(single, _lenient),
        top1_strict=_share(single, lambda o: o.triage.topics[:1] == (o.post.primary,)),
        recall3=_share(single, lambda o: o.post.primary in o.triage.topics[:3]),
        coverage=len(sure) / len(single) if single else 0.0,
        wrong=1 - _share(sure, _lenient) if sure else 0.0,
        multi_f1=_mean([f1(one) for one in _kind(judged, "multi")]),
        oos=_share(_kind(judged, "oos"), _misled),
        gaps=_share(gaps, lambda o: _sure(o) and not set(o.triage.topics[:1]) & set(o.post.also)),
        chatter=_share(_kind(judged, "chatter"), _sure),
        metoo=_share(_kind(judged, "metoo"), _sure),
        p50=times[len(times) // 2],
        p99=times[min(len(times) - 1, int(len(times) * 0.99))],
    )


def f1(one: Judged) -> float:
    """Give F1 of the surfaced entries; an accepted alternative counts as precise."""
    got, want = set(one.triage.topics), set(one.post.topics)
    good, hit = got & (want | set(one.post.also)), got & want
    if not good or not hit:
        return 0.0
    precision, recall = len(good) / len(got), len(hit) / len(want)
    return 2 * precision * recall / (precision + recall)


def _kind(judged: Sequence[Judged], kind: str) -> list[Judged]:
    return [one for one in judged if one.post.kind == kind]


def _lenient(one: Judged) -> bool:
    return bool(one.triage.topics) and one.post.right(one.triage.topics[0])


def _sure(one: Judged) -> bool:
    return one.triage.action is Action.ANSWER


def _misled(one: Judged) -> bool:
    accepted = {one.post.gap, *one.post.also}
    return _sure(one) and not set(one.triage.topics[:1]) & accepted


def _share(many: Sequence[Judged], holds: object) -> float:
    assert callable(holds)
    return sum(bool(holds(one)) for one in many) / len(many) if many else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
