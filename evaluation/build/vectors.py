"""Package the vectors of the knowledge and what is learnt from it, so that a first start is quick.

Both are found by content: an entry written since is encoded and learnt at start, and nothing goes
wrong.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import bot.matching
from bot.matching.encoder import encode_all
from bot.matching.lexicon import ordinary
from bot.matching.library import gather
from bot.matching.matcher import build_matcher, packaged_encoder
from bot.matching.reading import Reader
from bot.matching.store import VectorStore
from evaluation.knowledge import read_synonyms, read_topics


def write_vectors() -> int:
    """Write `vectors.npz` and `learnt.npz` in the weights; give the number of lines encoded."""
    texts = [phrasing.text for phrasing in gather(read_topics()).phrasings]
    reader = Reader(texts, read_synonyms(), ordinary())
    readings = [reader.read(text) for text in texts]
    encoder = packaged_encoder()
    store = VectorStore(encoder.fingerprint, None)
    encode_all(encoder, readings, store)
    weights = Path(bot.matching.__file__).parent / "weights"
    store.write(weights / "vectors.npz", (reading.text for reading in readings))
    with tempfile.TemporaryDirectory() as folder:
        build_matcher(read_topics(), read_synonyms(), cache=Path(folder), encoder=encoder)
        learnt = Path(folder) / "learnt.npz"
        if learnt.is_file():  # else what is packaged was learnt from these very lines
            shutil.copyfile(learnt, weights / learnt.name)
    return len(readings)
