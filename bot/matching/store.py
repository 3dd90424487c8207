"""Keep vectors between starts, by content: the same text and encoder, the same vector."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def load_vectors(folder: Path, fingerprint: str) -> dict[str, Floats]:
    """Read the vectors kept for one encoder; a damaged or foreign file counts as none."""
    try:
        with np.load(_file(folder, fingerprint), allow_pickle=False) as kept:
            return dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def save_vectors(folder: Path, fingerprint: str, kept: dict[str, Floats]) -> None:
    """Write the vectors beside the old file and put them in its place in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _file(folder, fingerprint)
    beside = path.with_suffix(f".{os.getpid()}.part")
    with beside.open("wb") as out:
        np.savez(out, texts=np.array(list(kept)), vectors=np.stack(list(kept.values())))
    beside.replace(path)


def _file(folder: Path, fingerprint: str) -> Path:
    return folder / f"vectors-{fingerprint}.npz"
