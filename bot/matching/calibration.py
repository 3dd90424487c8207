"""From raw scores to a calibrated chance of being right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signals:
    """What a decision looks at, for the entry that leads."""

    score: float
    """Of the leading entry."""
    margin: float
    """To the second."""
    elsewhere: float
    """How much it sounds like a question on another subject."""
    idle: float
    """How much it sounds like talk, following, or telling."""
    likeness: float
    """With the nearest phrasing of the leading entry."""

    def row(self) -> tuple[float, ...]:
        """Give the numbers in the order the weights are in."""
        return (
            self.score,
            min(self.margin, 0.5),
            max(self.elsewhere, 0.0),
            max(self.idle, 0.0),
            self.likeness,
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic over the signals; `python -m evaluation calibrate` fits it on frozen posts."""

    bias: float
    weights: tuple[float, ...]
    """In the order of `Signals.row`."""
    answer_at: float
    """Chance from which an entry is given."""
    clarify_at: float
    """Chance from which up to three entries are offered."""

    def chance(self, signals: Signals) -> float:
        """Give the chance, 0 to 1, that the leading entry is the right one."""
        logit = self.bias + sum(w * x for w, x in zip(self.weights, signals.row(), strict=True))
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


class Engine(StrEnum):
    """What ranks; each has its own calibration."""

    FULL = "full"
    """With the encoder."""
    SMALL = "small"
    """With words and letters alone."""


@cache
def packaged(engine: Engine) -> Calibration:
    """Give the calibration that `python -m evaluation calibrate --write` left."""
    text = resources.files(__package__).joinpath("weights", "calibration.json").read_text("utf-8")
    kept = json.loads(text)[engine]
    return Calibration(kept["bias"], tuple(kept["weights"]), kept["answer_at"], kept["clarify_at"])
