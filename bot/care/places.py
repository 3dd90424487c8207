"""Where somebody lives: postcodes and house addresses, not those of offices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.care.concern import DetailKind

_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? {0,2}\d[abd-hjlnp-uw-z]{2}\b", re.I)
_STREET = (
    r"(?:road|rd|street|st|avenue|ave|close|lane|ln|drive|dr|way|crescent|cres|court|ct|gardens|gdns"
    r"|place|pl|terrace|mews|grove|rise|walk|square|hill|view|green|park|row|parade|croft|meadows?"
    r"|fields?|vale|heights|quay|wharf|yard|bank|brow|end|gate|path|circus|wynd|brae)"
)
_HOUSE = re.compile(
    rf"\b(?:flat|apartment|apt|unit|room|house|no\.?|number)? ?(\d{{1,4}}[a-z]?),? "
    rf"((?:[a-z][a-z'’.-]{{1,20}} ){{1,3}})({_STREET})\b",
    re.I,
)
_FLAT = re.compile(
    r"\b(?:flat|apartment|apt) (?:\d{1,4}[a-z]?|[a-z]),?"
    r" (?:\d{1,4} )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}",
    re.I,
)
_NAMED_HOUSE = re.compile(
    rf"\b(?:[A-Z][a-z'’]+ ){{1,2}}(?:Cottage|Farm|House|Lodge|Villa|Barn),?"
    rf" (?:[A-Z][a-z'’]+ ){{1,2}}"
    rf"(?:{_STREET.title()})\b"
)
_LIVES = re.compile(
    r"\b(?:live|lives|living|address|at|we're|we are|i'm|is|home|to|moved|round"
    r"|come to|of|are|on)\W{0,3}$",
    re.I,
)
_NOT_STREETS_TEXT = """
minute minutes min mins mile miles hour hours hr hrs year years yr yrs old of the a an down
each to from per day days week weeks month months cent percent in on at and or out off up
more less than other way our my his her their this that is are was for with by term times
long metre metres m km k pupils children kids people staff adults parents steps pages lines
quid pounds point points section paragraph para lessons sessions visits half full big small
short different good bad easy only every no one two three first second next same right wrong
local main dead close high supreme county high supreme county
"""
_NOT_STREETS = frozenset(_NOT_STREETS_TEXT.split())
_OFFICE = re.compile(
    r"\b(?:po box|freepost|council|dwp|centre|center|tribunal|offices?|school|academy"
    r"|hospital"
    r"|clinic|library|hall|church|court|department|benefit|benefits|hmcts|post it to"
    r"|send (?:it|them) to"
    r"|surgery|venue|cafe|café|pub|held at|meet(?:ing)? at|hub)\b",
    re.I,
)


def find_places(text: str) -> Iterator[tuple[DetailKind, int, int]]:
    """Yield postcodes and addresses that look like somebody's home."""
    for found in _POSTCODE.finditer(text):
        if not _office_near(text, found.start()):
            yield DetailKind.POSTCODE, *found.span()
    for found in _HOUSE.finditer(text):
        if _is_house(found, text) and not _office_near(text, found.start()):
            yield DetailKind.ADDRESS, *found.span()
    for pattern in (_FLAT, _NAMED_HOUSE):
        for found in pattern.finditer(text):
            yield DetailKind.ADDRESS, *found.span()


def _is_house(found: re.Match[str], text: str) -> bool:
    words = found.group(2).split()
    if any(word.lower() in _NOT_STREETS for word in words):
        return False
    if all(word[0].isupper() for word in words):
        return True
    return bool(_LIVES.search(text, max(0, found.start() - 14), found.start()))


def _office_near(text: str, at: int) -> bool:
    return bool(_OFFICE.search(text, max(0, at - 60), at))
