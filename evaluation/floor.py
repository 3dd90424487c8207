"""The figures that no change may lower by more than noise: `evaluation/sets/ratchet.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.posts import Figures, Post

FLOOR = Path(__file__).with_name("sets") / "ratchet.json"
HIGH = ("top1", "recall3", "coverage", "multi_f1")
LOW = ("wrong", "oos", "chatter", "metoo")
_KIND = {"multi_f1": "multi", "oos": "oos", "chatter": "chatter", "metoo": "metoo"}


@dataclass(frozen=True, slots=True)
class Bound:
    """One figure as it was, and how many posts it rests on."""

    name: str
    was: float
    posts: int

    @property
    def noise(self) -> float:
        """One standard error, and never less than one post."""
        return max(math.sqrt(self.was * (1 - self.was) / self.posts), 1 / self.posts) + 1e-9

    def kept(self, now: float) -> bool:
        """Tell whether a figure is no worse than it was, but for noise."""
        if self.name in HIGH:
            return now >= self.was - self.noise
        return now <= self.was + self.noise


def keep_floor(found: Figures, posts: Sequence[Post]) -> None:
    """Write the figures as the new floor."""
    kept = {name: _entry(name, found, posts) for name in (*HIGH, *LOW)}
    FLOOR.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


def _entry(name: str, found: Figures, posts: Sequence[Post]) -> dict[str, float | int]:
    count = sum(post.kind == _KIND.get(name, "single") for post in posts)
    if name == "wrong":
        count = max(1, round(count * found.coverage))
    return {"was": round(float(getattr(found, name)), 4), "posts": count}


def read_floor() -> tuple[Bound, ...]:
    """Read the floor."""
    kept = json.loads(FLOOR.read_text("utf-8"))
    return tuple(Bound(name, entry["was"], entry["posts"]) for name, entry in kept.items())
