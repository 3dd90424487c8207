"""The learner gives what solving the whole system at once would give."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.kernel import NOISE, SHARPNESS, Ridge, solve


def _likeness(count: int) -> np.ndarray:
    points = np.random.default_rng(7).normal(size=(count, 40)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(np.maximum(points @ points.T, 0), np.float32)


@pytest.mark.parametrize("count", [1, 3, 511, 512, 513, 1300])
def test_strips_solve_what_the_whole_would(count: int) -> None:
    whole = _likeness(count)
    label = np.arange(count) % 7
    counts = np.bincount(label, minlength=9)
    noise = NOISE * np.sqrt(counts[label] / counts[counts > 0].mean())
    system = np.exp(SHARPNESS * (whole.astype(np.float64) - 1)) + np.diag(noise)
    expected = np.linalg.solve(system, np.eye(9)[label])

    weights = solve(lambda low, high: whole[low:high, :high].copy(), label, 9)

    assert weights.shape == (count, 9)
    np.testing.assert_allclose(weights, expected, atol=2e-3)


def test_nothing_to_learn_from_gives_no_weights() -> None:
    weights = solve(lambda low, high: np.zeros((high - low, high), np.float32), np.zeros(0, int), 4)

    assert weights.shape == (0, 4)
    assert Ridge(weights).score(np.zeros((1, 0), np.float32)).tolist() == [[0, 0, 0, 0]]
