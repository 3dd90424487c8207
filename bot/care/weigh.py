"""A second listener: every word weighs a little, and together they may tip the scale.

Rules hear what somebody thought of beforehand. This hears what they did not: a post of quiet,
frightening facts and no question about school. Weights stand in the playbook, in plain sight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.care.fold import BREAK
from bot.care.node import Node, PlaybookError
from bot.care.reading import Reading

WINDOW = 45
"""Words weighed at once; a longer post is weighed in overlapping windows."""
_STEP = 30
MASKED = "·"
"""Stands where an idiom was taken out."""

_OPENING = """
what how who where which when why can could should does do is are will would has have any
anyone tips
"""
_OPENERS = frozenset(_OPENING.split())


@dataclass(frozen=True, slots=True)
class Weighed:
    """The points of the heaviest stretch of a post, and how many would be alarming."""

    points: int
    needs: int

    @property
    def alarming(self) -> bool:
        """Whether the words alone tip the scale."""
        return self.points >= self.needs


@dataclass(frozen=True, slots=True)
class Scale:
    """How much each word, pair of words, list of words and shape of a post weighs, in points."""

    points: Mapping[str, int]
    lists: Mapping[str, tuple[str, ...]]
    """By word or `word*`, the `{list}` names it stands in."""
    start: int
    """Points a post has before any word is weighed."""
    needs: int
    """Points at which a short post tips the scale."""
    needs_long: int
    """Points at which a window of a long post does."""
    doubt: int
    """Points below which the wide rules are not believed."""

    def heaviest(self, reading: Reading, asks: bool) -> Weighed:
        """Weigh a post, in windows when it is long; `asks` tells that it holds a “?”."""
        words = [word for word in reading.words if word not in (BREAK, MASKED)]
        lists = self._lists(reading)
        if len(words) <= WINDOW:
            return Weighed(self._weight(words, asks, lists), self.needs)
        starts = range(0, len(words) - WINDOW + _STEP, _STEP)
        heaviest = max(self._weight(words[at : at + WINDOW], asks, lists) for at in starts)
        return Weighed(heaviest, self.needs_long)

    def shapes(self, reading: Reading, asks: bool) -> list[set[str]]:
        """Return what is weighed in each window: what the points were fitted on."""
        words = [word for word in reading.words if word not in (BREAK, MASKED)]
        starts = range(0, max(1, len(words) - WINDOW + _STEP), _STEP)
        lists = self._lists(reading)
        return [_features(words[at : at + WINDOW], asks, lists) for at in starts]

    def _weight(self, words: Sequence[str], asks: bool, lists: Mapping[str, set[str]]) -> int:
        points = self.points
        return self.start + sum(points.get(f, 0) for f in _features(words, asks, lists))

    def _lists(self, reading: Reading) -> dict[str, set[str]]:
        return {
            names[0]: {name for form in names for name in self.lists.get(form, ())}
            for names in set(reading.names)
        }


def _features(words: Sequence[str], asks: bool, lists: Mapping[str, set[str]]) -> set[str]:
    """Return words, pairs, lists, and the shape of the stretch, each once."""
    found = {*words, *map("_".join, pairwise(words))}
    for word in words:
        found |= lists[word]
    matters = sum("{matters}" in lists[word] for word in words)
    found.add(f"#matters-{min(matters, 4)}")
    found.add(f"#long-{min(5, len(words) // 8)}")
    if asks:
        found.add("#question")
    if matters > 0.15 * len(words):
        found.add("#mostly-matters")
    if words and words[0] in _OPENERS:
        found.add("#asks-first")
    return found


def read_scale(node: Node, lists: Mapping[str, Sequence[str]]) -> Scale:
    """Read `weights`. Points are written `plus 12: word word {list} two_words`."""
    node.only("note", "start", "needs", "needs_long", "doubt", "lists", "points")
    points: dict[str, int] = {}
    for key, words in node.get("points").pairs():
        for word in words.text().split():
            points[word] = _points(key, words.where)
    lists_of: dict[str, list[str]] = {}
    for item in node.get("lists").each():
        name = item.text()
        if name not in lists:
            raise PlaybookError(item.where, f"“{name}” is not a list under words")
        for phrase in lists[name]:
            lists_of.setdefault(phrase, []).append(f"{{{name}}}")
    return Scale(
        points=points,
        lists={word: tuple(names) for word, names in lists_of.items()},
        start=node.get("start").number(-500, 500),
        needs=node.get("needs").number(1, 500),
        needs_long=node.get("needs_long").number(1, 500),
        doubt=node.get("doubt").number(-500, 500),
    )


def _points(key: str, where: str) -> int:
    sign, _, number = key.partition(" ")
    if sign not in ("plus", "minus") or not number.isdigit():
        raise PlaybookError(
            where, "should be called “plus” or “minus” and a number, as in “plus 12”"
        )
    return int(number) if sign == "plus" else -int(number)
