"""The encoder channel: sentences as vectors, from a small network that runs on this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.matching.packaged import vocabulary
from bot.matching.reading import Reading
from bot.matching.store import VectorStore
from bot.matching.wordpiece import WordPiece

Floats = NDArray[np.float32]
WIDTH = 384
_WEIGHTS = "encoder.onnx"


class EncoderMissing(Exception):
    """The encoder cannot run here; matching goes on with words and letters alone."""


class Encoder(Protocol):
    """Text to a vector of length 1."""

    fingerprint: str
    """Changes when the same text would give another vector."""

    def vector(self, text: str) -> Floats:
        """Encode one text, shape (384,)."""
        ...


class OnnxEncoder:
    """Runs the packaged network with onnxruntime, one text at a time.

    Eight-bit arithmetic gives the same vector every time only for single texts, never batches.
    """

    def __init__(self, weights: Path) -> None:
        """Load the network.

        Raises:
            EncoderMissing: onnxruntime is not installed or the weights are not here.

        """
        try:
            import onnxruntime as ort  # noqa: PLC0415 - absent in the smaller install
        except ImportError as fault:
            raise EncoderMissing("onnxruntime is not installed") from fault
        if not weights.is_file():
            raise EncoderMissing("the encoder's weights are not in this install")
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = ort.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        self._pieces = WordPiece(vocabulary())
        self.fingerprint = hashlib.sha256(weights.read_bytes()).hexdigest()[:16]

    def vector(self, text: str) -> Floats:
        """Encode one text, shape (384,)."""
        ids = np.array([self._pieces.encode(text)], dtype=np.int64)
        vector: Floats = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0][0]
        return vector


@contextmanager
def packaged_weights() -> Iterator[Path]:
    """Give the packaged weights as a file while they are read."""
    with resources.as_file(resources.files(__package__).joinpath("weights", _WEIGHTS)) as path:
        yield path


class SenseChannel:
    """Nearness of meaning, as the encoder sees it."""

    name = "sense"

    def __init__(self, encoder: Encoder, vectors: Floats) -> None:
        """Take the vectors of our phrasings, shape (phrasings, 384)."""
        self._encoder = encoder
        self._vectors = vectors

    def likeness(self, readings: Sequence[Reading]) -> Floats:
        """Cosines of meaning, below 0 counted as 0."""
        vectors = np.stack([self._encoder.vector(reading.text) for reading in readings])
        found: Floats = np.maximum(vectors @ self._vectors.T, 0)
        return found

    def rows(self, low: int, high: int) -> Floats:
        """Cosines of the phrasings with those before them."""
        found: Floats = np.maximum(self._vectors[low:high] @ self._vectors[:high].T, 0)
        return found


def encode_all(encoder: Encoder, readings: Sequence[Reading], store: VectorStore) -> Floats:
    """Encode all readings, shape (readings, 384); what the store keeps is not encoded again."""
    rows: list[Floats] = []
    fresh = False
    for reading in readings:
        vector = store.get(reading.text)
        if vector is None:
            vector = store.put(reading.text, encoder.vector(reading.text))
            fresh = True
        rows.append(vector)
    if fresh:
        store.save(reading.text for reading in readings)
    return np.stack(rows)
