"""The small pattern language of `knowledge/urgent.yaml`: words, lists, gaps.

    word            that word            word*        any word beginning so
    (a|b|two words) one of these         {list}       one of a named list
    word?           may be left out      ..  ...      up to three, up to nine words between
    one & two       both, close together, in either order

Every pattern is matched outwards from its rarest word, and a pattern one of whose words is not
in the post is never tried: that keeps long posts quick.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.care.phrasebook import Phrase

_GAPS = {"..": 3, "...": 9}
_PIECE = re.compile(r"\s*(\.\.\.|\.\.|&|\([^()]*\)\??|\{[a-z_-]+\}\??|[a-z0-9*]+\??|\S)")


class PatternError(ValueError):
    """This pattern cannot be read."""


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
