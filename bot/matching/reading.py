"""Text as the channels see it: its words after mending, and their stems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import intern

import Stemmer

from bot.matching.normal import plain, words
from bot.matching.spelling import Speller
from bot.matching.synonyms import Canon, spoken
from bot.matching.topic import Synonym


@dataclass(frozen=True, slots=True)
class Reading:
    """One piece of text, read."""

    words: tuple[str, ...]
    """In their canonical form: old terms, initials and family words made one."""
    stems: tuple[str, ...]
    text: str
    """As running text, spelling mended but the writer's own terms kept, for the encoder."""

    def __add__(self, after: Reading) -> Reading:
        """Give this reading and the one after it as one."""
        return Reading(
            self.words + after.words, self.stems + after.stems, f"{self.text} {after.text}"
        )


class Reader:
    """Reads posts and our own phrasings alike, so that both meet in the same words."""

    def __init__(
        self,
        own_words: Iterable[str],
        synonyms: Sequence[Synonym],
        common: Iterable[str] = (),
        *,
        mends: bool = True,
    ) -> None:
        self._stem = Stemmer.Stemmer("english")
        self._canon = Canon(synonyms)
        self._plain_words = Canon(())
        known = (w for text in own_words for w in spoken(words(plain(text))))
        self._speller = Speller(known, common) if mends else None

    def read(self, text: str) -> Reading:
        """Read one piece of text; anything at all is safe to give."""
        said = spoken(words(plain(text)))
        if self._speller is not None:
            said = [self._speller.mend(word) for word in said]
        said = self._plain_words.apply(said)
        one = self._canon.apply(said)
        bare = [word.removesuffix("'s") for word in one]
        stems = self._stem.stemWords(bare)
        # The same few thousand words come in every reading; one copy of each is kept.
        return Reading(tuple(map(intern, one)), tuple(map(intern, stems)), " ".join(said))
