"""Measures over scores: ranks, separation, coverage at a precision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def top_k(scores: Numbers, label: NDArray[np.int64], k: int) -> float:
    """Share of rows whose label is among the `k` best; scores of shape (n, labels)."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return float((best == label[:, None]).any(axis=1).mean())


def auroc(inside: Numbers, outside: Numbers) -> float:
    """Chance that a question in scope scores above one out of scope; ties count half."""
    both = np.concatenate([inside, outside])
    _, where, counts = np.unique(both, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    rank = (ends - (counts - 1) / 2)[where]
    n, m = len(inside), len(outside)
    return float((rank[:n].sum() - n * (n + 1) / 2) / (n * m))


def rejected_at(inside: Numbers, outside: Numbers, kept: float = 0.95) -> float:
    """Share of out-of-scope questions turned away when `kept` of those in scope are kept."""
    return float((outside < np.quantile(inside, 1 - kept)).mean())


def coverage_at(confidence: Numbers, right: NDArray[np.bool_], precision: float) -> float:
    """Largest share of questions that may be answered so that `precision` of them are right."""
    order = np.argsort(-confidence, kind="stable")
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(running >= precision)
    return float((enough[-1] + 1) / len(order)) if len(enough) else 0.0


def curve(confidence: Numbers, right: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Give (coverage, precision) from the surest answer to all of them."""
    order = np.argsort(-confidence, kind="stable")
    count = np.arange(1, len(order) + 1)
    running = np.cumsum(right[order]) / count
    return [(float(c / len(order)), float(p)) for c, p in zip(count, running, strict=True)]


def resident_mb() -> float:
    """Memory this process holds, in MB; 0 where /proc is not."""
    try:
        with Path("/proc/self/status").open(encoding="ascii") as lines:
            held = next(line for line in lines if line.startswith("VmRSS"))
    except (OSError, StopIteration):
        return 0.0
    return int(held.split()[1]) / 1024
