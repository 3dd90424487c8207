"""Fit the points of the `weights` in `knowledge/urgent.yaml`, and print them as YAML.

    python -m evaluation.build.care_weights

Alarming posts are the crisis sets; ordinary ones are the look-alikes, the ordinary posts, the
second frozen set and the phrasings of the knowledge. Whatever is marked `split: held` is left out.
Points are forty times a logistic weight, rounded. Everyday words and pairs of lists are held back:
a heap of small words must not raise an alarm by itself.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.care.playbook import Playbook
from bot.care.post import read_post
from bot.care.stem import stem
from bot.care.weigh import pairs_of

ROOT = Path(__file__).parents[2]
SETS = ROOT / "evaluation" / "sets"
FILES = ("crisis", "fresh", "lookalikes", "ordinary", "more", "honest")
PER_UNIT = 40
SEEN = 3
"""A feature that fewer posts hold is chance."""

_EVERYDAY_WORDS = """
and is are be been am was were not have has had do did does i he him his me my you your her she they
them we us it its this that there then than so but or if to of in into on out off up down at by for
from with as about all any some one no after back over where when while who what would will can
could should go goes went get got put tell told said say being thing think know make made want
just still only another since because how wait ring rung week month day
"""
EVERYDAY = frozenset(map(stem, _EVERYDAY_WORDS.split()))
EVERYDAY_REACH, PAIR_REACH = 0.4, 0.6
"""How far such a feature may pull, beside a word that tells something."""
ORDINARY_SHARE, LOOK_ALIKE_SHARE = 3.0, 3.0
"""How much an ordinary post and a look-alike count, where one in danger counts 1."""
_SHARES = {"single": ORDINARY_SHARE, "crisis_negative": LOOK_ALIKE_SHARE}

# Their phrasings are about danger, and so are not ordinary.
_NOT_ORDINARY = ("urgent-help", "breaking-point", "violent-at-home", "restraint")
_FEATURE = re.compile(r"[#{}+a-z0-9_-]+")

Found = frozenset[str]


@dataclass(frozen=True)
class Fit:
    """How closely a fit follows the posts, and which points are too few to print."""

    closeness: float
    least: int


ALARM = Fit(closeness=0.06, least=3)
NOW = Fit(closeness=0.2, least=8)


@dataclass(frozen=True)
class Sample:
    """What is weighed in a stretch of a post, whether it counts as a yes, and how much."""

    found: Found
    yes: bool
    share: float = 1.0


def fit(samples: Sequence[Sample], how: Fit) -> tuple[int, dict[str, int]]:
    """Return the points a post starts with, and the points of each feature."""
    table = DictVectorizer()
    matrix = table.fit_transform(
        [{name: _reach(name) for name in (*s.found, *pairs_of(s.found))} for s in samples]
    )
    common = (matrix > 0).sum(axis=0).A1 >= SEEN
    model = LogisticRegression(C=how.closeness, class_weight="balanced", max_iter=3000)
    model.fit(matrix[:, common], [s.yes for s in samples], [s.share for s in samples])
    names = [name for name, kept in zip(table.get_feature_names_out(), common, strict=True) if kept]
    points = {
        name: round(weight * _reach(name) * PER_UNIT)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if _FEATURE.fullmatch(name)
    }
    start = round(model.intercept_[0] * PER_UNIT)
    return start, {name: p for name, p in points.items() if abs(p) >= how.least}


def _reach(name: str) -> float:
    if name in EVERYDAY:
        return EVERYDAY_REACH
    return PAIR_REACH if "+" in name else 1.0


def as_yaml(start: int, points: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines that stand under `alarm` or `now` in the playbook."""
    yield f"    start: {start}"
    yield "    points:"
    by_points: dict[int, list[str]] = defaultdict(list)
    for name, number in points.items():
        by_points[number].append(name)
    for number in sorted(by_points, reverse=True):
        yield f"      {'plus' if number > 0 else 'minus'} {abs(number)}: >-"
        words = " ".join(sorted(by_points[number]))
        yield from (f"        {line}" for line in wrap(words, 90, break_on_hyphens=False))


def alarm_samples(playbook: Playbook) -> Iterator[Sample]:
    """Yield what tells danger from everything else."""
    for item in _items():
        alarming = item["kind"] == "crisis"
        stretches = _stretches(item["text"], playbook)
        share = 1.0 if alarming else _SHARES[item["kind"]]
        yield from (Sample(s, alarming, share) for s in stretches[: 1 if alarming else None])
    for text, share in _ordinary():
        yield from (Sample(s, yes=False, share=share) for s in _stretches(text, playbook))


def now_samples(playbook: Playbook) -> Iterator[Sample]:
    """Yield what tells immediate danger from the rest of it."""
    for item in _items():
        if item["kind"] == "crisis":
            stretch = _stretches(item["text"], playbook)[0]
            yield Sample(stretch, item["level"] == "immediate")


def _stretches(text: str, playbook: Playbook) -> list[Found]:
    return playbook.scale.stretches(read_post(text, playbook).reading, text)


def _items() -> Iterator[dict[str, Any]]:
    for name in FILES:
        yield from (item for item in _read(f"care-{name}.yaml") if item.get("split") != "held")


def _ordinary() -> Iterator[tuple[str, float]]:
    for item in _read("own.yaml"):
        if item.get("split") != "held" and not item.get("crisis_ok"):
            yield item["text"], ORDINARY_SHARE
    for path in sorted((ROOT / "knowledge" / "entries").glob("*/*.yaml")):
        if not any(part in path.name for part in _NOT_ORDINARY):
            entry = yaml.safe_load(path.read_text(encoding="utf-8"))
            yield from ((text, 0.15) for text in entry.get("asks", []))


def _read(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load((SETS / name).read_text(encoding="utf-8"))["items"]
    return items


def main() -> None:
    """Print the fitted weights."""
    urgent = (ROOT / "knowledge" / "urgent.yaml").read_text(encoding="utf-8")
    playbook = Playbook.from_mapping(yaml.safe_load(urgent))
    for name, samples, how in (
        ("alarm", list(alarm_samples(playbook)), ALARM),
        ("now", list(now_samples(playbook)), NOW),
    ):
        sys.stdout.write(f"  {name}:\n")
        sys.stdout.writelines(f"{line}\n" for line in as_yaml(*fit(samples, how)))


if __name__ == "__main__":
    main()
