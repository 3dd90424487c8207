"""From the pieces of a post to its questions, each scored with the story it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.act import asks, straight
from bot.matching.ranker import Ranked, Ranker
from bot.matching.reading import Reader, Reading
from bot.matching.split import Piece, pieces

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """One piece, read and scored by itself."""

    piece: Piece
    reading: Reading
    ranked: Ranked
    asks: bool
    straight: bool
    weight: float
    """How much its own words tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One question of a post and its scores, story included."""

    text: str
    start: int
    scores: Floats
    likeness: Floats
    reading: Reading
    asked: bool
    """False for a bare situation, told without a question."""


_MOST_PIECES = 40
_ENOUGH = 18.0
"""Weight of words from which a question stands by itself."""


def listen(post: str, reader: Reader, ranker: Ranker) -> tuple[Heard, ...]:
    """Cut, read and score a post; a very long one is heard at its beginning and its end."""
    found = pieces(post)
    if len(found) > _MOST_PIECES:
        found = (*found[: _MOST_PIECES // 2], *found[-_MOST_PIECES // 2 :])
    return tuple(_hear(piece, reader, ranker) for piece in found)


def _hear(piece: Piece, reader: Reader, ranker: Ranker) -> Heard:
    reading = reader.read(piece.text)
    return Heard(
        piece,
        reading,
        ranker.rank(reading),
        asks(piece.text),
        straight(piece.text),
        ranker.weight(reading),
    )


def questions(heard: Sequence[Heard]) -> tuple[Question, ...]:
    """Give the questions in the order asked; a post that asks nothing is one situation."""
    asking = [at for at, one in enumerate(heard) if one.asks]
    if not asking:
        return (_whole(heard),) if heard else ()
    straight_ones = [at for at in asking if heard[at].straight]
    chosen = straight_ones or asking
    return tuple(_with_story(heard, at, alone=len(chosen) == 1) for at in chosen)


def _whole(heard: Sequence[Heard]) -> Question:
    scores = np.stack([one.ranked.scores for one in heard])
    likeness = np.max([one.ranked.likeness for one in heard], axis=0)
    best = heard[int(np.argmax(scores.max(axis=1)))]
    pooled = 0.6 * scores.max(axis=0) + 0.4 * scores.mean(axis=0)
    return Question(best.piece.text, best.piece.start, pooled, likeness, best.reading, False)


def _with_story(heard: Sequence[Heard], at: int, *, alone: bool) -> Question:
    own = heard[at]
    others = [one for place, one in enumerate(heard) if place != at and (alone or not one.straight)]
    scores = own.ranked.scores
    likeness = own.ranked.likeness
    if others:
        story = np.stack([one.ranked.scores for one in others]).max(axis=0)
        bare = max(0.0, 1.0 - own.weight / _ENOUGH)
        share = (0.35 if alone else 0.15) + 0.45 * bare
        scores = (1 - share) * scores + share * story
        likeness = np.maximum(
            likeness, np.max([one.ranked.likeness for one in others], axis=0) * 0.9
        )
    return Question(own.piece.text, own.piece.start, scores, likeness, own.reading, True)
