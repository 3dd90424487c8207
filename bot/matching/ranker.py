"""Rank every entry, and every kind that is no entry, for one piece of a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.channel import Mix, WordChannel
from bot.matching.kernel import Nearest, Ridge, solve
from bot.matching.lexicon import stop
from bot.matching.library import Library
from bot.matching.reading import Reading
from bot.matching.store import KeptWeights

Floats = NDArray[np.float32]
_MOST_LEARNT = 12_000


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Scores of one reading: one for each label, and likeness with each phrasing."""

    scores: Floats
    likeness: Floats


class Ranker:
    """Holds the channels and the learner. Deterministic; the same text gives the same scores."""

    def __init__(
        self,
        library: Library,
        readings: Sequence[Reading],
        mix: Mix,
        words: WordChannel,
        kept: KeptWeights,
    ) -> None:
        """Learn at once, or take what `kept` learnt from the very same lines before."""
        self.library = library
        self.readings = tuple(readings)
        self.words = words
        self._mix = mix
        self.label: NDArray[np.int64] = np.array(
            [phrasing.label for phrasing in library.phrasings], dtype=np.int64
        )
        self.shown: NDArray[np.bool_] = np.array(
            [not phrasing.story for phrasing in library.phrasings], dtype=np.bool_
        )
        """Which phrasings may stand as evidence."""
        self._learner = self._learn(kept)

    def _learn(self, kept: KeptWeights) -> Ridge | Nearest:
        if len(self.readings) > _MOST_LEARNT:
            return Nearest(self.label, self.library.labels)
        weights = kept.load()
        if weights is None:
            weights = kept.save(solve(self._mix.rows, self.label, self.library.labels))
        return Ridge(weights)

    def rank(self, readings: Sequence[Reading]) -> tuple[Ranked, ...]:
        """Score readings against all labels: together, for they share most of the work."""
        if not readings:
            return ()
        likeness = self._mix.likeness(readings)
        return tuple(map(Ranked, self._learner.score(likeness), likeness))

    def weight(self, reading: Reading) -> float:
        """Say how much a reading tells by itself: the rarity of its words, summed."""
        telling = {s for w, s in zip(reading.words, reading.stems, strict=True) if w not in stop()}
        return sum(self.words.index.rarity(stem) for stem in telling)

    def telling(self, words: Sequence[str], most: int = 6) -> tuple[str, ...]:
        """Give the words that tell most, rarest first, without those every question shares."""
        said = [word for word in words if word not in stop()]
        return tuple(sorted(said, key=lambda word: -self.words.index.rarity(word))[:most])
