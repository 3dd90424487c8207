"""The learner: kernel ridge over likeness, in closed form, so that an edit counts at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = Callable[[int, int], Floats]
"""Likeness of phrasings low to high with the first `high` of all, shape (high - low, high)."""

SHARPNESS = 2.0
NOISE = 0.1


_STRIP = 512
"""Rows factored together: large enough for fast products, small beside the whole."""


def solve(rows: Rows, label: NDArray[np.int64], labels: int) -> Floats:
    """Learn the weights, shape (n, labels), in closed form.

    Likeness k becomes exp(SHARPNESS * (k - 1)); the weights solve (G + NOISE) A = labels once.
    """
    counts = np.bincount(label, minlength=labels)
    present = counts[counts > 0].mean() if len(label) else 1.0
    # A label with many phrasings would otherwise speak louder than one with few.
    noise = (NOISE * np.sqrt(counts[label] / present)).astype(np.float32)
    target = np.zeros((len(label), labels), np.float32)
    target[np.arange(len(label)), label] = 1
    factor = _Cholesky()
    for low, high in pairwise((*range(0, len(label), _STRIP), len(label))):
        strip = np.exp(SHARPNESS * (rows(low, high) - 1))
        strip[np.arange(high - low), np.arange(low, high)] += noise[low:high]
        factor.add(strip)
    return factor.solve(target)


class _Cholesky:
    """The lower triangle alone, a strip of rows at a time.

    Whole, at 7,500 phrasings, the matrix and the copies a library makes of it fill a gigabyte.
    """

    def __init__(self) -> None:
        self._strips: list[Floats] = []
        self._inverse: list[Floats] = []
        """Of each strip's own square on the diagonal."""

    def add(self, strip: Floats) -> None:
        """Factor the next rows, shape (rows, all columns up to and with their own)."""
        low = 0
        for above, inverse in zip(self._strips, self._inverse, strict=True):
            high = low + len(above)
            strip[:, low:high] -= strip[:, :low] @ above[:, :low].T
            strip[:, low:high] = strip[:, low:high] @ inverse.T
            low = high
        square = strip[:, low:] - strip[:, :low] @ strip[:, :low].T
        self._strips.append(strip[:, :low])
        self._inverse.append(np.linalg.inv(np.linalg.cholesky(square)))

    def solve(self, target: Floats) -> Floats:
        """Solve for every column of `target`, which is consumed."""
        spans: list[tuple[int, int]] = []
        for strip, inverse in zip(self._strips, self._inverse, strict=True):
            low = strip.shape[1]
            high = low + len(strip)
            target[low:high] = inverse @ (target[low:high] - strip @ target[:low])
            spans.append((low, high))
        for at in reversed(range(len(spans))):
            low, high = spans[at]
            target[low:high] = self._inverse[at].T @ target[low:high]
            target[:low] -= self._strips[at].T @ target[low:high]
        return target


class Ridge:
    """Scores each label from likenesses to labelled phrasings, by weights solved before."""

    def __init__(self, weights: Floats) -> None:
        """Take weights of shape (phrasings, labels)."""
        self._weights = weights

    def score(self, likeness: Floats) -> Floats:
        """Give scores, about 0 to 1, shape (m, labels); likeness of shape (m, n)."""
        scores: Floats = np.exp(SHARPNESS * (likeness - 1)) @ self._weights
        return scores


class Nearest:
    """For very many phrasings: the mean likeness of a label's three nearest, with no learning.

    The ridge keeps a matrix of phrasings by phrasings, which at 40,000 would fill 6 GB.
    """

    def __init__(self, label: NDArray[np.int64], labels: int) -> None:
        """Take the label of each phrasing."""
        self._order = np.argsort(label, kind="stable")
        self._start = np.searchsorted(label[self._order], np.arange(labels + 1))

    def score(self, likeness: Floats) -> Floats:
        """Give scores, shape (m, labels); likeness of shape (m, n)."""
        ordered = likeness[:, self._order]
        scores = np.zeros((len(likeness), len(self._start) - 1), np.float32)
        for label, (low, high) in enumerate(pairwise(self._start)):
            if high > low:
                scores[:, label] = np.sort(ordered[:, low:high])[:, -3:].mean(axis=1)
        return scores
