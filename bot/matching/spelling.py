"""Mend misspelt words towards the vocabulary of the knowledge."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein


class Speller:
    """Knows the words we wrote; mends a word we did not write when exactly one is near.

    A word of four letters or fewer is left alone: too many others are one slip away.
    """

    def __init__(self, known: Iterable[str], common: Iterable[str] = ()) -> None:
        self._counts: dict[str, int] = {}
        for word in known:
            self._counts[word] = self._counts.get(word, 0) + 1
        self._common = frozenset(common)
        self._shelf: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._counts):
            if len(word) > 3 and word.isalpha():
                self._shelf.setdefault((word[0], len(word)), []).append(word)
        self._seen: dict[str, str] = {}

    def mend(self, word: str) -> str:
        """Give the word we know that was meant, or the word itself."""
        if len(word) < 5 or word in self._counts or word in self._common or not word.isalpha():
            return word
        found = self._seen.get(word)
        if found is None:
            found = self._nearest(word)
            if len(self._seen) < 20_000:
                self._seen[word] = found
        return found

    def _nearest(self, word: str) -> str:
        reach = 1 if len(word) < 8 else 2
        best, least = word, reach + 1
        for near in self._around(word, reach):
            slips = DamerauLevenshtein.distance(word, near, score_cutoff=reach)
            if slips > reach:  # the library says reach + 1 for anything further
                continue
            if slips < least or (slips == least and self._counts[near] > self._counts[best]):
                best, least = near, slips
        return best

    def _around(self, word: str, reach: int) -> Iterable[str]:
        # The first letter is nearly always right, and keeping it makes the search short.
        firsts = {word[0], word[1]}
        for first in sorted(firsts):
            for size in range(len(word) - reach, len(word) + reach + 1):
                yield from self._shelf.get((first, size), ())
