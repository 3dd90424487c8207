"""Words made plain, so that capitals, accents, apostrophes and dashes make no difference."""

from __future__ import annotations

import re
import unicodedata

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"‘(])")
_NOT_AN_END = re.compile(r"\b(e\.g|i\.e|etc|No|para|paras|Mr|Mrs|Ms|Dr|St|v|vs|cf)\.$")


def plain(text: str) -> str:
    """Return lower-case words with single spaces; `&` becomes and, `St.` becomes st."""
    bare = unicodedata.normalize(
        "NFKD", text.casefold().replace("&", " and ").replace("+", " plus ")
    )
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    bare = re.sub(r"['’`.]", "", bare)
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def sentences(text: str) -> tuple[str, ...]:
    """Split running text into sentences; abbreviations and decimals do not end one."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(" ".join(text.split())):
        if found and _NOT_AN_END.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return tuple(found)
