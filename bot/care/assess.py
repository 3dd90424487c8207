"""Decide whether somebody in a post may be in danger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bot.care.concern import Concern, Flow, Level, Who
from bot.care.fold import BREAK
from bot.care.pattern import NEAR, Pattern, Reading, Span, Step, find
from bot.care.playbook import Playbook
from bot.care.rule import Context, Effect, Gathering, Phrases, Rule, Scope, Sign, Subject
from bot.care.weigh import MASKED, Weighed

WEIGHT_OF_WORDS = "weight-of-words"
"""The rule id when no rule fired, and the words together were alarming."""

_NEGATION_REACH = 3
_NOT_NEGATED = frozenset({"stop", "help", "only", "cope", "know", "sure"})
"""After a negation these take nothing back: “cannot stop thinking of …”."""

# When several fire at the same level, the card that cannot wait comes first.
_ORDER = (
    Flow.MEDICAL, Flow.PARENT_AT_RISK, Flow.CHILD_AT_RISK, Flow.MISSING_CHILD,
    Flow.CHILD_VIOLENT_AT_HOME, Flow.EATING, Flow.ABUSE, Flow.RESTRAINT, Flow.SOFTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Post:
    playbook: Playbook
    reading: Reading
    gates: int
    ends: tuple[int, ...]
    """Where sentences end."""
    touched: tuple[tuple[Context, frozenset[int]], ...]
    """The contexts found, with the sentences they stand in."""
    young: bool
    weight: Weighed


def assess(text: str, playbook: Playbook) -> Concern | None:
    """Return the gravest concern `text` gives rise to, with every rule that fired; None if none."""
    post = _read(text, playbook)
    found = [*_rules(post), *_gatherings(post)]
    if not found:
        return _weighed(post)
    gravest = min(found, key=lambda c: (c.level is Level.URGENT, _ORDER.index(c.flow)))
    ids = tuple(dict.fromkeys(rule for concern in found for rule in concern.rules))
    return Concern(gravest.level, gravest.who, gravest.flow, ids)


def _weighed(post: _Post) -> Concern | None:
    """Return a concern when no rule fired and the words together tip the scale."""
    if any(context.effect is Effect.CANCEL for context, _ in post.touched):
        return None
    if not post.weight.alarming:
        return None
    heard = [
        (len(list(_all(phrases, post.reading, post.gates))), flow)
        for flow, phrases in post.playbook.themes
    ]
    most, flow = max(heard, key=lambda pair: pair[0])
    if not most:
        flow = Flow.CHILD_AT_RISK if post.young else Flow.SOFTER
    who = Who.PARENT if flow is Flow.PARENT_AT_RISK else Who.CHILD
    return Concern(Level.URGENT, who, flow, (WEIGHT_OF_WORDS,))


def _read(text: str, playbook: Playbook) -> _Post:
    words = playbook.lexicon.words(text)
    reading = Reading.of(words, playbook.phrases)
    gates = playbook.gates.opened_by(reading)
    spans = [s for found in _all(playbook.idioms, reading, gates) for s in found]
    if spans:
        reading = reading.without(spans, MASKED)
        gates = playbook.gates.opened_by(reading)
    ends = tuple(at for at, word in enumerate(words) if word == BREAK)
    touched = tuple(
        (context, sentences)
        for context in playbook.contexts
        if (sentences := _sentences(context, reading, gates, ends))
    )
    young = next(_all(playbook.young, reading, gates), None) is not None
    weight = playbook.scale.heaviest(reading, "?" in text)
    return _Post(playbook, reading, gates, ends, touched, young, weight)


def _all(phrases: Phrases, reading: Reading, gates: int) -> Iterator[tuple[Span, ...]]:
    for pattern in phrases.open(gates):
        yield from find(pattern, reading)


def _sentences(
    context: Context, reading: Reading, gates: int, ends: tuple[int, ...]
) -> frozenset[int]:
    return frozenset(
        bisect_right(ends, span.start)
        for spans in _all(context.phrases, reading, gates)
        for span in spans
    )


def _rules(post: _Post) -> Iterator[Concern]:
    for rule in post.playbook.rules:
        if rule.wide and post.weight.points < post.playbook.scale.doubt:
            continue
        concerns = (
            _concern(rule, pattern, spans, post)
            for pattern in rule.phrases.open(post.gates)
            for spans in find(pattern, post.reading)
        )
        if concern := next((c for c in concerns if c), None):
            yield concern


def _concern(rule: Rule, pattern: Pattern, spans: tuple[Span, ...], post: _Post) -> Concern | None:
    who = _who(rule.who, spans[0], post)
    flow = rule.flow or _flow(who)
    if _excused(rule, spans, flow, post):
        return None
    if not rule.firm and _negated_inside(pattern, spans, post):
        return None
    effects = {c.effect for c in _contexts(spans, flow, post)}
    level = rule.level
    if Effect.RAISE in effects:
        level = Level.IMMEDIATE
    elif Effect.SOFTEN in effects and not rule.firm:
        return Concern(Level.URGENT, who, Flow.SOFTER, (rule.id,))
    return Concern(level, who, flow, (rule.id,))


def _excused(rule: Rule, spans: tuple[Span, ...], flow: Flow, post: _Post) -> bool:
    if _close_by(rule.unless, spans[0], post):
        return True
    if rule.firm:
        return False
    if any(_negated(span, post) for span in spans):
        return True
    return any(c.effect is Effect.CANCEL for c in _contexts(spans, flow, post))


def _gatherings(post: _Post) -> Iterator[Concern]:
    for gathering in post.playbook.gatherings:
        signs = [(sign, spans) for sign in gathering.signs if (spans := _shown(sign, post))]
        if sum(sign.points for sign, _ in signs) < gathering.needs:
            continue
        yield _gathered(gathering, signs, post)


def _gathered(
    gathering: Gathering, signs: list[tuple[Sign, tuple[Span, ...]]], post: _Post
) -> Concern:
    who = _who(gathering.who, signs[0][1][0], post)
    flow = gathering.flow or _flow(who)
    ids = (gathering.id, *(sign.id for sign, _ in signs))
    return Concern(gathering.level, who, flow, ids)


def _shown(sign: Sign, post: _Post) -> tuple[Span, ...] | None:
    for spans in _all(sign.phrases, post.reading, post.gates):
        cancelled = any(c.effect is Effect.CANCEL for c in _contexts(spans, None, post))
        if not cancelled and not any(_negated(span, post) for span in spans):
            return spans
    return None


def _contexts(spans: tuple[Span, ...], flow: Flow | None, post: _Post) -> Iterator[Context]:
    here = {bisect_right(post.ends, span.start) for span in spans}
    for context, sentences in post.touched:
        if context.flows and flow not in context.flows:
            continue
        if context.scope is Scope.POST or here & sentences:
            yield context


def _close_by(phrases: Phrases, span: Span, post: _Post) -> bool:
    return any(
        other.start - span.end <= NEAR and span.start - other.end <= NEAR
        for others in _all(phrases, post.reading, post.gates)
        for other in others
    )


def _negated(span: Span, post: _Post) -> bool:
    """Say whether a negation stands just before `span`, in its own sentence."""
    words = post.reading.words
    for at in range(span.start - 1, max(-1, span.start - 1 - _NEGATION_REACH), -1):
        if words[at] == BREAK:
            return False
        if words[at] in post.playbook.negations:
            return words[at + 1] not in _NOT_NEGATED
    return False


def _negated_inside(pattern: Pattern, spans: tuple[Span, ...], post: _Post) -> bool:
    """Say whether a negation in a gap of the pattern turns its end round ("not want to die")."""
    return any(
        _turned_round(steps, span, post) for steps, span in zip(pattern.parts, spans, strict=True)
    )


def _turned_round(steps: tuple[Step, ...], span: Span, post: _Post) -> bool:
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


def _who(subject: Subject, span: Span, post: _Post) -> Who:
    if subject is Subject.SPEAKER:
        return Who.CHILD if post.young else Who.PARENT
    if subject is Subject.OTHER:
        return Who.OTHER
    sentence = bisect_right(post.ends, span.start)
    if _in_sentence(post.playbook.grown_ups, sentence, post) and not _in_sentence(
        post.playbook.children, sentence, post
    ):
        return Who.OTHER
    return Who.CHILD


def _in_sentence(phrases: Phrases, sentence: int, post: _Post) -> bool:
    return any(
        bisect_right(post.ends, spans[0].start) == sentence
        for spans in _all(phrases, post.reading, post.gates)
    )


def _flow(who: Who) -> Flow:
    if who is Who.OTHER:
        return Flow.SOFTER
    return Flow.CHILD_AT_RISK if who is Who.CHILD else Flow.PARENT_AT_RISK
