"""Make a post plain: one alphabet, no markup, no invisible characters, small letters."""

from __future__ import annotations

import re
import unicodedata

# Letters that look Latin and are not; only those that a reader could not tell apart.
_LOOKALIKE = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινρυκ’‘ʼ`“”–—",
    "ABEKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXoaivpuk''''\"\"--",
)
_MARKUP = (
    (re.compile(r"```.*?```", re.S), " "),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"https?://\S+|www\.\S+"), " "),
    (re.compile(r"<a?:\w+:\d+>|<[@#][!&]?\d+>|<[^<>]{0,200}>"), " "),
    (re.compile(r"(?<!\w)@[\w.\-]+"), " "),
    (re.compile(r"[*_~|>]{1,3}"), " "),
)
_UNUSUAL = re.compile(r"[^\n\t\x20-\x7e]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_LONG_RUN = re.compile(r"([a-z])\1{2,}")


def same_length(text: str) -> str:
    """Fold look-alike letters and invisible ones, character for character, so offsets stay true."""
    return _UNUSUAL.sub(lambda found: _visible(found[0]), text.translate(_LOOKALIKE))


def _visible(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Cf", "Cc"):
        return "\u200b"
    folded = unicodedata.normalize("NFKC", letter)
    return folded if len(folded) == 1 else letter


def plain(text: str) -> str:
    """Give the words of a post in small letters, without markup, links, mentions or emoji."""
    text = same_length(text).replace("\u200b", "")
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    return text.lower()


def words(text: str) -> list[str]:
    """List the words of plain text; "sooooo" counts as "soo", a token of 40 letters as none."""
    text = _LONG_RUN.sub(r"\1\1", text)
    return [word for word in _WORD.findall(text) if len(word) < 40]
