"""The small pattern language of `knowledge/urgent.yaml`: words, lists, gaps.

    word            that word            word*        any word beginning so
    (a|b|two words) one of these         {list}       one of a named list
    word?           may be left out      ..  ...      up to three, up to nine words between
    one & two       both, close together, in either order

Every pattern is matched outwards from its rarest word, and a pattern one of whose words is not
in the post is never tried: that keeps a post of 300 words under two milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.care.fold import BREAK
from bot.care.phrasebook import Phrase, Phrasebook

NEAR = 24
"""How many words apart the two halves of `one & two` may stand."""

_GAPS = {"..": 3, "...": 9}
_MOST_TRIES = 16
_PIECE = re.compile(r"\s*(\.\.\.|\.\.|&|\([^()]*\)\??|\{[a-z_-]+\}\??|[a-z0-9*]+\??|\S)")


class PatternError(ValueError):
    """This pattern cannot be read."""


Standing = list[dict[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a pattern: what may stand there, and how far from the step before."""

    choices: Choices
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """The phrases that fit one place. Equal ones are one object, so a post is searched once."""

    phrases: frozenset[Phrase]
    longest: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. `parts` holds more than one sequence when it was written with `&`."""

    source: str
    parts: tuple[tuple[Step, ...], ...]

    def needs(self) -> Iterator[Choices]:
        """Yield the choices of each step that must be there."""
        for part in self.parts:
            for step in part:
                if not step.optional:
                    yield step.choices


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` up to but not including `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A post ready to be matched: its words, and where each phrase of the rules stands."""

    words: Sequence[str]
    names: Sequence[tuple[str, ...]]
    """For each place the word, and the `word*` forms it fits."""
    places: Mapping[Phrase, Sequence[int]]
    sentences: Sequence[int]
    """For each place the number of its sentence; -1 for a break."""
    found: dict[int, dict[int, tuple[int, ...]]]
    """What has been searched for: by choices, where they stand and end."""

    @classmethod
    def of(cls, words: Sequence[str], phrases: Phrasebook) -> Reading:
        """Index `words` by the phrases the rules know."""
        sentences: list[int] = []
        sentence = 0
        for word in words:
            sentence += word == BREAK
            sentences.append(-1 if word == BREAK else sentence)
        names = phrases.names(words)
        return cls(words, names, phrases.places(names), sentences, {})

    def without(self, spans: Iterable[Span], mask: str) -> Reading:
        """Return the reading with the words of `spans` taken out and `mask` in their place."""
        hidden = {at for span in spans for at in range(span.start, span.end)}
        words = [mask if at in hidden else word for at, word in enumerate(self.words)]
        names = [(mask,) if at in hidden else called for at, called in enumerate(self.names)]
        places: dict[Phrase, Sequence[int]] = {}
        for phrase, starts in self.places.items():
            reach = range(phrase.count(" ") + 1)
            if left := [at for at in starts if not any(at + n in hidden for n in reach)]:
                places[phrase] = left
        return Reading(words, names, places, self.sentences, {})

    def stand(self, choices: Choices) -> dict[int, tuple[int, ...]]:
        """Return where `choices` stand: by the place they begin, the places they end."""
        known = self.found.get(id(choices))
        if known is None:
            known = self.found[id(choices)] = {}
            for phrase in choices.phrases:
                for at in self.places.get(phrase, ()):
                    known[at] = (*known.get(at, ()), at + phrase.count(" ") + 1)
        return known


def compile_pattern(
    source: str, lists: Mapping[str, Sequence[str]], known: dict[tuple[Phrase, ...], Choices]
) -> Pattern:
    """Read one pattern; choices met before are taken from `known`, new ones are put there.

    Raises:
        PatternError: it cannot be read; the message says what is wrong with it.

    """
    parts: list[tuple[Step, ...]] = []
    steps: list[Step] = []
    gap = 0
    for piece in _PIECE.findall(source):
        if piece in _GAPS:
            gap = _GAPS[piece]
        elif piece == "&":
            parts.append(_sequence(steps, source))
            steps, gap = [], 0
        else:
            steps.append(_step(piece, gap, lists, source, known))
            gap = 0
    parts.append(_sequence(steps, source))
    return Pattern(source, tuple(parts))


def find(pattern: Pattern, post: Reading) -> Iterator[tuple[Span, ...]]:
    """Yield where `pattern` stands in `post`: one span for each part."""
    first, *rest = pattern.parts
    for span in _find_part(first, post):
        others = [_nearest(part, post, span) for part in rest]
        if all(others):
            yield (span, *(other for other in others if other))


def _nearest(part: tuple[Step, ...], post: Reading, span: Span) -> Span | None:
    for other in _find_part(part, post):
        apart = max(other.start - span.end, span.start - other.end)
        if 0 <= apart <= NEAR:
            return other
    return None


def _find_part(steps: tuple[Step, ...], post: Reading) -> Iterator[Span]:
    standing = [post.stand(step.choices) for step in steps]
    sizes = [1 << 30 if s.optional else len(at) for s, at in zip(steps, standing, strict=True)]
    rarest = sizes.index(min(sizes))
    for at in sorted(standing[rarest])[:_MOST_TRIES]:
        begin = _leftwards(steps, standing, rarest, at, post)
        if begin is not None:
            end = _rightwards(steps, standing, rarest, at, post)
            if end is not None:
                yield Span(begin, end)


def _rightwards(
    steps: tuple[Step, ...], standing: Standing, index: int, at: int, post: Reading
) -> int | None:
    """Return where the match that has step `index` at place `at` ends."""
    sentence = post.sentences[at]
    ends = set(standing[index][at])
    for step, places in zip(steps[index + 1 :], standing[index + 1 :], strict=True):
        reached = {
            stop
            for end in ends
            for place in range(end, min(end + step.gap + 1, len(post.words)))
            if place in places and post.sentences[place] == sentence
            for stop in places[place]
        }
        ends = reached | ends if step.optional else reached
        if not ends:
            return None
    return max(ends)


def _leftwards(
    steps: tuple[Step, ...], standing: Standing, index: int, at: int, post: Reading
) -> int | None:
    """Return where the match that has step `index` at place `at` begins."""
    sentence = post.sentences[at]
    starts = {at}
    for here in range(index - 1, -1, -1):
        gap, places = steps[here + 1].gap, standing[here]
        reach = gap + steps[here].choices.longest
        reached = {
            back
            for place in starts
            for back in range(max(0, place - reach), place)
            if back in places
            and post.sentences[back] == sentence
            and any(0 <= place - end <= gap for end in places[back])
        }
        starts = reached | starts if steps[here].optional else reached
        if not starts:
            return None
    return min(starts)


def _sequence(steps: list[Step], source: str) -> tuple[Step, ...]:
    if all(step.optional for step in steps):
        raise PatternError(f"“{source}” needs at least one word that must be there")
    return tuple(steps)


def _step(
    piece: str,
    gap: int,
    lists: Mapping[str, Sequence[str]],
    source: str,
    known: dict[tuple[Phrase, ...], Choices],
) -> Step:
    optional = piece.endswith("?")
    body = piece.removesuffix("?")
    if body.startswith("{"):
        name = body[1:-1]
        if name not in lists:
            raise PatternError(f"“{source}” names the list {{{name}}}, which is not under words")
        phrases: Iterable[str] = lists[name]
    elif body.startswith("("):
        phrases = [p for p in body[1:-1].split("|") if p.strip()]
    elif body.replace("*", "").isalnum():
        phrases = [body]
    else:
        raise PatternError(f"“{source}” holds “{piece}”, which is no part of the pattern language")
    split = tuple(sorted({" ".join(phrase.split()) for phrase in phrases}))
    if split not in known:
        known[split] = _choices(split, source)
    return Step(known[split], gap, optional)


def _choices(phrases: tuple[Phrase, ...], source: str) -> Choices:
    known = frozenset(filter(None, phrases))
    if not all(word.replace("*", "").isalnum() for phrase in known for word in phrase.split()):
        raise PatternError(f"“{source}” holds a choice that cannot be read")
    if not known:
        raise PatternError(f"“{source}” holds a place where no word may stand")
    return Choices(known, max(phrase.count(" ") + 1 for phrase in known))
