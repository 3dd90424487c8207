"""A ratchet on our own posts: an edit of the rules may not hear less, nor cry wolf more.

When a figure gets better, raise it here. What the figures may be said to mean stands in
evaluation/sets/care-README.md.
"""

from pathlib import Path
from typing import Any

import yaml

from bot.care.assess import assess
from bot.care.concern import Level
from bot.care.details import find_details
from bot.care.playbook import Playbook

SETS = Path(__file__).parents[3] / "evaluation" / "sets"


def _items(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load((SETS / name).read_text(encoding="utf-8"))["items"]
    return items


def _missed(items: list[dict[str, Any]], playbook: Playbook) -> list[str]:
    return [item["id"] for item in items if assess(item["text"], playbook) is None]


def test_somebody_in_danger_is_heard(playbook: Playbook) -> None:
    items = _items("care-crisis.yaml") + _items("care-fresh.yaml")
    immediate = [item for item in items if item["level"] == "immediate"]
    assert len(_missed(immediate, playbook)) <= 1
    assert len(_missed(items, playbook)) <= 0.03 * len(items)


def test_posts_nothing_was_fitted_on_are_heard(playbook: Playbook) -> None:
    items = [item for item in _items("care-honest.yaml") if item["split"] == "held"]
    danger = [item for item in items if item["kind"] == "crisis"]
    immediate = [item for item in danger if item["level"] == "immediate"]
    ordinary = [item for item in items if item["kind"] == "single"]
    assert _missed(immediate, playbook) == []
    assert len(_missed(danger, playbook)) <= 0.08 * len(danger)
    assert len(_missed(ordinary, playbook)) == len(ordinary)


def test_what_cannot_wait_is_seldom_called_less(playbook: Playbook) -> None:
    names = ("care-crisis.yaml", "care-fresh.yaml", "care-more.yaml")
    items = [item for name in names for item in _items(name) if item.get("level") == "immediate"]
    heard = [concern for item in items if (concern := assess(item["text"], playbook))]
    less = [concern for concern in heard if concern.level is not Level.IMMEDIATE]
    assert len(less) <= 0.05 * len(heard)


def test_look_alikes_seldom_raise_an_alarm(playbook: Playbook) -> None:
    items = _items("care-lookalikes.yaml")
    assert len(items) - len(_missed(items, playbook)) <= 0.10 * len(items)


def test_hard_ordinary_posts_seldom_raise_an_alarm(playbook: Playbook) -> None:
    items = _items("care-ordinary.yaml")
    assert len(items) - len(_missed(items, playbook)) <= 0.07 * len(items)


def test_posts_with_questions_hardly_ever_raise_one(playbook: Playbook) -> None:
    items = [item for item in _items("own.yaml") if not item.get("crisis_ok")]
    assert len(items) - len(_missed(items, playbook)) <= 0.02 * len(items)


def test_company_of_other_parents_kept_aside_raises_few(playbook: Playbook) -> None:
    items = [item for item in _items("care-ordinary.yaml") if item.get("split") == "held"]
    assert len(items) - len(_missed(items, playbook)) <= 0.13 * len(items)


def test_details_are_found_and_not_imagined() -> None:
    items = _items("care-privacy.yaml")
    known = {"0808 808 3555", "0300 061 0614", "0345 123 2303"}
    found = {item["id"] for item in items if find_details(item["text"], known)}
    real = {item["id"] for item in items if item["kind"] == "privacy"}
    assert len(real - found) <= 0.04 * len(real)
    assert len(found - real) <= 0.03 * (len(items) - len(real))


def test_no_id_is_used_twice() -> None:
    ids = [item["id"] for path in sorted(SETS.glob("care-*.yaml")) for item in _items(path.name)]
    assert len(ids) == len(set(ids))
