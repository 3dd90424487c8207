"""Rank single questions by every method, on the same phrasings and the same posts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.matcher import packaged_encoder
from bot.matching.topic import Topic
from evaluation.intents import Lines, Ours, Outcome, measure
from evaluation.peers import PEERS
from evaluation.posts import Post


def rank_posts(posts: Sequence[Post], topics: Sequence[Topic]) -> dict[str, Outcome]:
    """Give each method's ranks for single and out-of-scope posts, whole and unsplit.

    An accepted alternative is not counted here: `recall3` and `top1` are strict. The peers know
    no glossary, so none of the methods gets it.
    """
    train = _lines(topics)
    kept = [post for post in posts if post.kind in ("single", "oos")]
    test = Lines(tuple(p.text for p in kept), tuple(p.primary or "oos" for p in kept))
    rows = {"alongside's ranker": measure("ours", Ours(packaged_encoder()), train, test)}
    for name, peer in PEERS.items():
        rows[name] = measure(name, peer(), train, test)
    return rows


def _lines(topics: Sequence[Topic]) -> Lines:
    pairs = [(ask, topic.id) for topic in topics for ask in (topic.title, *topic.asks)]
    return Lines(tuple(p[0] for p in pairs), tuple(p[1] for p in pairs))
