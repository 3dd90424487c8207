"""What a piece of a post does: asks, thanks, follows, asks after someone, advises."""

from __future__ import annotations

import re
from functools import cache

from bot.matching.normal import plain
from bot.matching.packaged import lines
from bot.matching.split import ASKS_AT_START


def _any_of(name: str) -> str:
    # Few people type the apostrophe on a phone.
    return "(?:" + "|".join(lines("cues", name)).replace("'", "'?") + ")"


@cache
def cue(name: str) -> re.Pattern[str]:
    """Compile one packaged list of cues; each may stand anywhere in a piece."""
    return re.compile(rf"(?<!\w){_any_of(name)}(?!\w)")


@cache
def _opening(name: str) -> re.Pattern[str]:
    """Compile one packaged list of cues that must open a piece."""
    return re.compile(rf"^\W*(?:hi |hello |hun |yes |no |ooh )?{_any_of(name)}(?!\w)")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"^\W*{_any_of('following')}(?!\w)(?:\W+\w+){{0,6}}\W*$")


_OPEN_ENDED = re.compile(r"\?\s*[\"'”’)]*\s*$")


def asks(text: str) -> bool:
    """Tell whether a piece puts a question, straight or round about."""
    said = plain(text).strip()
    if cue("rhetorical").search(said):
        return False
    return bool(
        _OPEN_ENDED.search(said) or ASKS_AT_START.search(said) or cue("asking").search(said)
    )


def straight(text: str) -> bool:
    """Tell whether a piece is a question by its form, not by a phrase inside it."""
    said = plain(text).strip()
    return bool(_OPEN_ENDED.search(said) or ASKS_AT_START.search(said))


def rhetorical(text: str) -> bool:
    """Tell whether a piece has the form of a question and wants no answer."""
    return bool(cue("rhetorical").search(plain(text)))


def asks_after_someone(text: str) -> bool:
    """Tell whether a piece asks how another person's story went on."""
    said = plain(text)
    return bool(cue("after").search(said) and cue("after_cue").search(said))


def follows(text: str) -> bool:
    """Tell whether the whole text only shows interest: "following", "same here"."""
    return bool(_alone().search(plain(text).strip()))


def greets(text: str) -> bool:
    """Tell whether a piece opens as thanks, sympathy, news or a greeting does."""
    return bool(_opening("thanks").search(plain(text).strip()))


def tells(text: str) -> bool:
    """Tell whether a piece reads as one person's answer to another."""
    said = plain(text).strip()
    return bool(cue("telling").search(said) or _opening("telling_start").search(said))
