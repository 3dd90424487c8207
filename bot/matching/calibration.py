"""From raw scores to a calibrated chance of being right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic on score, margin and nearest likeness; fitted on frozen posts by `evaluation`."""

    bias: float = -2.4
    score: float = 12.0
    margin: float = 14.0
    likeness: float = 1.0
    beside: float = -3.0
    answer_at: float = 0.8
    clarify_at: float = 0.35


def chance(scores: Floats, count: int, likeness: Floats, calibration: Calibration) -> Floats:
    """Give each entry's chance of being the right one, shape (count,)."""
    top = scores[:count]
    if not count:
        return np.zeros(0, np.float32)
    order = np.sort(top)[::-1]
    second = order[1] if count > 1 else 0.0
    rival = np.where(top >= order[0], second, order[0])
    logit = (
        calibration.bias
        + calibration.score * top
        + calibration.margin * (top - rival)
        + calibration.likeness * float(likeness.max(initial=0.0))
        + calibration.beside * float(scores[count:].max(initial=0.0))
    )
    sure: Floats = (1 / (1 + np.exp(-logit))).astype(np.float32)
    return sure
