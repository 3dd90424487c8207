"""Everyday words that mean the same: phone spelling, dialect, family and school words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bot.matching.packaged import lines, tokens, vocabulary


@cache
def phone() -> Mapping[str, str]:
    """Phone spelling and dialect to the word meant: "skool" is school, "nowt" is nothing."""
    return _pairs("phone")


@cache
def family() -> Mapping[str, str]:
    """Words parents use one for another: "lad" and "ds" are son, "lea" is council."""
    return _pairs("kin")


def _pairs(name: str) -> Mapping[str, str]:
    return MappingProxyType(dict(pair.split("=", 1) for pair in tokens("words", name)))


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
    return frozenset(word for word in vocabulary() if len(word) > 4 and word.isalpha())
