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

NEAR = 24
"""How many words apart the two halves of `one & two` may stand."""

_GAPS = {"..": 3, "...": 9}
_MOST_TRIES = 16
_PIECE = re.compile(r"\s*(\.\.\.|\.\.|&|\([^()]*\)\??|\{[a-z_-]+\}\??|[a-z0-9*]+\??|\S)")


class PatternError(ValueError):
    """This pattern cannot be read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a pattern: what may stand there, and how far from the step before."""

    choices: Mapping[str, tuple[tuple[str, ...], ...]]
    """By first word, the phrases that fit."""
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. `parts` holds more than one sequence when it was written with `&`."""

    source: str
    parts: tuple[tuple[Step, ...], ...]

    def first_words(self) -> Iterator[frozenset[str]]:
        """Yield for each step that must be there the words it may begin with."""
        for part in self.parts:
            for step in part:
                if not step.optional:
                    yield frozenset(step.choices)


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` up to but not including `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A post ready to be matched: its words, and where each word or word-beginning stands."""

    words: Sequence[str]
    names: Sequence[tuple[str, ...]]
    """For each place the word, and the `word*` forms it fits."""
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, words: Sequence[str], beginnings: Mapping[str, str]) -> Reading:
        """Index `words`; `beginnings` maps each known word-beginning to its `word*` name."""
        names: list[tuple[str, ...]] = []
        places: dict[str, list[int]] = {}
        seen: dict[str, tuple[str, ...]] = {}
        for at, word in enumerate(words):
            called = seen.get(word)
            if called is None:
                starts = (beginnings.get(word[:n]) for n in range(3, min(len(word), 12) + 1))
                called = seen[word] = (word, *(s for s in starts if s is not None))
            names.append(called)
            for name in called:
                places.setdefault(name, []).append(at)
        return cls(words, names, places)


def compile_pattern(source: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """Read one pattern. Raises `PatternError` with what is wrong with it."""
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
            steps.append(_step(piece, gap, lists, source))
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
    counts = [
        1 << 30 if step.optional else sum(len(post.places.get(w, ())) for w in step.choices)
        for step in steps
    ]
    rarest = counts.index(min(counts))
    starts = sorted({at for word in steps[rarest].choices for at in post.places.get(word, ())})
    for at in starts[:_MOST_TRIES]:
        begins = _leftwards(steps, rarest, at, post)
        if begins is None:
            continue
        ends = _rightwards(steps, rarest, at, post)
        if ends is not None:
            yield Span(begins, ends)


def _rightwards(steps: tuple[Step, ...], index: int, at: int, post: Reading) -> int | None:
    """Return where the match that has step `index` at place `at` ends."""
    ends = _ends(steps[index], at, post)
    for step in steps[index + 1 :]:
        reached = {
            end for start in _reach(ends, step.gap, post) for end in _ends(step, start, post)
        }
        ends = reached | ends if step.optional else reached
        if not ends:
            return None
    return max(ends, default=None)


def _leftwards(steps: tuple[Step, ...], index: int, at: int, post: Reading) -> int | None:
    """Return where the match that has step `index` at place `at` begins."""
    starts = {at}
    for here in range(index, 0, -1):
        step, gap = steps[here - 1], steps[here].gap
        reached: set[int] = set()
        for place in starts:
            for back in range(place - 1, max(-1, place - gap - 14), -1):
                if post.words[back] == BREAK:
                    break
                if any(0 <= place - end <= gap for end in _ends(step, back, post)):
                    reached.add(back)
        starts = reached | starts if step.optional else reached
        if not starts:
            return None
    return min(starts)


def _reach(ends: set[int], gap: int, post: Reading) -> set[int]:
    reached: set[int] = set()
    for end in ends:
        for place in range(end, min(end + gap + 1, len(post.words))):
            if post.words[place] == BREAK:
                break
            reached.add(place)
    return reached


def _ends(step: Step, at: int, post: Reading) -> set[int]:
    ends: set[int] = set()
    for name in post.names[at]:
        for phrase in step.choices.get(name, ()):
            size = len(phrase)
            if size == 1 or all(
                at + n < len(post.names) and phrase[n] in post.names[at + n] for n in range(1, size)
            ):
                ends.add(at + size)
    return ends


def _sequence(steps: list[Step], source: str) -> tuple[Step, ...]:
    if all(step.optional for step in steps):
        raise PatternError(f"“{source}” needs at least one word that must be there")
    return tuple(steps)


def _step(piece: str, gap: int, lists: Mapping[str, Sequence[str]], source: str) -> Step:
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
    return Step(_by_first_word(phrases, source), gap, optional)


def _by_first_word(phrases: Iterable[str], source: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    choices: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        if not words:
            continue
        if not all(word.replace("*", "").isalnum() for word in words):
            raise PatternError(f"“{source}” holds a choice that cannot be read")
        choices.setdefault(words[0], []).append(words)
    if not choices:
        raise PatternError(f"“{source}” holds a place where no word may stand")
    return {word: tuple(found) for word, found in choices.items()}
