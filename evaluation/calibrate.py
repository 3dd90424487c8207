"""Fit the chance of being right on frozen posts: a logistic over the decision's signals."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import bot.matching
from bot.matching.calibration import Calibration, Engine
from bot.matching.matcher import LocalMatcher
from evaluation.posts import Post

Numbers = NDArray[np.float64]
PACKAGED = Path(bot.matching.__file__).parent / "weights" / "calibration.json"
WRONG = 0.03
"""Share of confident answers expected to be wrong. Counted on posts not fitted on, it comes out
one to three points higher, and five in a hundred is the most that may reach a parent."""
CLARIFY = 0.24
"""Chance from which asking which was meant serves better than silence."""


def signals(matcher: LocalMatcher, posts: Sequence[Post]) -> tuple[Numbers, NDArray[np.bool_]]:
    """Give each post's signals, shape (n, signals), and whether its leading entry is right."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for post in posts:
        lead = matcher.leading(post.text)
        if lead is not None:
            entry, row = lead
            rows.append(row)
            accepted = post.kind == "single" and post.right(entry)
            right.append(accepted or entry in (post.gap, *post.also))
    return np.array(rows), np.array(right, dtype=bool)


def fit(rows: Numbers, right: NDArray[np.bool_], ridge: float = 1.0) -> tuple[float, ...]:
    """Fit a logistic by Newton steps; give the bias and then the weights."""
    x = np.c_[np.ones(len(rows)), rows]
    w = np.zeros(x.shape[1])
    penalty = ridge * np.diag(np.r_[0.0, rows.var(axis=0)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - right) + penalty @ w
        bend = (x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(w))
        w -= np.linalg.solve(bend, slope)
    return tuple(float(v) for v in w)


def crossed(rows: Numbers, right: NDArray[np.bool_], folds: int = 10) -> Numbers:
    """Give each post the chance fitted on the other folds only."""
    fold = np.arange(len(rows)) % folds
    out = np.zeros(len(rows))
    for at in range(folds):
        w = np.array(fit(rows[fold != at], right[fold != at]))
        x = np.c_[np.ones((fold == at).sum()), rows[fold == at]]
        out[fold == at] = 1 / (1 + np.exp(-x @ w))
    return out


def threshold(chance: Numbers, wrong: float) -> float:
    """Give the lowest chance from which a share `wrong` of the answers is expected to be wrong.

    Expected by the fitted chances, not counted: a count over a few hundred posts turns on one.
    """
    falling = -np.sort(-chance)
    expected = np.cumsum(1 - falling) / np.arange(1, len(falling) + 1)
    fine = np.flatnonzero(expected <= wrong)
    return float(falling[fine[-1]]) if len(fine) else 1.0


def calibrate(
    matcher: LocalMatcher, posts: Sequence[Post], wrong: float = WRONG, clarify_at: float = CLARIFY
) -> Calibration:
    """Fit weights on all posts, and the threshold on chances that each post had no part in."""
    rows, right = signals(matcher, posts)
    w = fit(rows, right)
    chance = crossed(rows, right)
    answer_at = threshold(chance, wrong)
    return Calibration(w[0], w[1:], answer_at, min(clarify_at, answer_at))


def write(found: Mapping[Engine, Calibration]) -> None:
    """Write the calibrations where the matcher finds them."""
    kept = {engine: _rounded(calibration) for engine, calibration in found.items()}
    PACKAGED.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


def _rounded(calibration: Calibration) -> dict[str, float | list[float]]:
    return {
        "bias": round(calibration.bias, 4),
        "weights": [round(weight, 4) for weight in calibration.weights],
        "answer_at": round(calibration.answer_at, 4),
        "clarify_at": round(calibration.clarify_at, 4),
    }
