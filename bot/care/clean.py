"""A post without hidden characters, knowing where each character stood."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.care.fold import LONGEST


@dataclass(frozen=True, slots=True)
class Clean:
    """The text as it reads, and for each character its place in the original."""

    text: str
    places: Sequence[int]


def clean(text: str) -> Clean:
    """Drop hidden and combining characters and widen styled ones to plain ones."""
    text = text[:LONGEST]
    if text.isascii():
        return Clean(text, range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        if letter.isascii():
            plain = letter
        elif unicodedata.category(letter) in ("Cf", "Mn", "Me"):
            continue
        else:
            plain = unicodedata.normalize("NFKC", letter)
        letters.append(plain)
        places.extend([at] * len(plain))
    return Clean("".join(letters), places)
