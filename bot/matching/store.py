"""Keep vectors between starts, by content: the same text and encoder, the same vector.

Texts are known by their hash alone, so that no words lie in the file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_DIGEST = 16
_LEARNT = "learnt.npz"


def key(text: str) -> bytes:
    """Give the name a text is kept under."""
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest()


class VectorStore:
    """Vectors of one encoder: those packaged with the bot, those of a folder, and new ones."""

    def __init__(self, fingerprint: str, folder: Path | None) -> None:
        """Open the store; a damaged file, or one of another encoder, counts as none."""
        self._fingerprint = fingerprint
        self._file = folder / f"vectors-{fingerprint}.npz" if folder else None
        self._kept: dict[bytes, Floats] = {}
        packaged = resources.files(__package__).joinpath("weights", "vectors.npz")
        if packaged.is_file():
            with packaged.open("rb") as file:
                self._kept |= _read(file, fingerprint)
        if self._file is not None and self._file.is_file():
            with self._file.open("rb") as file:
                self._kept |= _read(file, fingerprint)

    def get(self, text: str) -> Floats | None:
        """Give the vector of a text, if it is kept."""
        return self._kept.get(key(text))

    def put(self, text: str, vector: Floats) -> Floats:
        """Keep a vector, and give it as it will be read back: at half precision."""
        kept: Floats = vector.astype(np.float16).astype(np.float32)
        self._kept[key(text)] = kept
        return kept

    def save(self, texts: Iterable[str]) -> None:
        """Write the vectors of `texts`, and no others, in one step; without a folder, nothing."""
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(f".{os.getpid()}.part")
        self.write(beside, texts)
        beside.replace(self._file)

    def write(self, path: Path, texts: Iterable[str]) -> None:
        """Write the vectors of `texts` to one file."""
        keys = sorted({key(text) for text in texts} & self._kept.keys())
        with path.open("wb") as out:
            np.savez(
                out,
                fingerprint=np.array(self._fingerprint),
                keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, _DIGEST),
                vectors=np.array([self._kept[k] for k in keys], dtype=np.float16),
            )


class KeptWeights:
    """What the learner learnt, kept under a hash of all that it learnt from.

    The bot brings what it learns from the knowledge it brings; a folder keeps what is learnt later.
    """

    def __init__(self, folder: Path | None, learnt_from: Iterable[str]) -> None:
        """Name the file by everything that the weights depend on."""
        mark = hashlib.blake2b(digest_size=_DIGEST)
        for text in learnt_from:
            mark.update(text.encode())
            mark.update(b"\0")
        self._folder = folder
        self._mark = mark.hexdigest()

    def load(self) -> Floats | None:
        """Give the weights, or None when these lines were not learnt before."""
        packaged = resources.files(__package__).joinpath("weights", _LEARNT)
        with resources.as_file(packaged) as path:
            weights = self._read(path)
        if weights is None and self._folder is not None:
            weights = self._read(self._folder / _LEARNT)
        return weights

    def _read(self, path: Path) -> Floats | None:
        try:
            with np.load(path, allow_pickle=False) as found:
                if str(found["mark"]) != self._mark:
                    return None
                weights: Floats = found["weights"].astype(np.float32)
                return weights
        except (OSError, ValueError, KeyError, EOFError):
            return None

    def save(self, weights: Floats) -> Floats:
        """Keep the weights in place of those before; give them as they will be read back."""
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.write(self._folder / _LEARNT, weights)
        return weights.astype(np.float16).astype(np.float32)

    def write(self, path: Path, weights: Floats) -> None:
        """Write the weights to one file, in one step, at half precision."""
        beside = path.with_suffix(f".{os.getpid()}.part")
        with beside.open("wb") as out:
            np.savez(out, mark=np.array(self._mark), weights=weights.astype(np.float16))
        beside.replace(path)


def _read(file: IO[bytes], fingerprint: str) -> dict[bytes, Floats]:
    try:
        with np.load(file, allow_pickle=False) as found:
            if str(found["fingerprint"]) != fingerprint:
                return {}
            vectors = found["vectors"].astype(np.float32)
            keys = [row.tobytes() for row in found["keys"]]
            return dict(zip(keys, vectors, strict=True))
    except (OSError, ValueError, KeyError, EOFError):
        return {}
