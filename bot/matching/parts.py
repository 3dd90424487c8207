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

_MOST_PIECES = 60
_GIST_WORDS = 64
"""Words of a post that the encoder sees at once; it costs about a quarter millisecond a word."""
_MOST_QUESTIONS = 8
_LEANS_ON = 40
"""Words of the sentence before that a short question may lean on."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One piece, read."""

    piece: Piece
    reading: Reading
    asks: bool
    straight: bool
    weight: float
    """How much its own words tell: their rarity, summed."""


@dataclass(frozen=True, slots=True, eq=False)
class Post:
    """A whole post: its pieces, what it comes to, and that gist's scores."""

    heard: tuple[Heard, ...]
    gist: Reading
    ranked: Ranked

    @property
    def text(self) -> str:
        """The pieces as running text."""
        return " ".join(one.piece.text for one in self.heard)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One question of a post and its scores, story included."""

    text: str
    start: int
    reading: Reading
    scores: Floats
    likeness: Floats
    own: Ranked
    """By its own words, and those it leans on."""
    asked: bool
    """False for a bare situation, told without a question."""


@dataclass(frozen=True, slots=True)
class Blend:
    """How much a question's own words count against the story it stands in."""

    own: float = 0.5
    """Share of the own words of a question that tells enough by itself."""
    plain: float = 0.75
    """The same where its own words alone point clearly to one entry: it needs little story."""
    points: float = 0.25
    """Score from which they do, with a third of it before the second entry."""
    enough: float = 10.0
    """Weight of words that is enough."""
    stands: float = 0.2
    """Chance, by its own words alone, from which a question is a part of its own."""


def listen(post: str, reader: Reader, ranker: Ranker) -> Post:
    """Cut, read and score a post; a very long one is heard at its beginning and its end."""
    found = pieces(post)
    if len(found) > _MOST_PIECES:
        found = (*found[: _MOST_PIECES // 2], *found[-_MOST_PIECES // 2 :])
    heard = tuple(_hear(piece, reader, ranker) for piece in found)
    gist = _gist(heard)
    (ranked,) = ranker.rank((gist,))
    return Post(heard, gist, ranked)


def _gist(heard: Sequence[Heard]) -> Reading:
    """Take all words for the cheap channels, and what tells most for the encoder."""
    return Reading(
        tuple(word for one in heard for word in one.reading.words),
        tuple(stem for one in heard for stem in one.reading.stems),
        " ".join(one.reading.text for one in _telling(heard)),
    )


def _hear(piece: Piece, reader: Reader, ranker: Ranker) -> Heard:
    reading = reader.read(piece.text)
    weight = ranker.weight(reading)
    return Heard(piece, reading, asks(piece.text), straight(piece.text), weight)


def _telling(heard: Sequence[Heard]) -> list[Heard]:
    """Keep what tells most, questions first, in the order said, up to the length of a gist."""
    if sum(len(one.reading.words) for one in heard) <= _GIST_WORDS:
        return list(heard)
    density = [one.weight / (len(one.reading.words) + 3) for one in heard]
    order = sorted(range(len(heard)), key=lambda at: (not heard[at].straight, -density[at]))
    kept: set[int] = set()
    room = _GIST_WORDS
    for at in order:
        size = len(heard[at].reading.words)
        if size <= room:
            kept.add(at)
            room -= size
    return [heard[at] for at in sorted(kept)] or [heard[order[0]]]


def questions(post: Post, ranker: Ranker, blend: Blend) -> tuple[Question, ...]:
    """Give the questions in the order asked, each scored by its own words and in its story.

    None when at most one is put: then the post is one question or one bare situation, `whole`.
    """
    chosen = _put(post)
    if len(chosen) < 2:
        return ()
    weightiest = sorted(chosen, key=lambda one: -one.weight)[:_MOST_QUESTIONS]
    kept = [one for one in chosen if one in weightiest]
    read = [_with_what_it_leans_on(post, one, blend) for one in kept]
    ranked = ranker.rank([reading for reading, _ in read])
    topics = len(ranker.library.topics)
    return tuple(
        _one_of(post, one, own, _share(own.scores[:topics], weight, blend))
        for one, own, (_, weight) in zip(kept, ranked, read, strict=True)
    )


def _share(scores: Floats, weight: float, blend: Blend) -> float:
    """Say how much a question's own words count, given their scores for the entries alone."""
    first, second = np.sort(np.append(scores, [0.0, 0.0]))[::-1][:2]
    clear = first >= blend.points and first - second >= blend.points / 3
    return (blend.plain if clear else blend.own) * min(1.0, weight / blend.enough)


def _with_what_it_leans_on(post: Post, one: Heard, blend: Blend) -> tuple[Reading, float]:
    """Read a question that tells little ("can they do that?") with what was said just before."""
    at = post.heard.index(one)
    if one.weight >= blend.enough or not at:
        return one.reading, one.weight
    before = post.heard[at - 1]
    if len(before.reading.words) > _LEANS_ON:
        return one.reading, one.weight
    return before.reading + one.reading, before.weight + one.weight


def _put(post: Post) -> list[Heard]:
    straight_ones = [one for one in post.heard if one.straight]
    return straight_ones or [one for one in post.heard if one.asks]


def whole(post: Post) -> Question:
    """Take a post as one question, with the words of the piece that asks it best."""
    chosen = _put(post)
    said = max(chosen or post.heard, key=lambda one: one.weight)
    ranked = post.ranked
    return Question(
        said.piece.text,
        said.piece.start,
        post.gist,
        ranked.scores,
        ranked.likeness,
        ranked,
        bool(chosen),
    )


def _one_of(post: Post, one: Heard, own: Ranked, share: float) -> Question:
    return Question(
        one.piece.text,
        one.piece.start,
        one.reading,
        share * own.scores + (1 - share) * post.ranked.scores,
        np.maximum(own.likeness, (1 - share) * post.ranked.likeness),
        own,
        True,
    )
