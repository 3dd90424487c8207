"""The rules of the playbook as values: what is listened for, and what lowers or raises it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.care.concern import Flow, Level
from bot.care.pattern import Pattern
from bot.care.phrasebook import Phrase
from bot.care.reading import Reading


class Subject(StrEnum):
    """Whom a rule speaks of."""

    SPEAKER = "speaker"
    """Whoever wrote the post."""
    CHILD = "child"
    """A child, unless the sentence names another grown-up."""
    OTHER = "other"


class Effect(StrEnum):
    """What a context does to the rules it touches."""

    CANCEL = "cancel"
    SOFTEN = "soften"
    RAISE = "raise"


class Scope(StrEnum):
    """How far a context reaches."""

    SENTENCE = "sentence"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns that mean the same, each with the gate bits a post must open for it."""

    patterns: tuple[tuple[int, Pattern], ...]

    def open(self, gates: int) -> list[Pattern]:
        """Return the patterns whose every word is somewhere in the post."""
        return [pattern for need, pattern in self.patterns if need & gates == need]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that is a concern by itself."""

    id: str
    level: Level
    who: Subject
    flow: Flow | None
    """None: the card for whoever is at risk, the child or the parent."""
    phrases: Phrases
    unless: Phrases
    """Words close by that show it to be something else."""
    wide: bool
    """Believed only when the words of the post together do not speak against it."""
    firm: bool
    """Contexts that cancel do not touch it ("not breathing" needs its "not")."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that is no concern alone, and counts towards one."""

    id: str
    points: int
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class Gathering:
    """Signs that together make a concern once they reach `needs` points."""

    id: str
    needs: int
    level: Level
    who: Subject
    flow: Flow | None
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Words that lower or raise what stands in the same sentence, or in the same post."""

    id: str
    effect: Effect
    scope: Scope
    flows: frozenset[Flow]
    """The flows it touches; empty for all."""
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class Gates:
    """One bit for each set of phrases a pattern needs.

    A post opens the bits of the phrases it holds; a pattern is tried only if all of its own are
    open. That is what keeps a post of 300 words under two milliseconds.
    """

    bits: Mapping[Phrase, int]

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> tuple[Gates, dict[int, int]]:
        """Number the choices of `patterns`; returned beside the gates, by the choices' `id`."""
        numbers: dict[int, int] = {}
        bits: dict[Phrase, int] = {}
        for pattern in patterns:
            for choices in pattern.needs():
                if id(choices) not in numbers:
                    numbers[id(choices)] = bit = 1 << len(numbers)
                    for phrase in choices.phrases:
                        bits[phrase] = bits.get(phrase, 0) | bit
        return cls(bits), numbers

    def opened_by(self, post: Reading) -> int:
        """Return the bits that the phrases of `post` open."""
        opened = 0
        for phrase in post.places:
            opened |= self.bits.get(phrase, 0)
        return opened
