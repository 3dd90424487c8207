"""Find in one pass every phrase of the rules that stands in a post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

Phrase = str
"""Words with single spaces between; `word*` stands for any word that begins so."""


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases: what may follow, and the phrase that ends here."""

    then: dict[str, _Node] = field(default_factory=dict)
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases as a tree of words."""

    root: _Node
    beginnings: dict[str, tuple[str, ...]]
    """By two letters, the `word*` forms that begin with them."""

    @classmethod
    def of(cls, phrases: Iterable[Phrase], others: Iterable[str]) -> Self:
        """Grow the tree; `others` are words that are named but not looked for."""
        root = _Node()
        begun = {word for word in others if word.endswith("*")}
        for phrase in phrases:
            node = root
            for word in phrase.split():
                node = node.then.setdefault(word, _Node())
                if word.endswith("*"):
                    begun.add(word)
            node.phrase = phrase
        beginnings: dict[str, tuple[str, ...]] = {}
        for word in sorted(begun):
            beginnings[word[:2]] = (*beginnings.get(word[:2], ()), word)
        return cls(root, beginnings)

    def names(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Return for each word itself and the `word*` forms it fits."""
        called = {word: self._called(word) for word in set(words)}
        return [called[word] for word in words]

    def places(self, names: Sequence[tuple[str, ...]]) -> dict[Phrase, list[int]]:
        """Return by phrase the places where it begins."""
        found: dict[Phrase, list[int]] = {}
        for start in range(len(names)):
            self._walk(self.root, names, start, start, found)
        return found

    def _walk(
        self,
        node: _Node,
        names: Sequence[tuple[str, ...]],
        start: int,
        here: int,
        found: dict[Phrase, list[int]],
    ) -> None:
        for name in names[here]:
            after = node.then.get(name)
            if after is None:
                continue
            if after.phrase is not None:
                found.setdefault(after.phrase, []).append(start)
            if after.then and here + 1 < len(names):
                self._walk(after, names, start, here + 1, found)

    def _called(self, word: str) -> tuple[str, ...]:
        forms = self.beginnings.get(word[:2], ())
        return (word, *[form for form in forms if word.startswith(form[:-1])])
