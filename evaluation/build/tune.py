"""Tune the encoder on our own phrasings, so that one entry's phrasings lie close together.

`python -m evaluation.build.tune PUBLISHED OUT [--steps N]` reads the knowledge, trains for
minutes on one core, and writes the ONNX file. Nothing of any member's is used. With `--lines` it
learns a public set's lines instead, to compare with what others publish.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as nnf
from torch import Tensor

from bot.matching.lexicon import ordinary
from bot.matching.library import Library, gather
from bot.matching.packaged import vocabulary
from bot.matching.reading import Reader
from bot.matching.topic import Synonym, Topic
from bot.matching.wordpiece import WordPiece
from evaluation.build.export import export
from evaluation.build.minilm import MiniLM, published
from evaluation.build.views import Views
from evaluation.intents import Lines, draw, named, read_lines
from evaluation.knowledge import read_synonyms, read_topics

_TEMPERATURE = 0.05
_RATE = 4e-5
_ENTRIES, _EACH, _STRANGERS = 16, 2, 4
_MOST_PIECES = 64
_FROZEN = 3
"""Lowest layers left as published: they know English, and training is half as dear."""


class Batches:
    """Draws batches: entries that are easily confused together, and lines of no entry beside."""

    def __init__(self, library: Library, reader: Reader, seed: int) -> None:
        self._dice = random.Random(seed)
        self._views = Views(seed)
        self._reader = reader
        self._pieces = WordPiece(vocabulary(), most=_MOST_PIECES)
        topics = len(library.topics)
        self._asks: list[list[str]] = [[] for _ in range(topics)]
        self._other: list[str] = []
        for phrasing in library.phrasings:
            if phrasing.label < topics:
                self._asks[phrasing.label].append(phrasing.text)
            else:
                self._other.append(phrasing.text)
        for at, topic in enumerate(library.topics):
            self._asks[at].extend(_paragraphs(topic.body))
        self._near: list[list[int]] = [[] for _ in range(topics)]

    def confusable(self, near: Sequence[Sequence[int]]) -> None:
        """Say which entries lie close to each entry at present."""
        self._near = [list(row) for row in near]

    def centres(self, model: MiniLM) -> Tensor:
        """Give the mean vector of some of each entry's phrasings, shape (entries, 384)."""
        with torch.no_grad():
            means = [self.encode(model, asks[:4]).mean(0) for asks in self._asks]
        return nnf.normalize(torch.stack(means), dim=-1)

    def draw(self) -> tuple[list[str], Tensor]:
        """Give texts and their entries; -1, -2 … for lines that have no companion."""
        entries = self._dice.sample(range(len(self._asks)), _ENTRIES // 3)
        for at in list(entries):
            entries.extend(self._dice.sample(self._near[at][:8], 2) if self._near[at] else ())
        entries = list(dict.fromkeys(entries))[:_ENTRIES]
        texts: list[str] = []
        labels: list[int] = []
        for at in entries:
            for ask in self._dice.sample(self._asks[at], min(_EACH, len(self._asks[at]))):
                texts.append(self._views.draw(ask, self._asks[at]))
                labels.append(at)
        strangers = self._dice.sample(self._other, min(_STRANGERS, len(self._other)))
        texts.extend(strangers)
        labels.extend(range(-1, -1 - len(strangers), -1))
        return texts, torch.tensor(labels)

    def encode(self, model: MiniLM, texts: Sequence[str]) -> Tensor:
        """Encode texts together, shape (texts, 384)."""
        rows = [self._pieces.encode(self._reader.read(text).text) for text in texts]
        size = max(map(len, rows))
        ids = torch.zeros((len(rows), size), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = torch.tensor(row)
            mask[at, : len(row)] = 1
        found: Tensor = model(ids, mask)
        return found


def _paragraphs(body: str, most: int = 1) -> list[str]:
    """Cut the beginning of an answer into pairs of sentences: what it says is a clue as well."""
    sentences = [sentence for sentence in body.split(". ") if sentence]
    return [". ".join(sentences[at : at + 2]) for at in range(0, 2 * most, 2) if sentences[at:]]


def pull(vectors: Tensor, labels: Tensor) -> Tensor:
    """Contrastive loss: each text close to its companions, far from all others."""
    likeness = vectors @ vectors.T / _TEMPERATURE
    itself = torch.eye(len(labels), dtype=torch.bool)
    same = (labels[:, None] == labels[None]) & ~itself
    chance = nnf.log_softmax(likeness.masked_fill(itself, -1e9), 1)
    return -chance[same].mean()


def tune(model: MiniLM, batches: Batches, steps: int) -> None:
    """Train in place."""
    model.words.weight.requires_grad = False
    model.places.weight.requires_grad = False
    for layer in list(model.layers)[:_FROZEN]:
        layer.requires_grad_(False)
    free = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(free, lr=_RATE, weight_decay=0.01)
    began = time.monotonic()
    for step in range(steps):
        if step % 200 == 0:
            model.eval()
            centres = batches.centres(model)
            order = (centres @ centres.T).argsort(dim=1, descending=True)[:, 1:12]
            batches.confusable(order.tolist())
            model.train()
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / 30) * (1 - step / steps)
        texts, labels = batches.draw()
        loss = pull(batches.encode(model, texts), labels)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(free, 1.0)
        optimiser.step()
        if step % 25 == 0:
            print(step, round(float(loss), 3), f"{time.monotonic() - began:.0f} s", flush=True)
    model.eval()


def library_and_reader(
    topics: Sequence[Topic], synonyms: Sequence[Synonym]
) -> tuple[Library, Reader]:
    """Give what the matcher would learn from, and the reader it would read with."""
    library = gather(topics)
    return library, Reader([p.text for p in library.phrasings], synonyms, ordinary())


def as_topics(lines: Lines) -> tuple[Topic, ...]:
    """Give each label of a public set as a topic of its own."""
    asks: dict[str, list[str]] = {}
    for text, label in zip(lines.texts, lines.labels, strict=True):
        asks.setdefault(label, []).append(text)
    return tuple(Topic(label, said[-1], (), tuple(said), (), "") for label, said in asks.items())


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("published", type=Path, help="folder with model.safetensors")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tuned", type=float, default=0.7, help="share of the tuned weights")
    parser.add_argument("--lines", type=Path, help="a public set's train file")
    parser.add_argument("--shots", type=int, help="lines a label, drawn with the seed")
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    torch.set_num_threads(1)
    if chosen.lines:
        lines = named(draw(read_lines(chosen.lines), chosen.shots, chosen.seed))
        library, reader = library_and_reader(as_topics(lines), ())
    else:
        library, reader = library_and_reader(read_topics(), read_synonyms())
    print(len(library.topics), "entries,", len(library.phrasings), "lines in all")
    model = published(chosen.published)
    start = {name: value.clone() for name, value in model.state_dict().items()}
    tune(model, Batches(library, reader, chosen.seed), chosen.steps)
    torch.save(model.state_dict(), chosen.out.with_suffix(".pt"))
    # Half-way weights serve posts better than either end: they know our words and still English.
    model.load_state_dict(
        {
            name: torch.lerp(start[name], value, chosen.tuned)
            for name, value in model.state_dict().items()
        }
    )
    print(export(model, chosen.out))


if __name__ == "__main__":
    main()
