"""Cut text into the word pieces that the encoder was trained on (BERT, small letters)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

_LONGEST_WORD = 100


class WordPiece:
    """Greedy longest match over a fixed vocabulary. Give it plain or raw text alike."""

    def __init__(self, vocabulary: Sequence[str], *, most: int = 128) -> None:
        """Take the vocabulary in order of ids; texts are cut after `most` pieces."""
        self._id = {piece: at for at, piece in enumerate(vocabulary)}
        self._most = most
        self._unknown = self._id["[UNK]"]
        self._ends = (self._id["[CLS]"], self._id["[SEP]"])

    def encode(self, text: str) -> list[int]:
        """Give the ids of a text, with the marks that open and close it."""
        ids: list[int] = []
        for word in _words(text):
            ids.extend(self._pieces(word))
            if len(ids) >= self._most - 2:
                break
        return [self._ends[0], *ids[: self._most - 2], self._ends[1]]

    def _pieces(self, word: str) -> list[int]:
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        out: list[int] = []
        at = 0
        while at < len(word):
            end = len(word)
            while end > at:
                found = self._id.get(("##" if at else "") + word[at:end])
                if found is not None:
                    break
                end -= 1
            else:
                return [self._unknown]
            out.append(found)
            at = end
        return out


def _words(text: str) -> Iterable[str]:
    word = ""
    for letter in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(letter)
        if kind == "Mn" or (kind.startswith("C") and letter not in "\t\n\r"):
            continue
        if letter.isspace() or _alone(letter, kind):
            if word:
                yield word
                word = ""
            if not letter.isspace():
                yield letter
        else:
            word += letter
    if word:
        yield word


def _alone(letter: str, kind: str) -> bool:
    """Punctuation, ASCII symbols and Chinese characters are words of their own."""
    symbol = letter.isascii() and not letter.isalnum()
    return symbol or kind.startswith("P") or "\u4e00" <= letter <= "\u9fff"
