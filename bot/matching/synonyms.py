"""Bring old terms, initials and everyday words to one form, in posts and phrasings alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.matching.lexicon import countable, family, phone, phrases
from bot.matching.normal import plain, words
from bot.matching.topic import Synonym


class Canon:
    """Rewrites a list of words; longest phrase first, each word once."""

    def __init__(self, synonyms: Iterable[Synonym]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for said, meant in phrases():
            self._add(said, meant)
        for synonym in synonyms:
            if not synonym.weak:
                for variant in synonym.variants:
                    self._add(variant, synonym.canonical)
        for rules in self._first.values():
            rules.sort(key=lambda rule: -len(rule[0]))

    def _add(self, said: str, meant: str) -> None:
        before, after = self._form(said), self._form(meant)
        if before and after and before != after:
            self._first.setdefault(before[0], []).append((before, after))

    @staticmethod
    def _form(text: str) -> tuple[str, ...]:
        kin = family()
        return tuple(kin.get(word, word) for word in spoken(words(plain(text))))

    def apply(self, said: Sequence[str]) -> list[str]:
        """Give the words with every known variant replaced by its canonical form."""
        kin = family()
        said = [kin.get(word, word) for word in said]
        out: list[str] = []
        at = 0
        while at < len(said):
            rule = self._rule(said, at)
            if rule is None:
                out.append(said[at])
                at += 1
            else:
                out.extend(rule[1])
                at += len(rule[0])
        return out

    def _rule(self, said: Sequence[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        for rule in self._first.get(said[at], ()):
            size = len(rule[0])
            if tuple(said[at : at + size]) == rule[0] and not _says_already(said, at, rule):
                return rule
        return None


def _says_already(
    said: Sequence[str], at: int, rule: tuple[tuple[str, ...], tuple[str, ...]]
) -> bool:
    """Tell whether the canonical form stands here already, so that it is not doubled."""
    before, after = rule
    if len(after) <= len(before):
        return False
    return any(
        tuple(said[at - shift : at - shift + len(after)]) == after
        for shift in range(len(after))
        if at - shift >= 0
    )


def spoken(said: Sequence[str]) -> list[str]:
    """Undo phone spelling. A lone 2 or 4 is "to" or "for" unless it counts something."""
    known = phone()
    out: list[str] = []
    for at, word in enumerate(said):
        if word in ("2", "4") and not _counts(said, at):
            out.append("to" if word == "2" else "for")
        else:
            out.append(known.get(word, word))
    return out


def _counts(said: Sequence[str], at: int) -> bool:
    if at + 1 >= len(said) or at == 0:
        return True
    beside = (said[at - 1], said[at + 1])
    return any(word in countable() or word[0].isdigit() for word in beside)
