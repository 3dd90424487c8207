"""The rules of the playbook as values: what is listened for, and what lowers or raises it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from bot.care.concern import Flow, Level
from bot.care.pattern import Pattern


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
    """Patterns that mean the same, by their numbers at the gates."""

    patterns: Mapping[int, Pattern]
    numbers: frozenset[int]

    def open(self, opened: Set[int]) -> list[Pattern]:
        """Return the patterns whose every word is somewhere in the post."""
        return [self.patterns[number] for number in sorted(self.numbers & opened)]


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
    sure: bool
    """Said outright: believed whatever the other words of the post are."""
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
