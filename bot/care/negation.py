"""“Does not want to die”: when a negation takes back what a pattern found."""

from __future__ import annotations

from bot.care.fold import BREAK
from bot.care.pattern import Pattern, Step
from bot.care.post import Post
from bot.care.reading import Span

_NEGATION_REACH = 3
_NOT_NEGATED = frozenset({"stop", "help", "only", "cope", "know", "sure"})
"""After a negation these take nothing back: “cannot stop thinking of …”."""


def negated(span: Span, post: Post) -> bool:
    """Say whether a negation stands just before `span`, in its own sentence."""
    words = post.reading.words
    for at in range(span.start - 1, max(-1, span.start - 1 - _NEGATION_REACH), -1):
        if words[at] == BREAK:
            return False
        if words[at] in post.playbook.negations:
            return words[at + 1] not in _NOT_NEGATED
    return False


def negated_inside(pattern: Pattern, spans: tuple[Span, ...], post: Post) -> bool:
    """Say whether a negation in a gap of the pattern turns its end round ("not want to die")."""
    return any(
        _turned_round(steps, span, post) for steps, span in zip(pattern.parts, spans, strict=True)
    )


def _turned_round(steps: tuple[Step, ...], span: Span, post: Post) -> bool:
    negations = post.playbook.negations
    firsts = {phrase.partition(" ")[0] for step in steps[:-1] for phrase in step.choices.phrases}
    if not negations.isdisjoint(firsts):
        return False
    words = post.reading.words
    standing = post.reading.stand(steps[-1].choices)
    at = max((p for p, ends in standing.items() if p > span.start and span.end in ends), default=0)
    before = range(max(span.start, at - _NEGATION_REACH), at)
    return words[at] not in negations and any(
        words[n] in negations and words[n + 1] not in _NOT_NEGATED for n in before
    )
