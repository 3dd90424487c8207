"""Text as the channels see it: its words after mending, and their stems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import Stemmer

from bot.matching.normal import plain, words
from bot.matching.spelling import Speller
from bot.matching.synonyms import Canon
from bot.matching.topic import Synonym


@dataclass(frozen=True, slots=True)
class Reading:
    """One piece of text, read."""

    words: tuple[str, ...]
    stems: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words as running text, for the encoder."""
        return " ".join(self.words)


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
        known = (w for text in own_words for w in self._canon.apply(words(plain(text))))
        self._speller = Speller(known, common) if mends else None

    def read(self, text: str) -> Reading:
        """Read one piece of text; anything at all is safe to give."""
        said = words(plain(text))
        said = self._canon.apply(said)
        if self._speller is not None:
            mended = [self._speller.mend(word) for word in said]
            said = self._canon.apply(mended) if mended != said else said
        bare = [word.removesuffix("'s") for word in said]
        return Reading(tuple(said), tuple(self._stem.stemWords(bare)))
