"""Time against size: how hearing a post grows with the number of entries."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from bot.cases.nation import Nation
from bot.matching.matcher import build_matcher
from bot.matching.topic import Topic
from evaluation.knowledge import read_topics
from evaluation.metrics import resident_mb

_SIZES = (100, 1_000, 10_000)
_ASKS = 4
"""Phrasings an entry: the kernel's matrix grows with their square."""
_POST = "They say there is no money for the help she was promised, what can I do about it?"


def made_up(count: int, seed: int = 1) -> tuple[Topic, ...]:
    """Give entries whose phrasings are drawn from the words of the real ones."""
    words = [w for topic in read_topics() for ask in topic.asks for w in ask.split()]
    dice = random.Random(seed)
    return tuple(
        Topic(f"made-up-{at}", _line(words, dice), (Nation.UK,), _asks(words, dice), (), "")
        for at in range(count)
    )


def _asks(words: Sequence[str], dice: random.Random) -> tuple[str, ...]:
    return tuple(_line(words, dice) for _ in range(_ASKS - 1))


def _line(words: Sequence[str], dice: random.Random) -> str:
    return " ".join(dice.choice(words) for _ in range(dice.randint(5, 14)))


def time_sizes(sizes: Sequence[int] = _SIZES) -> str:
    """Measure building and hearing without the encoder, whose cost does not grow with entries."""
    lines = ["entries  build s  hear ms p50  p99  RSS MB"]
    for size in sizes:
        topics = made_up(size)
        began = time.process_time()
        matcher = build_matcher(topics, small=True)
        built = time.process_time() - began
        spent = []
        for _ in range(50):
            began = time.process_time()
            matcher.hear(_POST)
            spent.append((time.process_time() - began) * 1000)
        spent.sort()
        lines.append(
            f"{size:7}  {built:7.1f}  {spent[25]:11.1f}  {spent[49]:3.1f}  {resident_mb():6.0f}"
        )
    return "\n".join(lines)
