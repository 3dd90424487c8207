"""The learner: kernel ridge over likeness, in closed form, so that an edit counts at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


SHARPNESS = 2.0
NOISE = 0.1


def solve(likeness: Floats, label: NDArray[np.int64], labels: int) -> Floats:
    """Learn the weights, shape (n, labels), from `likeness` of shape (n, n), which is consumed.

    Likeness k becomes exp(SHARPNESS * (k - 1)); the weights solve (G + NOISE) A = labels once.
    """
    gram = likeness
    gram -= 1
    gram *= SHARPNESS
    np.exp(gram, out=gram)
    counts = np.bincount(label, minlength=labels)
    present = counts[counts > 0].mean() if len(label) else 1.0
    # A label with many phrasings would otherwise speak louder than one with few.
    gram[np.diag_indices_from(gram)] += NOISE * np.sqrt(counts[label] / present)
    target = np.zeros((len(label), labels), np.float32)
    target[np.arange(len(label)), label] = 1
    weights: Floats = np.linalg.solve(gram, target).astype(np.float32)
    return weights


class Ridge:
    """Scores each label from likenesses to labelled phrasings, by weights solved before."""

    def __init__(self, weights: Floats) -> None:
        """Take weights of shape (phrasings, labels)."""
        self._weights = weights

    def score(self, likeness: Floats) -> Floats:
        """Give a score for each label, about 0 to 1; likeness of shape (n,)."""
        near = np.exp(SHARPNESS * (likeness - 1))
        # Not `@`: a library of two threads takes longer to share this out than to do it.
        scores: Floats = np.einsum("n,nl->l", near, self._weights)
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
