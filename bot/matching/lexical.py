"""Two channels over our phrasings: stems by ones and twos, and runs of letters in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import stop
from bot.matching.reading import Reading

Floats = NDArray[np.float32]
Columns = NDArray[np.int32]
_NONE: Columns = np.zeros(0, np.int32)


def stem_terms(reading: Reading) -> list[str]:
    """Single stems and neighbouring pairs, without the words every question shares."""
    stems = [s for w, s in zip(reading.words, reading.stems, strict=True) if w not in stop()]
    return [*stems, *(f"{a} {b}" for a, b in pairwise(stems))]


def letter_terms(reading: Reading) -> list[str]:
    """The words whose letters tell something."""
    return [word for word in reading.words if word not in stop()]


def letter_runs(word: str) -> list[str]:
    """Runs of two to five letters inside a word, its edges marked."""
    edged = f" {word} "
    return [edged[at : at + size] for size in range(2, 6) for at in range(len(edged) - size + 1)]


class GramIndex:
    """TF-IDF over one kind of grams, as postings; cosine of a query with every phrasing."""

    def __init__(
        self,
        readings: Sequence[Reading],
        terms: Callable[[Reading], list[str]],
        grams: Callable[[str], list[str]] = lambda term: [term],
    ) -> None:
        """Index our phrasings: `terms` of each, and the `grams` that each term is made of."""
        self._size = len(readings)
        self._terms, self._grams = terms, grams
        self._column: dict[str, int] = {}
        # Terms come again and again; their grams are cut and looked up once.
        self._columns: dict[str, tuple[int, ...]] = {}
        said = [self._learn(terms(reading)) for reading in readings]
        owner = np.repeat(np.arange(self._size), [len(one) for one in said])
        column = np.concatenate(said or [_NONE])
        width = max(len(self._column), 1)
        keys, counts = np.unique(owner * width + column, return_counts=True)
        owner, column = keys // width, keys % width
        frequency = np.bincount(column, minlength=len(self._column))
        self._idf = (np.log((1 + self._size) / (1 + frequency)) + 1).astype(np.float32)
        value = (1 + np.log(counts)) * self._idf[column]
        length = np.sqrt(np.bincount(owner, weights=value**2, minlength=self._size))
        order = np.argsort(column, kind="stable")
        self._owner = owner[order].astype(np.int32)
        self._value = (value / length[owner])[order].astype(np.float32)
        self._start = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)

    def _learn(self, terms: Sequence[str]) -> Columns:
        found: list[int] = []
        for term in terms:
            if term not in self._columns:
                self._columns[term] = tuple(
                    self._column.setdefault(gram, len(self._column)) for gram in self._grams(term)
                )
            found.extend(self._columns[term])
        return np.array(found, np.int32)

    def _vector(self, reading: Reading) -> tuple[Columns, Floats]:
        found: list[int] = []
        strange: set[str] = set()
        for term in self._terms(reading):
            known = self._columns.get(term)
            if known is None:
                grams = self._grams(term)
                strange.update(gram for gram in grams if gram not in self._column)
                known = tuple(self._column[gram] for gram in grams if gram in self._column)
            found.extend(known)
        columns, counts = np.unique(np.array(found, np.int32), return_counts=True)
        values = (1 + np.log(counts)) * self._idf[columns]
        # Grams we never wrote still count towards the length: a post on another subject that
        # shares one rare word must not look like a close match.
        rarest = float(self._idf.max(initial=1.0))
        length = np.sqrt(float(values @ values) + 0.25 * len(strange) * rarest**2)
        return columns, (values / max(length, 1e-9)).astype(np.float32)

    def likeness(self, reading: Reading) -> Floats:
        """Cosine with each phrasing, shape (phrasings,), 0 to 1."""
        return self._meet(*self._vector(reading))

    def rows(self, low: int, high: int) -> Floats:
        """Cosine of phrasings `low` to `high` with the first `high`, shape (high - low, high)."""
        inside = np.flatnonzero((self._owner >= low) & (self._owner < high))
        inside = inside[np.argsort(self._owner[inside], kind="stable")]
        column = (np.searchsorted(self._start, inside, side="right") - 1).astype(np.int32)
        value = self._value[inside]
        ends = np.searchsorted(self._owner[inside], np.arange(low, high + 1))
        total = np.empty((high - low, high), np.float32)
        for at, (first, last) in enumerate(pairwise(ends)):
            total[at] = self._meet(column[first:last], value[first:last])[:high]
        return total

    def _meet(self, columns: Columns, values: Floats) -> Floats:
        starts = self._start[columns]
        sizes = self._start[columns + 1] - starts
        total = int(sizes.sum())
        if not total:
            return np.zeros(self._size, np.float32)
        shift = np.repeat(starts - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        where = shift + np.arange(total)
        weighted = self._value[where] * np.repeat(values, sizes)
        return np.bincount(self._owner[where], weights=weighted, minlength=self._size).astype(
            np.float32
        )

    def rarity(self, gram: str) -> float:
        """How rare a gram is among our phrasings; unknown grams are 0."""
        at = self._column.get(gram)
        return 0.0 if at is None else float(self._idf[at])
