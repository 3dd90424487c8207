"""Vary our own phrasings as posts vary: slips of the thumb, story before and after."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

_LONG = 24
"""Words from which a phrasing is a story, and needs no other story around it."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORT = {
    "for": "4", "to": "2", "you": "u", "are": "r", "because": "cos", "what": "wot",
    "school": "skool", "please": "pls", "and": "n", "about": "abt", "with": "wiv",
    "should": "shud", "would": "wud", "could": "cud", "before": "b4", "tomorrow": "2moro",
    "something": "summat", "nothing": "nowt", "anything": "owt", "your": "ur", "was": "woz",
}  # fmt: skip


class Views:
    """Draws varied forms of a phrasing. Seeded: the same draws every time."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        text = Path(__file__).with_name("filler.txt").read_text("utf-8")
        self._filler = [line for line in text.splitlines() if line]

    def draw(self, phrasing: str, same_entry: Sequence[str]) -> str:
        """Give one form of `phrasing`; other phrasings of its entry may join it."""
        text = phrasing
        if len(text.split()) > _LONG:
            text = self._stretch(text)
        else:
            if self._dice.random() < 0.25 and same_entry:
                text = self._join(text, self._dice.choice(same_entry))
            for _ in range(self._dice.choice((0, 0, 0, 0, 1, 1, 2))):
                text = self._join(text, self._dice.choice(self._filler))
        if self._dice.random() < 0.35:
            text = self._typed(text)
        return text

    def _stretch(self, story: str) -> str:
        """Cut a story to some of its running words, as a long post is heard in part."""
        words = story.split()
        size = min(len(words), self._dice.randrange(_LONG, 60))
        start = self._dice.randrange(len(words) - size + 1)
        return " ".join(words[start : start + size])

    def _join(self, one: str, other: str) -> str:
        pair = [one, other] if self._dice.random() < 0.5 else [other, one]
        return ". ".join(part.rstrip(".") for part in pair)

    def _typed(self, text: str) -> str:
        return " ".join(self._slip(word) for word in text.lower().split())

    def _slip(self, word: str) -> str:
        if word in _SHORT and self._dice.random() < 0.4:
            return _SHORT[word]
        if len(word) < 5 or self._dice.random() > 0.12:
            return word
        at = self._dice.randrange(1, len(word) - 1)
        kind = self._dice.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + self._dice.choice(_LETTERS) + word[at:]
        if kind == 2:
            return word[:at] + word[at] + word[at:]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
