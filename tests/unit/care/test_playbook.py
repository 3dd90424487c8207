"""A mistake in the file is told by the path of keys that leads to it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml

from bot.care.node import PlaybookError
from bot.care.playbook import Playbook

from .conftest import URGENT

Data = dict[str, Any]


@pytest.fixture(scope="module")
def data() -> Data:
    loaded: Data = yaml.safe_load(URGENT.read_text(encoding="utf-8"))
    return loaded


def _first_card(data: Data) -> Data:
    return data["cards"]["parent-at-risk"]


MISTAKES: list[tuple[str, Callable[[Data], Any]]] = [
    ("rules[0].level", lambda d: d["rules"][0].update(level="soon")),
    ("rules[0].levle", lambda d: d["rules"][0].update(levle="urgent")),
    ("rules[1].id", lambda d: d["rules"][1].update(id=d["rules"][0]["id"])),
    ("rules[0].any[0]", lambda d: d["rules"][0]["any"].__setitem__(0, "i {nolist} die")),
    ("rules[0].any[0]", lambda d: d["rules"][0]["any"].__setitem__(0, "(a|b")),
    ("rules[0].any", lambda d: d["rules"][0].update(any="i want to die")),
    ("gatherings[0].needs", lambda d: d["gatherings"][0].update(needs=0)),
    ("cards.eating", lambda d: d["cards"].pop("eating")),
    ("cards.parent-at-risk.services.wales", lambda d: _first_card(d)["services"].pop("wales")),
    (
        "cards.parent-at-risk.services.england[0]",
        lambda d: _first_card(d)["services"].update(england=["nobody"]),
    ),
    ("services[0].verified_on", lambda d: d["services"][0].update(verified_on="last week")),
    ("notes.honest", lambda d: d["notes"].update(honest="")),
    ("weights.lists[0]", lambda d: d["weights"].update(lists=["nolist"])),
    ("weights.needs_now", lambda d: d["weights"].pop("needs_now")),
    ("weights.alarm.points.heavy", lambda d: d["weights"]["alarm"]["points"].update(heavy="die")),
    ("weights.now.start", lambda d: d["weights"]["now"].update(start="none")),
    ("rules[0].sure", lambda d: d["rules"][0].update(sure="quite")),
    ("negations[0]", lambda d: d["negations"].insert(0, False)),
    ("words.child[0]", lambda d: d["words"]["child"].insert(0, "{later}")),
]


@pytest.mark.parametrize(
    ("where", "spoil"), MISTAKES, ids=[f"{n}-{w}" for n, (w, _) in enumerate(MISTAKES)]
)
def test_a_mistake_is_located(data: Data, where: str, spoil: Callable[[Data], Any]) -> None:
    spoilt = deepcopy(data)
    spoil(spoilt)
    with pytest.raises(PlaybookError) as told:
        Playbook.from_mapping(spoilt)
    assert told.value.where == where
    assert told.value.wrong


@pytest.mark.parametrize("nothing", [None, [], "text", 3, {}])
def test_what_is_no_playbook_is_refused(nothing: object) -> None:
    with pytest.raises(PlaybookError):
        Playbook.from_mapping(nothing)


def test_it_says_that_it_waits_for_sign_off() -> None:
    head = URGENT.read_text(encoding="utf-8")[:1500]
    assert "safeguarding lead" in head
    assert "sign-off" in head
