"""The learner: kernel ridge over likeness, in closed form, so that an edit counts at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Ridge:
    """Scores each label from likenesses to labelled phrasings.

    Likeness k becomes exp(sharpness * (k - 1)); the weights solve (G + noise) A = labels once.
    """

    def __init__(
        self,
        likeness: Floats,
        label: NDArray[np.int64],
        labels: int,
        *,
        sharpness: float = 2.0,
        noise: float = 0.1,
    ) -> None:
        """Learn from `likeness` of shape (n, n) and `label` of shape (n,)."""
        self._sharpness = sharpness
        gram = np.exp(sharpness * ((likeness + likeness.T) / 2 - 1))
        counts = np.bincount(label, minlength=labels)
        present = counts[counts > 0].mean() if len(label) else 1.0
        # A label with many phrasings would otherwise speak louder than one with few.
        gram[np.diag_indices_from(gram)] += noise * np.sqrt(counts[label] / present)
        target = np.zeros((len(label), labels), np.float32)
        target[np.arange(len(label)), label] = 1
        self.weights: Floats = np.linalg.solve(gram, target).astype(np.float32)

    def score(self, likeness: Floats) -> Floats:
        """Give a score for each label, about 0 to 1; likeness of shape (n,) or (q, n)."""
        scores: Floats = np.exp(self._sharpness * (likeness - 1)) @ self.weights
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
        """Give a score for each label; likeness of shape (n,)."""
        sorted_in = likeness[self._order]
        spans = zip(self._start[:-1], self._start[1:], strict=True)
        means = [np.sort(sorted_in[a:b])[-3:].mean() if b > a else 0.0 for a, b in spans]
        return np.array(means, dtype=np.float32)
