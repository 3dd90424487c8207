"""Cut a word to its stem, so that “frightens” and “frightened” weigh the same."""

from __future__ import annotations

_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "er")
_LAST = frozenset(ending[-1] for ending in _ENDINGS)
_LEAST = 3
"""Letters that must be left."""


def stem(word: str) -> str:
    """Return `word` without its ending: a rough cut, the same for posts and for points."""
    if len(word) <= _LEAST:
        return word
    if word[-1] in _LAST:
        word = _without_ending(word)
    if word.endswith("e") and len(word) > _LEAST:
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") else word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return _single(word[: -len(ending)])
    return word


def _single(word: str) -> str:
    """Return `word` with a doubled last letter single: “stopp” is “stop”."""
    doubled = len(word) > _LEAST and word[-1] == word[-2] and word[-1] not in "sl"
    return word[:-1] if doubled else word
