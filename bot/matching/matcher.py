"""Build the matcher and hear posts with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cases.nation import Nation
from bot.matching.channel import LetterChannel, Mix, WordChannel
from bot.matching.decide import Decider
from bot.matching.decision import Hearing
from bot.matching.lexicon import ordinary
from bot.matching.library import gather
from bot.matching.nation import spoken_from
from bot.matching.parts import listen, questions
from bot.matching.ranker import Ranker
from bot.matching.reading import Reader
from bot.matching.topic import Synonym, Topic

_LONGEST = 6000
"""Characters of a post that are heard; Discord allows 4,000."""


class LocalMatcher:
    """Hears posts on this machine alone. Deterministic; safe to call from a worker thread."""

    def __init__(self, reader: Reader, ranker: Ranker) -> None:
        self._reader = reader
        self._ranker = ranker
        self._decider = Decider(ranker)

    def hear(self, post: str, *, nation: Nation | None = None) -> Hearing:
        """Split a post into its questions and decide each."""
        post = post[:_LONGEST]
        spoken = spoken_from(post, nation)
        heard = listen(post, self._reader, self._ranker)
        ignored = self._decider.ignored(heard)
        if ignored is not None:
            return Hearing((), spoken, ignored)
        return Hearing(self._decider.parts(heard, questions(heard), spoken), spoken)


def build_matcher(topics: Sequence[Topic], synonyms: Sequence[Synonym] = ()) -> LocalMatcher:
    """Learn from our own words and give a matcher; takes seconds, and no network."""
    library = gather(topics)
    texts = [phrasing.text for phrasing in library.phrasings]
    reader = Reader(texts, synonyms, ordinary())
    readings = [reader.read(text) for text in texts]
    words = WordChannel(readings)
    mix = Mix(((words, 0.5), (LetterChannel(readings), 0.5)))
    return LocalMatcher(reader, Ranker(library, readings, mix, words))
