"""A second listener: every word weighs a little, and together they may tip the scale.

Rules hear what somebody thought of beforehand. This hears what they did not: a post of quiet,
frightening facts and no question about school. Weights stand in the playbook, in plain sight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bot.care.fold import BREAK
from bot.care.node import Node, PlaybookError
from bot.care.reading import Reading
from bot.care.stem import stem

WINDOW = 51
"""Words weighed at once, breaks among them; a longer post is weighed in overlapping windows."""
_STEP = 30
MASKED = "·"
"""Stands where an idiom was taken out."""

_YOUNGEST, _OLDEST = 2, 19
_OPENING = """
what how who where which when can could should do does is are any anyone will
"""
_OPENERS = frozenset(_OPENING.split())


@dataclass(frozen=True, slots=True)
class Weighed:
    """The points of the heaviest stretch of a post."""

    points: int
    alarming: bool
    """Whether the words alone tip the scale."""
    pressing: int
    """Points of the same stretch for something that is happening now."""


@dataclass(frozen=True, slots=True)
class Points:
    """How much each stem, list, pair of lists and shape of a post weighs."""

    start: int
    """Points a post has before any word is weighed."""
    single: Mapping[str, int]
    bits: Mapping[str, int]
    """One bit for each list that weighs something beside another."""
    pairs: tuple[tuple[int, int], ...]
    """The bits of two lists, and what they weigh together."""

    def of(self, found: frozenset[str]) -> int:
        """Return the points of what was found in one stretch, each counted once."""
        points = self.start + sum(map(self.single.__getitem__, self.single.keys() & found))
        held = sum(map(self.bits.__getitem__, self.bits.keys() & found))
        return points + sum(number for both, number in self.pairs if both & held == both)


@dataclass(frozen=True, slots=True)
class Scale:
    """What is weighed, how much it weighs, and at how many points something is done."""

    lists: Mapping[str, frozenset[str]]
    """By phrase or `word*`, the `{list}` names it stands in."""
    longer: Mapping[str, tuple[int, ...]]
    """By first word, how many words the longer phrases of the lists have."""
    known: Mapping[str, tuple[str, ...]]
    """The stems and lists of the words of the playbook, looked up beforehand."""
    alike: Mapping[str, str]
    """Words that weigh the same as another: “she” as “he”."""
    alarm: Points
    now: Points
    needs: int
    """Points at which a short post tips the scale."""
    needs_long: int
    """Points at which a window of a long post does."""
    doubt: int
    """Points below which the wide rules are not believed."""
    disbelief: int
    """Points below which only the firm rules are believed."""
    needs_now: int
    """Points for “now” at which an alarm is immediate."""
    calm: int
    """Points for “now” below which a rule's “immediate” is taken as urgent."""

    def weigh(self, reading: Reading, text: str) -> Weighed:
        """Weigh a post, in windows when it is long; `text` is the post as it was written."""
        stretches = self.stretches(reading, text)
        points, heaviest = max(
            ((self.alarm.of(found), found) for found in stretches), key=lambda pair: pair[0]
        )
        needs = self.needs if len(stretches) == 1 else self.needs_long
        return Weighed(points, points >= needs, self.now.of(heaviest))

    def stretches(self, reading: Reading, text: str) -> list[frozenset[str]]:
        """Return what is weighed in each window: what the points were fitted on."""
        words = reading.words
        called = self._called(reading)
        shape = _shape(text)
        size = len(words)
        starts = [0] if size <= WINDOW else range(0, size - WINDOW + _STEP, _STEP)
        return [
            frozenset().union(shape, *called[at : at + WINDOW], _length(words[at : at + WINDOW]))
            for at in starts
        ]

    def _called(self, reading: Reading) -> list[tuple[str, ...]]:
        """Return for each place the stem of its word, and the lists whose phrase begins there."""
        words, names = reading.words, reading.names
        forms = dict(zip(words, names, strict=True))
        known = {
            word: self.known.get(word) or self.single(word, names) for word, names in forms.items()
        }
        called = [known[word] for word in words]
        for at, word in enumerate(words):
            for size in self.longer.get(word, ()):
                if lists := self.lists.get(" ".join(words[at : at + size])):
                    called[at] = (*called[at], *lists)
        return called

    def single(self, word: str, forms: Sequence[str]) -> tuple[str, ...]:
        """Return the stem of `word`, and the lists that it or one of its `forms` stands in."""
        if word in (BREAK, MASKED):
            return ()
        if word.isdigit():
            return ("#age" if _YOUNGEST <= int(word[:4]) <= _OLDEST else "#number",)
        lists = {name for form in forms for name in self.lists.get(form, ())}
        return (stem(self.alike.get(word, word)), *lists)


def _shape(text: str) -> set[str]:
    found = set()
    if "?" in text:
        found.add("#question")
    if " just " in f" {text[:400].lower()} ":
        found.add("#just")
    return found


def _length(words: Sequence[str]) -> set[str]:
    """Return how long a stretch is, in words and sentences, and whether a sentence asks."""
    breaks = [-1, *(at for at, word in enumerate(words) if word == BREAK)]
    firsts = [words[at + 1] for at in breaks if at + 1 < len(words) and words[at + 1] != BREAK]
    found = {
        f"#long-{min(5, (len(words) - len(breaks)) // 8)}",
        f"#sentences-{min(4, len(firsts))}",
    }
    if not _OPENERS.isdisjoint(firsts):
        found.add("#asks")
    return found


def pairs_of(found: frozenset[str]) -> set[str]:
    """Return the pairs of lists in a stretch, written as they are in the playbook."""
    return {f"{a}+{b}" for a, b in combinations(sorted(f for f in found if f[0] == "{"), 2)}


def read_scale(
    node: Node, lists: Mapping[str, Sequence[str]], called: Mapping[str, Sequence[str]]
) -> Scale:
    """Read `weights`. Points are written `plus 12: word {list} {list}+{list}`.

    `called` tells the forms of the words that posts are likely to hold.
    """
    node.only(
        "note", "lists", "alike", "needs", "needs_long", "doubt", "disbelief", "alarm",
        "needs_now", "calm", "now",
    )  # fmt: skip
    names: dict[str, set[str]] = {}
    for item in node.get("lists").each():
        name = item.text()
        if name not in lists:
            raise PlaybookError(item.where, f"“{name}” is not a list under words")
        for phrase in filter(None, lists[name]):
            names.setdefault(phrase, set()).add(f"{{{name}}}")
    longer: dict[str, set[int]] = {}
    for phrase in names:
        first, *rest = phrase.split()
        if rest:
            longer.setdefault(first, set()).add(1 + len(rest))
    scale = Scale(
        known={},
        lists={phrase: frozenset(found) for phrase, found in names.items()},
        longer={word: tuple(sorted(sizes)) for word, sizes in longer.items()},
        alike={
            word.text(): key for key, words in node.get("alike").pairs() for word in words.each()
        },
        alarm=_read_points(node.get("alarm")),
        now=_read_points(node.get("now")),
        **{
            key: node.get(key).number(-500, 500)
            for key in ("needs", "needs_long", "doubt", "disbelief", "needs_now", "calm")
        },
    )
    return replace(scale, known={word: scale.single(word, forms) for word, forms in called.items()})


def _read_points(node: Node) -> Points:
    node.only("start", "points")
    single: dict[str, int] = {}
    bits: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for key, words in node.get("points").pairs():
        number = _number(key, words.where)
        for word in words.text().split():
            lists = word.split("+")
            if len(lists) == 1:
                single[word] = number
                continue
            for name in lists:
                bits.setdefault(name, 1 << len(bits))
            pairs.append((sum(bits[name] for name in lists), number))
    return Points(node.get("start").number(-500, 500), single, bits, tuple(pairs))


def _number(key: str, where: str) -> int:
    sign, _, number = key.partition(" ")
    if sign not in ("plus", "minus") or not number.isdigit():
        raise PlaybookError(
            where, "should be called “plus” or “minus” and a number, as in “plus 12”"
        )
    return int(number) if sign == "plus" else -int(number)
