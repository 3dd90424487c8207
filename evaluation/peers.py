"""What others would use, in the same run: each learns labelled lines and scores a question."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.matching.matcher import packaged_encoder

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]
_WORD = re.compile(r"[a-z0-9']+")


class Peer(Protocol):
    """Learns once, then scores."""

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Learn labelled lines."""
        ...

    def score(self, text: str) -> Numbers:
        """Give a score for each label, shape (labels,)."""
        ...


def _documents(texts: Sequence[str], label: Labels, labels: int) -> list[str]:
    return [" \n ".join(t for t, at in zip(texts, label, strict=True) if at == c)
            for c in range(labels)]  # fmt: skip


def _best(scores: NDArray[Any], label: Labels, labels: int) -> Numbers:
    out = np.full(labels, -1e9)
    np.maximum.at(out, label, scores)
    return out


class FullText:
    """SQLite FTS5 with BM25, one document a label."""

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Fill an index in memory."""
        self._labels = labels
        self._db = sqlite3.connect(":memory:")
        self._db.execute("create virtual table f using fts5(t, tokenize='porter unicode61')")
        rows = enumerate(_documents(texts, label, labels))
        self._db.executemany("insert into f(rowid, t) values (?, ?)", rows)

    def score(self, text: str) -> Numbers:
        """Give BM25, turned so that more is better."""
        out = np.zeros(self._labels)
        words = dict.fromkeys(_WORD.findall(text.lower()))
        if words:
            asked = " OR ".join('"' + word.replace('"', "") + '"' for word in words)
            found = self._db.execute("select rowid, bm25(f) from f where f match ?", (asked,))
            for row, value in found:
                out[row] = -value
        return out


class StemmedBm25:
    """bm25s with a stemmer, one document a label."""

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Index the stems."""
        import bm25s  # noqa: PLC0415 - peers are installed for tests only
        import Stemmer  # noqa: PLC0415

        self._stem = Stemmer.Stemmer("english")
        self._index = bm25s.BM25(method="lucene")
        documents = [self._words(text) for text in _documents(texts, label, labels)]
        self._index.index(documents, show_progress=False)
        self._labels = labels

    def _words(self, text: str) -> list[str]:
        words: list[str] = self._stem.stemWords(_WORD.findall(text.lower()))
        return words

    def score(self, text: str) -> Numbers:
        """Give BM25."""
        known = [word for word in self._words(text) if word in self._index.vocab_dict]
        if not known:
            return np.zeros(self._labels)
        return np.asarray(self._index.get_scores(known), np.float64)


class Fuzzy:
    """rapidfuzz token_set_ratio with the nearest line of a label."""

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Keep the lines."""
        self._texts, self._label, self._labels = [t.lower() for t in texts], label, labels

    def score(self, text: str) -> Numbers:
        """Give the best ratio of each label."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        ratios = process.cdist([text.lower()], self._texts, scorer=fuzz.token_set_ratio)[0]
        return _best(np.asarray(ratios, np.float64), self._label, self._labels)


class Machine:
    """TF-IDF of words and letters with a linear support vector machine."""

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Train."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
        from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
        from sklearn.svm import LinearSVC  # noqa: PLC0415

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        self._model = make_pipeline(make_union(words, letters), LinearSVC(random_state=0))
        self._model.fit(list(texts), label)

    def score(self, text: str) -> Numbers:
        """Give the distance from each label's border."""
        return np.asarray(self._model.decision_function([text])[0], np.float64)


class Sense:
    """The packaged encoder alone, with the nearest line of a label."""

    def fit(self, texts: Sequence[str], label: Labels, labels: int) -> None:
        """Encode every line."""
        self._encoder = packaged_encoder()
        self._vectors = np.stack([self._encoder.vector(text) for text in texts])
        self._label, self._labels = label, labels

    def score(self, text: str) -> Numbers:
        """Give the best cosine of each label."""
        near = self._vectors @ self._encoder.vector(text)
        return _best(near, self._label, self._labels)


PEERS: Mapping[str, Callable[[], Peer]] = MappingProxyType(
    {
        "SQLite FTS5": FullText,
        "bm25s, stemmed": StemmedBm25,
        "rapidfuzz": Fuzzy,
        "TF-IDF, linear SVM": Machine,
        "MiniLM, nearest": Sense,
    }
)
