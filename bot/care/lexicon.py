"""Turn the tokens of a post into the words the rules are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.care.fold import BREAK, pieces, plain

_LEET = str.maketrans("013457@$!|+", "oieastasiit")
_LONGEST_WORD = 24
_LONG_RUN = re.compile(r"(.)\1\1+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the playbook knows about single words."""

    spellings: Mapping[str, tuple[str, ...]]
    """Short forms and common misspellings, with the words they stand for."""
    fillers: frozenset[str]
    """Words that carry nothing here ("just", "really"); they are left out."""
    emoji: Mapping[str, str]
    known: frozenset[str]
    """Every word a rule or a spelling mentions, and the innocent look-alikes: never corrected."""
    keywords: frozenset[str]
    """Words worth hearing when they are misspelt, disguised or broken up."""
    buckets: Mapping[tuple[str, int], tuple[str, ...]]
    """The keywords by first letter and length, so that a typo meets few of them."""

    def words(self, text: str) -> list[str]:
        """Return the words of `text` in order, with `BREAK` between sentences."""
        return list(
            self._without_fillers(self._joined(self._spelt(pieces(plain(text, self.emoji)))))
        )

    def _spelt(self, tokens: Iterable[str]) -> Iterator[str]:
        for token in tokens:
            if token in self.spellings:
                yield from self.spellings[token]
            elif token in self.known or token == BREAK:
                yield token
            elif token.isalpha():
                word = self._mended(token)
                yield from self.spellings.get(word, (word,))
            else:
                yield from self._unpicked(token)

    def _unpicked(self, token: str) -> Iterator[str]:
        """Yield the words in a token that holds digits, signs, dots or hyphens."""
        bare = _without_signs(token)
        inside = token[0].isalpha() and token[-1].isalpha()
        for guess in (token.translate(_LEET), bare.translate(_LEET), bare):
            if guess in self.keywords or (inside and guess in self.known):
                yield guess
                return
            if guess in self.spellings and not bare.isdigit():
                yield from self.spellings[guess]
                return
        if "*" in token and (hidden := self._starred(token)):
            yield hidden
            return
        yield from self._parts(token)

    def _parts(self, token: str) -> Iterator[str]:
        dotted = "." in token.strip(".") and len(token) > 5
        spaced = "".join(c if c.isalnum() else (BREAK if c == "." else " ") for c in token)
        for chunk in spaced.replace(BREAK, f" {BREAK} ").split():
            if chunk == BREAK:
                if dotted and "@" not in token:
                    yield BREAK
            elif chunk in self.spellings:
                yield from self.spellings[chunk]
            elif chunk.isalpha() or chunk.isdigit():
                yield chunk
            else:
                yield from _letters_and_digits(chunk)

    def _mended(self, word: str) -> str:
        """Return the keyword that `word` misspells, or `word`."""
        if len(word) > _LONGEST_WORD:
            return word[:_LONGEST_WORD]
        if _LONG_RUN.search(word):
            for single in (_LONG_RUN.sub(r"\1\1", word), _LONG_RUN.sub(r"\1", word)):
                if single in self.known or single in self.spellings:
                    return single
        if len(word) < 5:
            return word
        for size in (len(word), len(word) + 1, len(word) - 1):
            for key in self.buckets.get((word[0], size), ()):
                if OSA.distance(word, key, score_cutoff=1) <= 1:
                    return key
        return word

    def _starred(self, token: str) -> str | None:
        for key in self.buckets.get((token[0], len(token)), ()):
            if all(a in ("*", b) for a, b in zip(token, key, strict=True)):
                return key
        return None

    def _joined(self, words: Iterable[str]) -> Iterator[str]:
        """Join spaced-out letters, and a keyword that was broken in two."""
        letters: list[str] = []
        before: str | None = None
        for word in words:
            if len(word) == 1 and word.isalpha():
                letters.append(word)
                continue
            if letters:
                if before is not None:
                    yield before
                    before = None
                yield from self._from_letters(letters)
                letters = []
            if before is not None and before + word in self.keywords:
                word, before = before + word, None  # noqa: PLW2901 - one word again
            if before is not None:
                yield before
            before = word
        if before is not None:
            yield before
        yield from self._from_letters(letters)

    def _from_letters(self, letters: list[str]) -> Iterator[str]:
        if len(letters) < 3:
            yield from letters
            return
        run = "".join(letters)[:200]
        while run:
            size = next((n for n in range(min(12, len(run)), 1, -1) if run[:n] in self.known), 1)
            yield run[:size]
            run = run[size:]

    def _without_fillers(self, words: Iterable[str]) -> Iterator[str]:
        last = BREAK
        for word in words:
            if word in self.fillers or (word == last and (word == BREAK or len(word) < 3)):
                continue
            last = word
            yield word


def _without_signs(token: str) -> str:
    return "".join(c for c in token if c.isalnum() or c in "@$!")


def _letters_and_digits(chunk: str) -> Iterator[str]:
    part = ""
    for letter in chunk:
        if part and part[-1].isdigit() != letter.isdigit():
            yield part
            part = ""
        part += letter
    if part:
        yield part
