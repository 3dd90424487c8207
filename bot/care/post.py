"""A post as the rules see it: read, idioms taken out, contexts found, words weighed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from bot.care.concern import Flow
from bot.care.fold import BREAK
from bot.care.playbook import Playbook
from bot.care.reading import Reading, Span
from bot.care.rule import Context, Phrases, Scope
from bot.care.search import NEAR, find
from bot.care.weigh import MASKED, Weighed


@dataclass(frozen=True)
class Post:
    """What is known of a post before any rule listens."""

    playbook: Playbook
    reading: Reading
    gates: Set[int]
    ends: tuple[int, ...]
    """Where sentences end."""
    weight: Weighed

    @cached_property
    def touched(self) -> tuple[tuple[Context, frozenset[int]], ...]:
        """Return the contexts found, with the sentences they stand in."""
        return tuple(
            (context, sentences)
            for context in self.playbook.contexts
            if (sentences := _sentences(context, self.reading, self.gates, self.ends))
        )

    @cached_property
    def young(self) -> bool:
        """Say whether a young person is writing."""
        return next(spans_of(self.playbook.young, self.reading, self.gates), None) is not None


def read_post(text: str, playbook: Playbook) -> Post:
    """Read `text` with the words and idioms of `playbook`."""
    words = playbook.lexicon.words(text)
    reading = Reading.of(words, playbook.phrases)
    gates = playbook.gates.opened_by(reading)
    spans = [s for found in spans_of(playbook.idioms, reading, gates) for s in found]
    if spans:
        reading = reading.without(spans, MASKED)
        gates = playbook.gates.opened_by(reading)
    ends = tuple(at for at, word in enumerate(words) if word == BREAK)
    weight = playbook.scale.weigh(reading, text)
    return Post(playbook, reading, gates, ends, weight)


def spans_of(phrases: Phrases, reading: Reading, gates: Set[int]) -> Iterator[tuple[Span, ...]]:
    """Yield where any of `phrases` stands."""
    for pattern in phrases.open(gates):
        yield from find(pattern, reading)


def _sentences(
    context: Context, reading: Reading, gates: Set[int], ends: tuple[int, ...]
) -> frozenset[int]:
    return frozenset(
        bisect_right(ends, span.start)
        for spans in spans_of(context.phrases, reading, gates)
        for span in spans
    )


def contexts_at(spans: tuple[Span, ...], flow: Flow | None, post: Post) -> Iterator[Context]:
    """Yield the contexts that touch `spans`, for a rule with this card."""
    here = {bisect_right(post.ends, span.start) for span in spans}
    for context, sentences in post.touched:
        if context.flows and flow not in context.flows:
            continue
        if context.scope is Scope.POST or here & sentences:
            yield context


def close_by(phrases: Phrases, span: Span, post: Post) -> bool:
    """Say whether any of `phrases` stands near `span`."""
    return any(
        other.start - span.end <= NEAR and span.start - other.end <= NEAR
        for others in spans_of(phrases, post.reading, post.gates)
        for other in others
    )


def in_sentence(phrases: Phrases, sentence: int, post: Post) -> bool:
    """Say whether any of `phrases` stands in that sentence."""
    return any(
        bisect_right(post.ends, spans[0].start) == sentence
        for spans in spans_of(phrases, post.reading, post.gates)
    )
