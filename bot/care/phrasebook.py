"""Find in one pass every phrase of the rules that stands in a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    known: dict[str, tuple[str, ...]]
    """What the words of the playbook are called, looked up beforehand."""

    @classmethod
    def of(cls, phrases: Iterable[Phrase], others: Iterable[str]) -> Self:
        """Grow the tree; `others` are words that are named but not looked for."""
        root = _Node()
        words = {word for phrase in others for word in phrase.split()}
        begun = {word for word in words if word.endswith("*")}
        for phrase in phrases:
            node = root
            for word in phrase.split():
                words.add(word)
                node = node.then.setdefault(word, _Node())
                if word.endswith("*"):
                    begun.add(word)
            node.phrase = phrase
        beginnings: dict[str, tuple[str, ...]] = {}
        for word in sorted(begun):
            beginnings[word[:2]] = (*beginnings.get(word[:2], ()), word)
        known = {word: _called(word, beginnings) for word in words if not word.endswith("*")}
        return cls(root, beginnings, known)

    def names(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Return for each word itself and the `word*` forms it fits."""
        called = {
            word: self.known.get(word) or _called(word, self.beginnings) for word in set(words)
        }
        return [called[word] for word in words]

    def places(
        self, words: Sequence[str], names: Sequence[tuple[str, ...]]
    ) -> dict[Phrase, list[int]]:
        """Return by phrase the places where it begins."""
        found: dict[Phrase, list[int]] = {}
        first = self.root.then
        begun = {
            word: [first[name] for name in called if name in first]
            for word, called in dict(zip(words, names, strict=True)).items()
        }
        for start, word in enumerate(words):
            nodes, here = begun[word], start
            while nodes:
                here += 1
                longer = []
                for node in nodes:
                    if node.phrase is not None:
                        found.setdefault(node.phrase, []).append(start)
                    if node.then:
                        longer.append(node.then)
                if not longer or here == len(names):
                    break
                nodes = [then[n] for then in longer for n in names[here] if n in then]
        return found


def _called(word: str, beginnings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    forms = beginnings.get(word[:2], ())
    return (word, *[form for form in forms if word.startswith(form[:-1])])
