"""Package the vectors of the knowledge, so that a first start need not encode it all.

They are found by content: an entry written since is encoded at start, and nothing goes wrong.
"""

from __future__ import annotations

from pathlib import Path

import bot.matching
from bot.matching.encoder import encode_all
from bot.matching.lexicon import ordinary
from bot.matching.library import gather
from bot.matching.matcher import packaged_encoder
from bot.matching.reading import Reader
from bot.matching.store import VectorStore
from evaluation.knowledge import read_synonyms, read_topics


def write_vectors() -> int:
    """Write `bot/matching/weights/vectors.npz`; give the number of lines encoded."""
    texts = [phrasing.text for phrasing in gather(read_topics()).phrasings]
    reader = Reader(texts, read_synonyms(), ordinary())
    readings = [reader.read(text) for text in texts]
    encoder = packaged_encoder()
    store = VectorStore(encoder.fingerprint, None)
    encode_all(encoder, readings, store)
    path = Path(bot.matching.__file__).parent / "weights" / "vectors.npz"
    store.write(path, (reading.text for reading in readings))
    return len(readings)
