"""Build the matcher and hear posts with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.cases.nation import Nation
from bot.matching.calibration import Calibration, Engine, packaged
from bot.matching.channel import Channel, LetterChannel, Mix, WordChannel
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
from bot.matching.kernel import NOISE, SHARPNESS
from bot.matching.lexicon import ordinary
from bot.matching.library import Library, gather
from bot.matching.nation import moves, spoken_from
from bot.matching.nationality import Law
from bot.matching.parts import Blend, listen, questions
from bot.matching.ranker import Ranker
from bot.matching.reading import Reader, Reading
from bot.matching.silence import ignored
from bot.matching.store import KeptWeights, VectorStore
from bot.matching.topic import Synonym, Topic

_LONGEST = 6000
"""Characters of a post that are heard; Discord allows 4,000."""


FULL_MIX = (0.2, 0.1, 0.7)
"""Shares of words, letters and sense in the likeness."""
SMALL_MIX = (0.5, 0.5)
"""Shares of words and letters."""


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
        self._blend = blend or Blend()
        self._decider = Decider(ranker, calibration, self._blend)
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
        asked = questions(heard, self._ranker, self._blend)
        return Hearing(self._decider.parts(heard, asked, Law(spoken, moves(post))), spoken)

    def leading(self, post: str) -> tuple[str, tuple[float, ...]] | None:
        """Give the entry that leads for a post taken as one question, and its signals.

        For calibration; None when the post is ignored or asks after someone.
        """
        heard = listen(post, self._reader, self._ranker)
        if ignored(heard, self._ranker.library) is not None:
            return None
        return self._decider.leading(heard, Law(spoken_from(post, None), moves(post)))


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
    words = WordChannel(readings)
    channels: list[Channel] = [words, LetterChannel(readings)]
    missing: str | None = None
    mark = "small"
    shares: tuple[float, ...] = SMALL_MIX
    try:
        if small:
            raise EncoderMissing("the small matcher was asked for")
        encoder = encoder or packaged_encoder()
        channels.append(_sense(readings, encoder, cache))
        mark, shares = encoder.fingerprint, FULL_MIX
    except EncoderMissing as fault:
        missing = str(fault)
    mix = Mix(tuple(zip(channels, shares, strict=True)))
    ranker = Ranker(library, readings, mix, words, _kept(cache, library, readings, mark))
    engine = Engine.SMALL if missing else Engine.FULL
    return LocalMatcher(reader, ranker, packaged(engine), missing)


def _kept(
    cache: Path | None, library: Library, readings: Sequence[Reading], mark: str
) -> KeptWeights:
    lines = (
        f"{phrasing.label} {reading.text} {' '.join(reading.stems)}"
        for phrasing, reading in zip(library.phrasings, readings, strict=True)
    )
    settings = f"{mark} {FULL_MIX} {SMALL_MIX} {SHARPNESS} {NOISE} {library.labels}"
    return KeptWeights(cache, (settings, *lines))


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
