"""Reports in plain text and one drawing: figures, curves, what is confused with what."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from evaluation.intents import Outcome
from evaluation.metrics import Numbers, coverage_at, curve
from evaluation.posts import Figures, Judged

_PLAIN = frozenset({"p50", "p99", "rss"})
"""Milliseconds and MB; every other figure is a share and shown as per cent."""


def table(rows: Mapping[str, Figures | Outcome]) -> str:
    """Set figures side by side, a method a line."""
    names = [field.name for field in fields(next(iter(rows.values()))) if field.name != "name"]
    lines = [["", *names]]
    for name, row in rows.items():
        lines.append([name, *(_shown(key, getattr(row, key)) for key in names)])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    numbers = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "  ".join((cells[0].ljust(widths[0]), *numbers))


def _shown(name: str, value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:.1f}" if name in _PLAIN else f"{100 * value:.1f}"


def confusions(judged: Sequence[Judged], most: int = 40) -> str:
    """List which entry was put first in place of which, most frequent first."""
    count = Counter(
        (one.post.primary or "-", one.triage.topics[0])
        for one in judged
        if one.post.kind == "single" and one.triage.topics
        and not one.post.right(one.triage.topics[0])
    )  # fmt: skip
    return "\n".join(f"{n:3}  {want}  <-  {got}" for (want, got), n in count.most_common(most))


def precision_lines(judged: Sequence[Judged]) -> str:
    """Say how many single questions may be answered at a precision."""
    confidence, right = _sureness(judged)
    return "\n".join(
        f"{100 * p:.0f} % right: {100 * coverage_at(confidence, right, p):.1f} % answered"
        for p in (0.9, 0.95, 0.98)
    )


def drawing(judged: Sequence[Judged], title: str) -> str:
    """Draw precision against coverage as SVG."""
    points = curve(*_sureness(judged))
    path = " ".join(f"{40 + 400 * c:.1f},{20 + 560 * (1 - p):.1f}" for c, p in points)
    grid = "".join(
        f'<text x="4" y="{24 + 560 * (1 - p):.0f}">{100 * p:.0f} %</text>'
        f'<path d="M40 {20 + 560 * (1 - p):.0f}H440" stroke="#ccc"/>'
        for p in (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 330" font-family="sans-serif" '
        f'font-size="11"><title>{title}</title><rect width="460" height="330" fill="#fff"/>{grid}'
        f'<polyline points="{path}" fill="none" stroke="#135" stroke-width="2"/>'
        '<text x="150" y="322">share of questions answered</text></svg>\n'
    )


def _sureness(judged: Sequence[Judged]) -> tuple[Numbers, NDArray[np.bool_]]:
    single = [one for one in judged if one.post.kind == "single"]
    right = [bool(o.triage.topics) and o.post.right(o.triage.topics[0]) for o in single]
    return np.array([o.confidence for o in single]), np.array(right, dtype=bool)
