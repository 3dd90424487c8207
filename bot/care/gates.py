"""Which patterns are worth trying on a post: those whose every word is somewhere in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from bot.care.pattern import Choices, Pattern
from bot.care.phrasebook import Phrase
from bot.care.reading import Reading

_EVERYWHERE = """
i he she they him her them my his their me you we us it this that the and or but to in on at of for
with is are was were be been am have has had do does did not no never can will would could get got
go going said says when if so all up out off now back
"""
_COMMON = frozenset(_EVERYWHERE.split())


@dataclass(frozen=True, slots=True)
class Gates:
    """One bit for each set of choices a pattern needs.

    A post opens the bits of the phrases it holds. A pattern is looked at only if a phrase of its
    rarest choices is there, and tried only if all of its bits are open. That keeps
    long posts quick.
    """

    bits: Mapping[Phrase, int]
    doors: Mapping[Phrase, tuple[tuple[int, int], ...]]
    """By phrase, the numbers of the patterns it is among the rarest in, and the bits each needs."""

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> Gates:
        """Number the choices of `patterns`, which are numbered in their order."""
        numbers: dict[int, int] = {}
        bits: dict[Phrase, int] = {}
        doors: dict[Phrase, list[tuple[int, int]]] = {}
        for at, pattern in enumerate(patterns):
            needs = list(pattern.needs())
            mask = 0
            for choices in needs:
                if id(choices) not in numbers:
                    numbers[id(choices)] = bit = 1 << len(numbers)
                    for phrase in choices.phrases:
                        bits[phrase] = bits.get(phrase, 0) | bit
                mask |= numbers[id(choices)]
            for phrase in min(needs, key=_commonness).phrases:
                doors.setdefault(phrase, []).append((at, mask))
        return cls(bits, {phrase: tuple(behind) for phrase, behind in doors.items()})

    def opened_by(self, post: Reading) -> Set[int]:
        """Return the numbers of the patterns worth trying on `post`."""
        opened = 0
        for phrase in post.places:
            opened |= self.bits.get(phrase, 0)
        return {
            number
            for phrase in post.places.keys() & self.doors.keys()
            for number, mask in self.doors[phrase]
            if mask & opened == mask
        }


def _commonness(choices: Choices) -> tuple[bool, int]:
    return not _COMMON.isdisjoint(choices.phrases), len(choices.phrases)
