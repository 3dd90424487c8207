"""Public intent sets: train lines and test lines, `oos` for what is out of scope."""

from __future__ import annotations

import csv
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.matching.channel import Channel, LetterChannel, Mix, WordChannel
from bot.matching.encoder import Encoder, SenseChannel, encode_all
from bot.matching.kernel import Ridge, solve
from bot.matching.lexicon import ordinary
from bot.matching.matcher import FULL_MIX, SMALL_MIX
from bot.matching.reading import Reader
from bot.matching.store import VectorStore
from evaluation.metrics import auroc, coverage_at, rejected_at, resident_mb, top_k
from evaluation.peers import Labels, Numbers, Peer

OUTSIDE = "oos"


@dataclass(frozen=True, slots=True)
class Lines:
    """Labelled lines."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


def read_lines(path: Path) -> Lines:
    """Read JSON lines with `text` and `label`, or a CSV with `text` and `category`."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
        else:
            read = (json.loads(line) for line in file if line.strip())
            rows = [(row["text"], row["label"]) for row in read]
    return Lines(tuple(r[0].strip() for r in rows), tuple(r[1] for r in rows))


def draw(lines: Lines, shots: int | None, seed: int) -> Lines:
    """Keep `shots` lines a label, drawn with `seed`; out-of-scope lines are never learnt."""
    dice = random.Random(seed)
    kept: list[tuple[str, str]] = []
    for label in sorted(set(lines.labels) - {OUTSIDE}):
        own = [t for t, at in zip(lines.texts, lines.labels, strict=True) if at == label]
        chosen = own if shots is None else dice.sample(own, min(shots, len(own)))
        kept.extend((text, label) for text in chosen)
    return Lines(tuple(k[0] for k in kept), tuple(k[1] for k in kept))


class Ours:
    """The matcher's channels and learner on any labelled lines."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Learn labelled lines."""
        self._reader = Reader(texts, (), ordinary())
        readings = [self._reader.read(text) for text in texts]
        channels: list[Channel] = [WordChannel(readings), LetterChannel(readings)]
        if self._encoder is not None:
            store = VectorStore(self._encoder.fingerprint, None)
            vectors = encode_all(self._encoder, readings, store)
            channels.append(SenseChannel(self._encoder, vectors))
        shares = FULL_MIX if self._encoder else SMALL_MIX
        self._mix = Mix(tuple(zip(channels, shares, strict=True)))
        self._ridge = Ridge(solve(self._mix.rows, label, labels))

    def score(self, text: str) -> Numbers:
        """Give a score for each label."""
        likeness = self._mix.likeness(self._reader.read(text))
        return self._ridge.score(likeness).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one method did. Shares are 0 to 1; `nan` where the test holds nothing to tell by."""

    name: str
    top1: float
    recall3: float
    auroc: float
    rejected: float
    """Out-of-scope questions turned away when 95 % of those in scope are kept."""
    at95: float
    """Coverage at which 95 % of what is answered is right."""
    at98: float
    p50: float
    p99: float
    rss: float


def measure(name: str, peer: Peer, train: Lines, test: Lines) -> Outcome:
    """Train one method and score the whole test."""
    names = sorted(set(train.labels))
    place = {label: at for at, label in enumerate(names)}
    peer.fit(train.texts, np.array([place[label] for label in train.labels]), len(names))
    scores, times = _score_all(peer, test.texts)
    label = np.array([place.get(label, -1) for label in test.labels])
    inside = label >= 0
    best = scores.max(axis=1)
    right: NDArray[np.bool_] = inside & (scores.argmax(axis=1) == label)
    apart = (~inside).any()
    return Outcome(
        name,
        top_k(scores[inside], label[inside], 1),
        top_k(scores[inside], label[inside], 3),
        auroc(best[inside], best[~inside]) if apart else float("nan"),
        rejected_at(best[inside], best[~inside]) if apart else float("nan"),
        coverage_at(_margin(scores), right, 0.95),
        coverage_at(_margin(scores), right, 0.98),
        times[len(times) // 2],
        times[int(len(times) * 0.99)],
        resident_mb(),
    )


def _margin(scores: Numbers) -> Numbers:
    """Score and margin together decide; both are needed to be sure."""
    two = np.partition(scores, -2, axis=1)[:, -2:]
    lead: Numbers = two.max(axis=1) + (two.max(axis=1) - two.min(axis=1))
    return lead


def _score_all(peer: Peer, texts: Sequence[str]) -> tuple[Numbers, list[float]]:
    rows: list[Numbers] = []
    times: list[float] = []
    for text in texts:
        began = time.process_time()
        rows.append(peer.score(text))
        times.append((time.process_time() - began) * 1000)
    return np.stack(rows), sorted(times)
