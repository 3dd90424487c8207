"""What a channel is: one way in which a piece of a post can be like a phrasing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexical import GramIndex, letter_runs, letter_terms, stem_terms
from bot.matching.reading import Reading

Floats = NDArray[np.float32]


class Channel(Protocol):
    """Likeness of a reading with each phrasing the channel was built from."""

    name: str

    def likeness(self, readings: Sequence[Reading]) -> Floats:
        """Give likenesses, about 0 to 1, shape (readings, phrasings)."""
        ...

    def rows(self, low: int, high: int) -> Floats:
        """Give phrasings `low` to `high` against the first `high`, shape (high - low, high)."""
        ...


class WordChannel:
    """Shared stems and pairs of stems."""

    name = "words"

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.index = GramIndex(readings, stem_terms)

    def likeness(self, readings: Sequence[Reading]) -> Floats:
        """Cosines over stems."""
        return np.stack([self.index.likeness(reading) for reading in readings])

    def rows(self, low: int, high: int) -> Floats:
        """Cosines of the phrasings with those before them."""
        return self.index.rows(low, high)


class LetterChannel:
    """Shared pieces of words: catches misspellings, compounds and endings."""

    name = "letters"

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._index = GramIndex(readings, letter_terms, letter_runs)

    def likeness(self, readings: Sequence[Reading]) -> Floats:
        """Cosines over letter runs."""
        return np.stack([self._index.likeness(reading) for reading in readings])

    def rows(self, low: int, high: int) -> Floats:
        """Cosines of the phrasings with those before them."""
        return self._index.rows(low, high)


@dataclass(frozen=True, slots=True)
class Mix:
    """Channels and the share each has in the likeness; shares sum to 1."""

    channels: tuple[tuple[Channel, float], ...]

    def likeness(self, readings: Sequence[Reading]) -> Floats:
        """Give the weighted likenesses, shape (readings, phrasings)."""
        parts = [share * channel.likeness(readings) for channel, share in self.channels]
        total: Floats = np.sum(parts, axis=0, dtype=np.float32)
        return total

    def rows(self, low: int, high: int) -> Floats:
        """Give phrasings `low` to `high` against the first `high`, shape (high - low, high)."""
        total: Floats = np.zeros((high - low, high), np.float32)
        for channel, share in self.channels:
            total += share * channel.rows(low, high)
        return total
