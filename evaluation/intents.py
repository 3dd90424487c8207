"""Public intent sets: train lines and test lines, `oos` for what is out of scope."""

from __future__ import annotations

import csv
import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.matching.channel import Channel, LetterChannel, Mix, WordChannel
from bot.matching.encoder import Encoder, SenseChannel, encode_all
from bot.matching.kernel import NOISE, SHARPNESS, Ridge, solve
from bot.matching.lexicon import ordinary
from bot.matching.reading import Reader, Reading
from bot.matching.store import VectorStore
from evaluation.metrics import auroc, coverage_at, rejected_at, resident_mb, top_k
from evaluation.peers import Labels, Numbers, Peer

OUTSIDE = "oos"
SHARES = ((0.2, 0.1, 0.7), (0.1, 0.05, 0.85), (0.05, 0.05, 0.9), (0.0, 0.05, 0.95))
"""Shares of words, letters and sense to choose from: posts want the first, short lines the last."""
SMALL_SHARES = ((0.7, 0.3), (0.5, 0.5), (0.3, 0.7))
_MOST_WEIGHED = 2_000
"""Lines by which shares are chosen; all of them would take minutes and choose no better."""


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


def named(lines: Lines) -> Lines:
    """Add each label's own name as a line, as an entry's title is: "card_arrival" says much."""
    said = {label: " ".join(re.split(r"[\W_]+", label)).strip() for label in set(lines.labels)}
    names = [(said[label], label) for label in sorted(said) if re.search("[A-Za-z]{3}", label)]
    return Lines(
        (*lines.texts, *(name for name, _ in names)), (*lines.labels, *(at for _, at in names))
    )


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
        self._store = VectorStore(encoder.fingerprint if encoder else "none", None)

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Learn labelled lines."""
        self._reader = Reader(texts, (), ordinary())
        readings = [self._reader.read(text) for text in texts]
        few = np.random.default_rng(0).permutation(len(texts))[:_MOST_WEIGHED]
        shares = _fitting(self._channels([readings[at] for at in few]), label[few], labels)
        self._mix = Mix(tuple(zip(self._channels(readings), shares, strict=True)))
        self._ridge = Ridge(solve(self._mix.rows, label, labels))

    def _channels(self, readings: Sequence[Reading]) -> list[Channel]:
        channels: list[Channel] = [WordChannel(readings), LetterChannel(readings)]
        if self._encoder is not None:
            vectors = encode_all(self._encoder, readings, self._store)
            channels.append(SenseChannel(self._encoder, vectors))
        return channels

    def score(self, text: str) -> Numbers:
        """Give a score for each label."""
        likeness = self._mix.likeness([self._reader.read(text)])
        scores: Numbers = self._ridge.score(likeness)[0].astype(np.float64)
        return scores


def _fitting(
    channels: Sequence[Channel], label: NDArray[np.int64], labels: int
) -> tuple[float, ...]:
    """Give the shares that err least on lines left out one by one; the test is not looked at."""
    likeness = [channel.rows(0, len(label)) for channel in channels]
    errors: dict[tuple[float, ...], float] = {}
    for shares in SHARES if len(channels) == len(SHARES[0]) else SMALL_SHARES:
        parts = [share * one for share, one in zip(shares, likeness, strict=True)]
        errors[shares] = _left_out(np.sum(parts, axis=0, dtype=np.float32), label, labels)
    return min(errors, key=lambda shares: errors[shares])


def _left_out(likeness: NDArray[np.float32], label: NDArray[np.int64], labels: int) -> float:
    """Give the mean squared error on phrasings each left out once, shape (n, n) given.

    Closed form of leave-one-out: with B the inverse of the system, the error of the phrasing i
    is the row i of B T divided by B[i, i].
    """
    system = np.exp(SHARPNESS * (likeness - 1)) + NOISE * np.eye(len(label), dtype=np.float32)
    inverse = np.linalg.inv(system)
    target = np.zeros((len(label), labels), np.float32)
    target[np.arange(len(label)), label] = 1
    wrong = inverse @ target / np.diagonal(inverse)[:, None]
    return float((wrong**2).sum(axis=1).mean())


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
