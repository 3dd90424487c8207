"""Fold a post to plain lower-case words, so that tricks and phone typing make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

LONGEST = 12_000
"""Characters read of one post: three times what Discord lets a member send."""

BREAK = "/"
"""Stands between sentences in a list of words."""

# Dropped before normalising: sorting thousands of marks on one letter is what makes zalgo slow.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f]+"
)
_HIDDEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
                     "\u2060-\u206f\u3164\ufeff\uffa0]+")  # fmt: skip

_CONFUSABLE = str.maketrans(
    "аеорсухіјѕԁһӏкмтвнпАВЕКМНОРСТХІЈЅУαβεικνορτυχηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧıłøđħƙɑɡɩʟ’‘‛´`ʼ＇",
    "aeopcyxijsdhlkmtbhnabekmhopctxijsyabeikvoptuxnwabezhikmnoptyxilodhkagil'''''''",
)

_NOT = {"ca": "can", "wo": "will", "sha": "shall"}
_TAILS = {"m": " am", "ve": " have", "d": " would", "ll": " will", "re": " are", "s": ""}
_BEFORE_IS = """
he she it that there who what everything everyone nobody something where how here tonight
"""
_IS = frozenset(_BEFORE_IS.split())
_SHORT = re.compile(r"(?<![a-z])([a-z]{1,20}?)(n't|'(?:m|ve|d|ll|re|s))(?![a-z])")

_TOKEN = re.compile(r"[a-z0-9@$*](?:[a-z0-9@$*]|[!'|+._-](?=[a-z0-9@$*]))*|[.!?…;\n]+")


def plain(text: str, emoji: Mapping[str, str]) -> str:
    """Return `text` in lower case without disguises; emoji that mean something become words."""
    text = text[:LONGEST]
    if not text.isascii():
        for sign, word in emoji.items():
            if sign in text:
                text = text.replace(sign, f" {word} ")
        text = _HIDDEN.sub("", _MARKS.sub("", text)).translate(_CONFUSABLE)
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_CONFUSABLE)
    return _SHORT.sub(_long_form, text.lower())


def pieces(text: str) -> Iterator[str]:
    """Yield the tokens of a plain text, and `BREAK` where a sentence ends."""
    for found in _TOKEN.finditer(text):
        piece = found.group()
        yield BREAK if piece[0] in ".!?…;\n" else piece


def _long_form(found: re.Match[str]) -> str:
    head, tail = found.groups()
    if tail == "n't":
        return f"{_NOT.get(head, head)} not"
    if tail == "'s":
        return f"{head} is" if head in _IS else head
    return head + _TAILS[tail[1:]]
