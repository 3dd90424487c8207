"""Posts that want no reply: talk, following, telling; and those that ask after someone."""

from __future__ import annotations

import re

from bot.matching.act import asks_after_someone, follows, greets, rhetorical, tells
from bot.matching.decision import Evidence, Ignore, IgnoreReason
from bot.matching.lexicon import stop
from bot.matching.library import Beside, Library
from bot.matching.normal import plain, words
from bot.matching.parts import Post

_LETTERS = re.compile(r"[a-z]+")
_LONGEST_WORD = 40
_ENOUGH_LETTERS = 20
_ENOUGH_WORDS = 8
_ENGLISH = 0.15
"""Share of the commonest words that an English text has at the least, and others do not."""
_CLOSE = 0.15
"""Score from which lines of ours beside the knowledge count as alike."""


def beside(post: Post, library: Library) -> dict[Beside, float]:
    """Give the gist's score for each kind that is no entry."""
    return {kind: float(post.ranked.scores[library.beside(kind)]) for kind in Beside}


def entry_score(post: Post, library: Library) -> float:
    """Give the gist's best score for any entry."""
    return float(post.ranked.scores[: len(library.topics)].max(initial=0.0))


def asks_after(post: Post, library: Library) -> bool:
    """Tell whether a post asks how somebody else's story ended."""
    if not any(one.asks for one in post.heard):
        return False
    score = beside(post, library)[Beside.AFTER]
    if asks_after_someone(post.text):
        return True
    return score > 0.3 and score > entry_score(post, library)


def ignored(post: Post, library: Library) -> Ignore | None:
    """Say why a whole post wants no reply, or None when it wants one."""
    return None if unread(post.text) else _unwanted(post, library)


def _unwanted(post: Post, library: Library) -> Ignore | None:
    if not post.gist.words:
        return _because(IgnoreReason.CHATTER, "nothing in it can be read as words")
    if follows(post.text):
        return _because(IgnoreReason.FOLLOWING, "shows interest and asks nothing")
    score, entry = beside(post, library), entry_score(post, library)
    asked = any(one.straight for one in post.heard) or (
        any(one.asks for one in post.heard) and not greets(post.text)
    )
    if asked:
        if score[Beside.CHATTER] > max(entry, score[Beside.ELSEWHERE], 0.3):
            return _because(IgnoreReason.CHATTER, "talk in the form of a question")
        return None
    if "://" in post.text:
        return _because(IgnoreReason.CHATTER, "passes on a link and asks nothing")
    return _unasked(post, score, entry)


def unread(text: str) -> bool:
    """Tell whether a post is mostly in words we do not read: another script or language.

    Such a post may say anything, so it is never taken for talk.
    """
    said = plain(text)
    tokens = [token for token in _LETTERS.findall(said) if len(token) < _LONGEST_WORD]
    letters = sum(map(str.isalpha, said))
    if letters >= _ENOUGH_LETTERS and sum(map(len, tokens)) < letters / 2:
        return True
    told = words(said)
    common = sum(word in stop() for word in told)
    return len(told) >= _ENOUGH_WORDS and common < len(told) * _ENGLISH


def _unasked(post: Post, score: dict[Beside, float], entry: float) -> Ignore | None:
    if score[Beside.FOLLOWING] > max(entry, score[Beside.CHATTER], 0.3):
        return _because(IgnoreReason.FOLLOWING, "shows interest and asks nothing")
    telling = score[Beside.TELLING]
    if tells(post.text) and telling > _CLOSE / 2 and telling > entry / 2:
        return _because(IgnoreReason.SOMEONES_ANSWER, "one person tells another what they know")
    if any(rhetorical(one.piece.text) for one in post.heard) and entry < 0.4:
        return _because(IgnoreReason.CHATTER, "a question that wants no answer")
    idle = max(score[Beside.CHATTER], score[Beside.FOLLOWING], telling, score[Beside.AFTER])
    if greets(post.text) and idle > entry / 2:
        return _because(IgnoreReason.CHATTER, "thanks, sympathy, news or a greeting")
    if idle > entry or entry < 0.12:
        return _because(IgnoreReason.CHATTER, "talk, with nothing asked")
    return None


def _because(reason: IgnoreReason, rule: str) -> Ignore:
    return Ignore(reason, Evidence(rule, 0.0, 0.0))
