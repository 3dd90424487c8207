"""Build the matcher and hear posts with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cases.nation import Nation
from bot.matching.calibration import FULL, SMALL, Calibration
from bot.matching.channel import LetterChannel, Mix, WordChannel
from bot.matching.decide import Decider
from bot.matching.decision import Hearing
from bot.matching.encoder import (
    Encoder,
    EncoderMissing,
    OnnxEncoder,
    SenseChannel,
    encode_all,
    packaged_weights,
)
from bot.matching.lexicon import ordinary
from bot.matching.library import gather
from bot.matching.nation import spoken_from
from bot.matching.parts import Blend, listen, questions, whole
from bot.matching.ranker import Ranker
from bot.matching.reading import Reader, Reading
from bot.matching.silence import ignored
from bot.matching.store import VectorStore
from bot.matching.topic import Synonym, Topic

_LONGEST = 6000
"""Characters of a post that are heard; Discord allows 4,000."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much each channel has to say. They sum to 1."""

    words: float
    letters: float
    sense: float = 0.0


FULL_MIX = Shares(0.2, 0.1, 0.7)
SMALL_MIX = Shares(0.5, 0.5)


class LocalMatcher:
    """Hears posts on this machine alone. Deterministic; safe to call from a worker thread."""

    def __init__(
        self,
        reader: Reader,
        ranker: Ranker,
        calibration: Calibration,
        missing: str | None,
        blend: Blend | None = None,
    ) -> None:
        self._reader = reader
        self._ranker = ranker
        self._decider = Decider(ranker, calibration)
        self._blend = blend or Blend()
        self.missing = missing
        """Why the encoder is not in use, in words for `/doctor`; None when it is."""

    def hear(self, post: str, *, nation: Nation | None = None) -> Hearing:
        """Split a post into its questions and decide each."""
        post = post[:_LONGEST]
        spoken = spoken_from(post, nation)
        heard = listen(post, self._reader, self._ranker)
        unwanted = ignored(heard, self._ranker.library)
        if unwanted is not None:
            return Hearing((), spoken, unwanted)
        asked = questions(heard, self._reader, self._ranker, self._blend)
        return Hearing(self._decider.parts(heard, asked, spoken), spoken)

    def leading(self, post: str) -> tuple[str, tuple[float, ...]] | None:
        """Give the entry that leads for a post taken as one question, and its signals.

        For calibration; None when the post is to be ignored.
        """
        heard = listen(post, self._reader, self._ranker)
        if ignored(heard, self._ranker.library) is not None:
            return None
        return self._decider.leading(whole(heard), spoken_from(post, None))


def build_matcher(
    topics: Sequence[Topic],
    synonyms: Sequence[Synonym] = (),
    *,
    cache: Path | None = None,
    encoder: Encoder | None = None,
    small: bool = False,
) -> LocalMatcher:
    """Learn from our own words and give a matcher; takes seconds, and no network.

    `cache` is a folder where vectors are kept between starts. `small` leaves the encoder out;
    it is also left out, and `missing` says why, where it cannot run.
    """
    library = gather(topics)
    texts = [phrasing.text for phrasing in library.phrasings]
    reader = Reader(texts, synonyms, ordinary())
    readings = [reader.read(text) for text in texts]
    words, letters = WordChannel(readings), LetterChannel(readings)
    try:
        if small:
            raise EncoderMissing("the small matcher was asked for")
        sense = _sense(readings, encoder or packaged_encoder(), cache)
    except EncoderMissing as fault:
        mix = Mix(((words, SMALL_MIX.words), (letters, SMALL_MIX.letters)))
        return LocalMatcher(reader, Ranker(library, readings, mix, words), SMALL, str(fault))
    mix = Mix(((words, FULL_MIX.words), (letters, FULL_MIX.letters), (sense, FULL_MIX.sense)))
    return LocalMatcher(reader, Ranker(library, readings, mix, words), FULL, None)


def packaged_encoder() -> Encoder:
    """Load the packaged encoder.

    Raises:
        EncoderMissing: it cannot run in this install.

    """
    with packaged_weights() as weights:
        return OnnxEncoder(weights)


def _sense(readings: Sequence[Reading], encoder: Encoder, cache: Path | None) -> SenseChannel:
    store = VectorStore(encoder.fingerprint, cache)
    return SenseChannel(encoder, encode_all(encoder, readings, store))
