"""Find where a pattern stands in a post, working outwards from its rarest place."""

from __future__ import annotations

from collections.abc import Iterator

from bot.care.pattern import Pattern, Step
from bot.care.reading import Reading, Span

NEAR = 24
"""How many words apart the two halves of `one & two` may stand."""

# Nobody writes a rare word more often than this; whoever does is testing us, not in need.
_MOST_TRIES = 16

Standing = list[dict[int, tuple[int, ...]]]


def find(pattern: Pattern, post: Reading) -> Iterator[tuple[Span, ...]]:
    """Yield where `pattern` stands in `post`: one span for each part."""
    first, *rest = pattern.parts
    for span in _find_part(first, post):
        others = [_nearest(part, post, span) for part in rest]
        if all(others):
            yield (span, *(other for other in others if other))


def _nearest(part: tuple[Step, ...], post: Reading, span: Span) -> Span | None:
    for other in _find_part(part, post):
        apart = max(other.start - span.end, span.start - other.end)
        if 0 <= apart <= NEAR:
            return other
    return None


def _find_part(steps: tuple[Step, ...], post: Reading) -> Iterator[Span]:
    standing = [post.stand(step.choices) for step in steps]
    sizes = [1 << 30 if s.optional else len(at) for s, at in zip(steps, standing, strict=True)]
    rarest = sizes.index(min(sizes))
    for at in sorted(standing[rarest])[:_MOST_TRIES]:
        begin = _leftwards(steps, standing, rarest, at, post)
        if begin is not None:
            end = _rightwards(steps, standing, rarest, at, post)
            if end is not None:
                yield Span(begin, end)


def _rightwards(
    steps: tuple[Step, ...], standing: Standing, index: int, at: int, post: Reading
) -> int | None:
    """Return where the match that has step `index` at place `at` ends."""
    sentence = post.sentences[at]
    ends = set(standing[index][at])
    for step, places in zip(steps[index + 1 :], standing[index + 1 :], strict=True):
        reached = {
            stop
            for end in ends
            for place in range(end, min(end + step.gap + 1, len(post.words)))
            if place in places and post.sentences[place] == sentence
            for stop in places[place]
        }
        ends = reached | ends if step.optional else reached
        if not ends:
            return None
    return max(ends)


def _leftwards(
    steps: tuple[Step, ...], standing: Standing, index: int, at: int, post: Reading
) -> int | None:
    """Return where the match that has step `index` at place `at` begins."""
    sentence = post.sentences[at]
    starts = {at}
    for here in range(index - 1, -1, -1):
        gap, places = steps[here + 1].gap, standing[here]
        reach = gap + steps[here].choices.longest
        reached = {
            back
            for place in starts
            for back in range(max(0, place - reach), place)
            if back in places
            and post.sentences[back] == sentence
            and any(0 <= place - end <= gap for end in places[back])
        }
        starts = reached | starts if steps[here].optional else reached
        if not starts:
            return None
    return min(starts)
