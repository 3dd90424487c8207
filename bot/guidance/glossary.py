"""The glossary: initials and terms of the field, old and new, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from bot.cases.nation import Nation
from bot.guidance.entry import Mark
from bot.guidance.words import plain

LONGEST_RUN = 8
"""Words in the longest term we look for in a text."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term, what it stands for and what it means."""

    term: str
    expansion: str
    nations: tuple[Nation, ...]
    mark: Mark
    meaning: str | None = None
    aliases: tuple[str, ...] = ()
    """Other spellings and older words that mean it wherever they stand."""
    weak_aliases: tuple[str, ...] = ()
    """Common words or short initials: they mean it only beside other words of the field."""
    replaces: str | None = None
    replaced_by: str | None = None
    year: str | None = None
    """When the new word took over; text, for it may be a span."""

    @property
    def is_initials(self) -> bool:
        """Tell whether the term is short for something, rather than a word."""
        return sum(letter.isupper() for letter in self.term) > 1 and self.term != self.expansion


@dataclass(frozen=True, slots=True)
class ManyMeanings:
    """Initials with more than one meaning: say all of them."""

    term: str
    meanings: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """What the glossary knows about a word somebody asked about."""

    terms: tuple[Term, ...]
    many: ManyMeanings | None = None
    near: tuple[str, ...] = ()
    """Terms spelt nearest, when nothing was found."""


@dataclass(frozen=True, slots=True)
class SameMeaning:
    """Words that mean the same to a parent: what the matcher needs to treat them alike."""

    canonical: str
    variants: tuple[str, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, found by any of their names."""

    terms: tuple[Term, ...]
    many: Mapping[str, ManyMeanings]
    strong: Mapping[str, tuple[Term, ...]]
    """Plain form of a term, alias or expansion → terms."""
    weak: Mapping[str, tuple[Term, ...]]

    def explain(self, text: str) -> Explained:
        """Explain one word or term, as typed by a member."""
        asked = plain(text[:200])
        terms = _unique((*self.strong.get(asked, ()), *self.weak.get(asked, ())))
        many = self.many.get(asked)
        if terms or many or len(asked) < 2:
            return Explained(terms, many)
        near = process.extract(
            asked, list(self.strong), scorer=fuzz.ratio, limit=6, score_cutoff=70
        )
        found = _unique(term for name, _, _ in near for term in self.strong[name])
        return Explained((), None, tuple(term.term for term in found[:3]))

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """Return the terms a text holds, in the order they appear.

        Weak names count only in capitals (“OT”, not “hi”), and not where everything is shouted.
        """
        words = re.findall(r"[^\s/(),;:!?\"“”]+", text)
        shouting = text.isupper()
        found: list[Term] = []
        start = 0
        while start < len(words):
            size = self._longest(words, start)
            run = plain(" ".join(words[start : start + size]))
            found += self.strong.get(run, ())
            if words[start].isupper() and not shouting and len(run) > 1:
                found += self.weak.get(run, ())
            start += size
        return _unique(found)

    def _longest(self, words: list[str], start: int) -> int:
        """Return how many words from here make the longest known name; 1 where none does."""
        for size in range(min(LONGEST_RUN, len(words) - start), 1, -1):
            run = plain(" ".join(words[start : start + size]))
            if run in self.strong or run in self.weak:
                return size
        return 1

    def synonyms(self) -> tuple[SameMeaning, ...]:
        """Return groups of words with one meaning; old words are joined to today's."""
        older = {id(term): self._older(term) for term in self.terms}
        joined = {id(old) for olds in older.values() for old in olds}
        groups: list[SameMeaning] = []
        for term in self.terms:
            names = [name for each in (term, *older[id(term)]) for name in _names(each)]
            same = _unique_text(names)
            if len(same) > 1 and id(term) not in joined:
                groups.append(SameMeaning(same[0], same[1:]))
            if weak := _unique_text(term.weak_aliases):
                groups.append(SameMeaning(same[0], weak, weak=True))
        return tuple(groups)

    def _older(self, term: Term) -> tuple[Term, ...]:
        """Return the terms this one has replaced, in the same nation."""
        todays = {plain(name) for name in _names(term)}
        return tuple(
            old
            for old in self.terms
            if old is not term
            and _share_a_nation(old, term)
            and plain(old.replaced_by or "") in todays
        )


def _names(term: Term) -> tuple[str, ...]:
    return (term.term, term.expansion, *term.aliases)


def _share_a_nation(one: Term, other: Term) -> bool:
    everywhere = Nation.UK in (*one.nations, *other.nations)
    return everywhere or bool(set(one.nations) & set(other.nations))


def _unique(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple({id(term): term for term in terms}.values())


def _unique_text(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(text) for text in texts if plain(text)))


def build_glossary(terms: Iterable[Term], many: Iterable[ManyMeanings]) -> Glossary:
    """Index terms by every name they go by."""
    listed = tuple(terms)
    strong: dict[str, tuple[Term, ...]] = {}
    weak: dict[str, tuple[Term, ...]] = {}
    for term in listed:
        weak_names = _unique_text(term.weak_aliases)
        for name in _unique_text(_names(term)):
            if name not in weak_names:
                strong[name] = (*strong.get(name, ()), term)
        for name in weak_names:
            weak[name] = (*weak.get(name, ()), term)
    by_term = {plain(each.term): each for each in many}
    return Glossary(
        listed, MappingProxyType(by_term), MappingProxyType(strong), MappingProxyType(weak)
    )
