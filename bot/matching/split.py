"""Cut a post into the pieces people think in: sentences, list items, joined questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.matching.normal import same_length

_WHO = r"(?:i|we|they|he|she|it|u|you|this|that|there|these|those|any\w*|some(?:one|body)|every\w*)"
_SUBJECT = (
    rf"(?:{_WHO}|the|a|an|my|our|his|her|their|your|schools?|council|la|lea|head|senco|camhs|"
    r"people|parents|dd|ds|mum|dad|academ\w+|teachers?|governors|private|independent)"
)
_CAN = (
    r"(?:can|cn|could|cud|do|does|did|should|shud|shld|will|would|wud|is|are|may|must|shall|"
    r"isn'?t|aren'?t|don'?t|doesn'?t|can'?t|won'?t|shouldn'?t|ought)"
)
_HAS = r"(?:am|was|were|has|have|hav|had|hasn'?t|haven'?t)"
_AUX = rf"(?:{_CAN}|{_HAS})"
_HOW = r"(?:how|what|wot|wat|when|wen|where|wer|why)"
_WH = rf"(?:{_HOW}|who|which|whose|whom)"
_TAIL = (
    r"(?:to|happens|about|if|long|much|many|often|far|else|next|"
    r"counts|goes|pays|decides|gets|takes)"
)
_TO_ASK = (
    rf"(?:{_WH}(?:'s|s)?\s+(?:\w+\s+){{0,2}}{_AUX}\b|{_WH}(?:'s|s)\s|{_WH}\s+{_TAIL}\b|"
    rf"{_CAN}\s+{_SUBJECT}\b|{_HAS}\s+{_WHO}\b|"
    r"any\s+(?:advice|tips|ideas|help|way|idea|suggestions|chance)\b)"
)
# After a bare comma, "who is" and "which has" nearly always go on with the story.
_TO_ASK_ON = (
    rf"(?:{_HOW}(?:'s|s)?\s+(?:\w+\s+)?{_CAN}\s+{_SUBJECT}\b|how\s+{_TAIL}\b|"
    rf"{_CAN}\s+(?:i|we|they|he|she|u|you)\b|is\s+(?:it|this|that|there)\b)"
)
ASKS_AT_START = re.compile(
    rf"^\W*(?:(?:and|also|but|so|or|then|plus|please|pls|hi|hello|hey|ok|right|all|"
    rf"basically|question|another|secondly|firstly|finally|lastly|q\d?|\d+)\W+){{0,3}}"
    rf"(?:if\s[^,.?!]{{3,60}},\s+)?{_TO_ASK}",
    re.I,
)
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|st|approx|vs|yr|p\.s)\.$", re.I)
_NUMBERED = re.compile(r"\bno\.\s+\d", re.I)
_WRAPPED = re.compile(r"[^\n]{40}[a-z,]\n[a-z]")
"""A long line that runs on in small letters: broken by a program, not by the writer."""
_BREAK = re.compile(
    r"\s*\n+\s*(?:[-•*]\s+|\(?\d{1,2}[.)]\s*)?|(?<=[.?!…])[\"'”’)\]]*\s+(?=\S)|[?!]+(?=[A-Za-z])"
    r"|\s+(?=\(\d{1,2}\)\s)|;\s+|\s+[-–—•]\s+(?=\w)"
    r"|\s+(?=\d[.)]\s+\w)"
)
_JOINED = re.compile(
    rf"(?:,|\s-|\.\.+)?\s+(?=(?:and|also|but|plus|then|n|&)\s+(?:also\s+|if\s+so\s+)?{_TO_ASK})"
    rf"|,\s+(?=(?:so\s+)?{_TO_ASK_ON})",
    re.I,
)
# Where nobody wrote a full stop, only openings that hardly ever stand inside a clause may cut.
_UNPOINTED = re.compile(
    rf"\s+(?=(?:{_WH}\s+{_AUX}\s+{_SUBJECT}|(?:can|should|shud|do|are|is|could)\s+"
    r"(?:i|we|they)|is\s+(?:it|this|that|there)\s+(?:right|legal|allowed|ok|normal|any)|"
    r"any\s+advice|what\s+happens)\b)",
    re.I,
)
_LONG = 26
"""Words without a stop after which a sentence is taken to be several."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the post and where it begins."""

    text: str
    start: int


def pieces(post: str) -> tuple[Piece, ...]:
    """Cut a post; every piece is a verbatim stretch of it, in order."""
    folded = same_length(post)
    found: list[Piece] = []
    for start, end in _sentences(folded):
        for low, high in _questions(folded, start, end):
            text = post[low:high].strip()
            if text and any(c.isalnum() for c in text):
                found.append(Piece(text, low + len(post[low:high]) - len(post[low:high].lstrip())))
    return tuple(found)


def _sentences(post: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    start = 0
    for gap in _BREAK.finditer(post):
        if _inside_a_sentence(post, gap):
            continue
        end = (
            gap.end() if post[gap.start() : gap.end()].strip() in ("?", "!", "??") else gap.start()
        )
        out.append((start, end))
        start = gap.end()
    out.append((start, len(post)))
    return [span for span in out if post[span[0] : span[1]].strip()]


def _inside_a_sentence(post: str, gap: re.Match[str]) -> bool:
    """Tell whether what looks like a break stands inside a sentence."""
    before, after = max(0, gap.start() - 45), gap.end() + 1
    if "\n" in gap.group():
        return gap.group() == "\n" and bool(_WRAPPED.search(post, before, after))
    if _NUMBERED.match(post, gap.start() - 3, after):
        return True
    return bool(_ABBREVIATION.search(post[max(0, gap.start() - 8) : gap.start()]))


def _questions(post: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    cuts += [cut.end() for cut in _JOINED.finditer(post, start, end) if cut.start() > start]
    cuts.append(end)
    out: list[tuple[int, int]] = []
    for low, high in pairwise(cuts):
        if len(post[low:high].split()) <= _LONG:
            out.append((low, high))
            continue
        inner = [low, *(c.end() for c in _UNPOINTED.finditer(post, low + 1, high)), high]
        out.extend(pairwise(inner))
    return out
