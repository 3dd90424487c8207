"""For whom a message speaks beneath somebody else's question: its writer, or the one who asked."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.matching.act import asks, asks_after_someone, cue, straight
from bot.matching.normal import plain
from bot.matching.split import pieces


class Voice(StrEnum):
    """Whose matter a message in somebody else's conversation is."""

    OWN = "own"
    """Asks for the writer's own sake."""
    ADVICE = "advice"
    """Tells the asker something to go on, whatever it asks besides."""
    ASKS_BACK = "asks_back"
    """Only asks the asker for more."""
    STATES = "states"
    """Asks nothing and says how things are: an answer, where somebody else's question is open."""
    UNCLEAR = "unclear"


_MOST_PIECES = 60
_ANSWERED_AT_ONCE = re.compile(r"\W*(?:no|nope|yes|yep|never|nothing|because|of course|not)\b")
_RETOLD = re.compile(r"\b(?:how|what|why|who|when|where) (?:did )?(?:i|we)(?: did)?\b")
_MINE = re.compile(r"\b(?:i|we|me|us|my|our|mine|ours)\b")
_YOURS = re.compile(r"\b(?:you|your|yours|u|ur)\b")


def voice_of(text: str) -> Voice:
    """Tell for whom a message speaks; unclear where its words do not show it.

    A request of the writer's own outranks advice, and advice outranks a hint of a request: who
    asks must not be taken for one who answers because of a kind word to another.
    """
    found = pieces(text)
    if len(found) > _MOST_PIECES:
        found = (*found[: _MOST_PIECES // 2], *found[-_MOST_PIECES // 2 :])
    said = [plain(piece.text).strip() for piece in found]
    asked = [
        piece
        for piece, after in zip(said, [*said[1:], ""], strict=False)
        if straight(piece) and not _RETOLD.search(piece) and not _ANSWERED_AT_ONCE.match(after)
    ]
    told = [piece for piece in said if not straight(piece)]
    if any(map(_needs, said)) or any(map(_asks_for_self, asked)):
        return Voice.OWN
    own_words = [piece for piece in told if not cue("reported").search(piece)]
    if _any("suggests", said) or _any("advises", own_words) or _any("advises_start", told):
        return Voice.ADVICE
    own_life = _any("own_life", said)
    anybodys = any(map(_asks_anybody, asked))
    if own_life and anybodys:
        return Voice.OWN
    rules = sum(bool(cue("explains").search(piece)) for piece in own_words)
    if rules > 1 or (rules and any(map(_YOURS.search, said))):
        return Voice.ADVICE
    if asked and not anybodys and not any(map(_MINE.search, said)):
        return Voice.ASKS_BACK
    return Voice.STATES if _states(said) else Voice.UNCLEAR


def _states(said: list[str]) -> bool:
    """Tell whether a message only says how things are, for the good of the one who asked.

    Many parents ask by telling their trouble, so a statement alone is none: it takes a verdict,
    whom to ask, what to read, or what came of one's own story.
    """
    if any(map(asks, said)) or _any("trouble", said) or not _any("substance", said):
        return False
    own = any(map(_MINE.search, said)) or _any("own_life", said)
    return _any("came_of", said) or (_any("verdict", said) and not own)


def _any(name: str, said: list[str]) -> bool:
    return any(cue(name).search(piece) for piece in said)


def _needs(piece: str) -> bool:
    return bool(cue("own_ask").search(piece)) and not _RETOLD.search(piece)


def _asks_for_self(question: str) -> bool:
    """Tell whether a question speaks of its writer and of nobody addressed."""
    addressed = _YOURS.search(question) or cue("suggests").search(question)
    return bool(_MINE.search(question)) and not addressed


def _asks_anybody(question: str) -> bool:
    """Tell whether a question is open to all who read: not plainly put to the asker."""
    if cue("generic").search(question):
        return True
    if asks_after_someone(question) and not cue("particulars").search(question):
        return True
    return not cue("asks_back").search(question)
