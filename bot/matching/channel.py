"""What a channel is: one way in which a piece of a post can be like a phrasing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexical import GramIndex, letter_grams, stem_grams
from bot.matching.reading import Reading

Floats = NDArray[np.float32]


class Channel(Protocol):
    """Likeness of a reading with each phrasing the channel was built from."""

    name: str

    def likeness(self, reading: Reading) -> Floats:
        """Give a likeness for each phrasing, shape (phrasings,), about 0 to 1."""
        ...

    def add_gram(self, total: Floats, share: float) -> None:
        """Add to `total` the likeness of all phrasings with each other, times `share`."""
        ...


class WordChannel:
    """Shared stems and pairs of stems."""

    name = "words"

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.index = GramIndex([stem_grams(reading) for reading in readings])

    def likeness(self, reading: Reading) -> Floats:
        """Cosine over stems."""
        return self.index.likeness(stem_grams(reading))

    def add_gram(self, total: Floats, share: float) -> None:
        """Add the phrasings' cosines with each other."""
        self.index.add_gram(total, share)


class LetterChannel:
    """Shared pieces of words: catches misspellings, compounds and endings."""

    name = "letters"

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._index = GramIndex([letter_grams(reading) for reading in readings])

    def likeness(self, reading: Reading) -> Floats:
        """Cosine over letter runs."""
        return self._index.likeness(letter_grams(reading))

    def add_gram(self, total: Floats, share: float) -> None:
        """Add the phrasings' cosines with each other."""
        self._index.add_gram(total, share)


@dataclass(frozen=True, slots=True)
class Mix:
    """Channels and the share each has in the likeness; shares sum to 1."""

    channels: tuple[tuple[Channel, float], ...]

    def likeness(self, reading: Reading) -> Floats:
        """Give the weighted likeness with each phrasing."""
        parts = [share * channel.likeness(reading) for channel, share in self.channels]
        total: Floats = np.sum(parts, axis=0, dtype=np.float32)
        return total

    def gram(self, size: int) -> Floats:
        """Give the weighted likeness of all phrasings with each other, shape (size, size)."""
        total: Floats = np.zeros((size, size), np.float32)
        for channel, share in self.channels:
            channel.add_gram(total, share)
        return total
