"""Everyday words that mean the same: phone spelling, dialect, family and school words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bot.matching.packaged import lines, tokens


@cache
def everyday() -> Mapping[str, str]:
    """One written word to the one that matching sees: "skool" is school, "dd" is daughter."""
    pairs = (*tokens("words", "phone"), *tokens("words", "kin"))
    return MappingProxyType(dict(pair.split("=", 1) for pair in pairs))


@cache
def phrases() -> tuple[tuple[str, str], ...]:
    """Several written words and what they mean; the glossary's synonyms come on top."""
    pairs = (line.split(" = ", 1) for line in lines("words", "phrases"))
    return tuple((said.strip(), meant.strip()) for said, meant in pairs)


@cache
def countable() -> frozenset[str]:
    """Words beside which a digit is a number and not phone spelling for "to" or "for"."""
    return frozenset(tokens("words", "countable"))


@cache
def stop() -> frozenset[str]:
    """Words every question shares; they say how it is asked, not what it is about."""
    return frozenset(tokens("words", "stop"))


@cache
def ordinary() -> frozenset[str]:
    """Ordinary English words, which spelling repair leaves alone."""
    words = tokens("weights", "vocab")
    return frozenset(word for word in words if len(word) > 4 and word.isalpha())
