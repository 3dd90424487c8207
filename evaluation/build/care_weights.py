"""Fit the points of the `weights` in `knowledge/urgent.yaml`, and print them as YAML.

    python -m evaluation.build.care_weights

Alarming posts are the crisis sets; ordinary ones are the look-alikes, the ordinary posts, the
second frozen set and the phrasings of the knowledge. Every third post of the first three files is
left out, as is the held part of the frozen set. Points are forty times a logistic weight, rounded.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.care.playbook import Playbook
from bot.care.post import read_post

ROOT = Path(__file__).parents[2]
SETS = ROOT / "evaluation" / "sets"
LEAST = 3
MOST = 40
BASE = 100
"""Added to every post, so that what it needs is a positive number in the file."""

# Their phrasings are about danger, and so are not ordinary.
_NOT_ORDINARY = ("urgent-help", "breaking-point", "violent-at-home", "restraint")
_FEATURE = re.compile(r"[#{}a-z0-9_-]+")


def fit(playbook: Playbook) -> tuple[int, dict[str, int]]:
    """Return the points a post starts with, and the points of each feature."""
    alarming = [next(_shapes(text, playbook)) for text in _alarming()]
    ordinary = [shape for text in _ordinary() for shape in _shapes(text, playbook)]
    table = DictVectorizer()
    matrix = table.fit_transform([dict.fromkeys(shape, 1) for shape in alarming + ordinary])
    common = (matrix > 0).sum(axis=0).A1 >= 2
    model = LogisticRegression(C=0.06, class_weight="balanced", max_iter=1000)
    model.fit(matrix[:, common], [1] * len(alarming) + [0] * len(ordinary))
    names = [name for name, kept in zip(table.get_feature_names_out(), common, strict=True) if kept]
    points = {
        name: max(-MOST, min(MOST, round(weight * 40)))
        for name, weight in zip(names, model.coef_[0], strict=True)
        if _FEATURE.fullmatch(name)
    }
    start = BASE + round(model.intercept_[0] * 40)
    return start, {name: p for name, p in points.items() if abs(p) >= LEAST}


def as_yaml(start: int, points: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines that stand under `weights` in the playbook."""
    yield f"  start: {start}"
    yield "  points:"
    by_points: dict[int, list[str]] = defaultdict(list)
    for name, number in points.items():
        by_points[number].append(name)
    for number in sorted(by_points, reverse=True):
        yield f"    {'plus' if number > 0 else 'minus'} {abs(number)}: >-"
        words = " ".join(sorted(by_points[number]))
        yield from (f"      {line}" for line in wrap(words, 92, break_on_hyphens=False))


def _shapes(text: str, playbook: Playbook) -> Iterator[set[str]]:
    yield from playbook.scale.shapes(read_post(text, playbook).reading, "?" in text)


def _alarming() -> Iterator[str]:
    yield from _two_thirds("care-crisis.yaml")
    yield from (item["text"] for item in _items("care-fresh.yaml"))


def _ordinary() -> Iterator[str]:
    yield from _two_thirds("care-lookalikes.yaml")
    yield from _two_thirds("care-ordinary.yaml")
    for item in _items("own.yaml"):
        if item.get("split") != "held" and not item.get("crisis_ok"):
            yield item["text"]
    for path in sorted((ROOT / "knowledge" / "entries").glob("*/*.yaml")):
        if not any(part in path.name for part in _NOT_ORDINARY):
            yield from yaml.safe_load(path.read_text(encoding="utf-8")).get("asks", [])


def _two_thirds(name: str) -> Iterator[str]:
    yield from (item["text"] for n, item in enumerate(_items(name)) if n % 3 != 2)


def _items(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load((SETS / name).read_text(encoding="utf-8"))["items"]
    return items


def main() -> None:
    """Print the fitted weights."""
    urgent = (ROOT / "knowledge" / "urgent.yaml").read_text(encoding="utf-8")
    start, points = fit(Playbook.from_mapping(yaml.safe_load(urgent)))
    sys.stdout.writelines(f"{line}\n" for line in as_yaml(start, points))


if __name__ == "__main__":
    main()
