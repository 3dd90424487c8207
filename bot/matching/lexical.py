"""Two channels over our phrasings: stems by ones and twos, and runs of letters in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import stop
from bot.matching.reading import Reading

Floats = NDArray[np.float32]


def stem_grams(reading: Reading) -> list[str]:
    """Single stems and neighbouring pairs, without the words every question shares."""
    stems = [s for w, s in zip(reading.words, reading.stems, strict=True) if w not in stop()]
    return [*stems, *(f"{a} {b}" for a, b in pairwise(stems))]


def letter_grams(reading: Reading) -> list[str]:
    """Runs of two to five letters inside each word, its edges marked."""
    out: list[str] = []
    for word in reading.words:
        if word in stop():
            continue
        edged = f" {word} "
        for size in range(2, 6):
            out.extend(edged[at : at + size] for at in range(len(edged) - size + 1))
    return out


class GramIndex:
    """TF-IDF over one kind of grams, as postings; cosine of a query with every phrasing."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._size = len(documents)
        frequency: dict[str, int] = {}
        for grams in documents:
            for gram in set(grams):
                frequency[gram] = frequency.get(gram, 0) + 1
        self._column = {gram: at for at, gram in enumerate(sorted(frequency))}
        self._idf = np.array(
            [np.log((1 + self._size) / (1 + frequency[gram])) + 1 for gram in self._column],
            dtype=np.float32,
        )
        self._fill(documents)

    def _fill(self, documents: Sequence[Sequence[str]]) -> None:
        vectors = [self._vector(grams) for grams in documents]
        columns = np.concatenate([v[0] for v in vectors] or [np.zeros(0, np.int64)])
        values = np.concatenate([v[1] for v in vectors] or [np.zeros(0, np.float32)])
        owners = np.repeat(np.arange(self._size), [len(v[0]) for v in vectors])
        order = np.argsort(columns, kind="stable")
        self._owner = owners[order].astype(np.int32)
        self._value = values[order]
        counts = np.bincount(columns, minlength=len(self._column))
        self._start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)

    def _vector(self, grams: Sequence[str]) -> tuple[NDArray[np.int64], Floats]:
        known = [at for at in map(self._column.get, grams) if at is not None]
        if not known:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        columns, counts = np.unique(np.array(known, dtype=np.int64), return_counts=True)
        values = (1 + np.log(counts)).astype(np.float32) * self._idf[columns]
        # Grams we never wrote still count towards the length: a post on another subject that
        # shares one rare word must not look like a close match.
        strange = len(set(grams)) - len(columns)
        rarest = float(self._idf.max()) if len(self._idf) else 1.0
        length = np.sqrt(float(values @ values) + 0.25 * strange * rarest**2)
        return columns, (values / max(length, 1e-9)).astype(np.float32)

    def likeness(self, grams: Sequence[str]) -> Floats:
        """Cosine with each phrasing, shape (phrasings,), 0 to 1."""
        return self._meet(*self._vector(grams))

    def add_gram(self, total: Floats, share: float) -> None:
        """Add to `total` each phrasing's cosine with each other, times `share`."""
        order = np.argsort(self._owner, kind="stable")
        column = np.repeat(np.arange(len(self._column)), np.diff(self._start))[order]
        value = self._value[order]
        ends = np.searchsorted(self._owner[order], np.arange(self._size + 1))
        for at, (low, high) in enumerate(pairwise(ends)):
            total[at] += share * self._meet(column[low:high], value[low:high])

    def _meet(self, columns: NDArray[np.int64], values: Floats) -> Floats:
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
