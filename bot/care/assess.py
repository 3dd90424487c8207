"""Decide whether somebody in a post may be in danger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bot.care.concern import WEIGHT_OF_WORDS, Concern, Flow, Level, Who
from bot.care.negation import negated, negated_inside
from bot.care.pattern import Pattern
from bot.care.playbook import Playbook
from bot.care.post import Post, close_by, contexts_at, in_sentence, read_post, spans_of
from bot.care.reading import Span
from bot.care.rule import Effect, Gathering, Rule, Sign, Subject
from bot.care.search import find

# When several fire at the same level, the card that cannot wait comes first.
_ORDER = (
    Flow.MEDICAL, Flow.PARENT_AT_RISK, Flow.CHILD_AT_RISK, Flow.MISSING_CHILD,
    Flow.CHILD_VIOLENT_AT_HOME, Flow.EATING, Flow.RESTRAINT, Flow.ABUSE, Flow.SOFTER,
)  # fmt: skip


def assess(text: str, playbook: Playbook) -> Concern | None:
    """Return the gravest concern `text` gives rise to, with every rule that fired; None if none."""
    post = read_post(text, playbook)
    found = [*_rules(post), *_gatherings(post)]
    if not found and (weighed := _weighed(post)):
        found = [weighed]
    if not found:
        return None
    gravest = min(found, key=lambda c: (c.level is Level.URGENT, _ORDER.index(c.flow)))
    ids = tuple(dict.fromkeys(rule for concern in found for rule in concern.rules))
    return Concern(_level(gravest.level, ids, post), gravest.who, gravest.flow, ids)


def _level(ruled: Level, ids: tuple[str, ...], post: Post) -> Level:
    """Return what the rules say, unless the words of the post clearly say otherwise."""
    scale, pressing = post.playbook.scale, post.weight.pressing
    if pressing >= scale.needs_now:
        return Level.IMMEDIATE
    firm = any(rule.firm and rule.id in ids for rule in post.playbook.rules)
    return Level.URGENT if pressing < scale.calm and not firm else ruled


def _weighed(post: Post) -> Concern | None:
    """Return a concern when no rule fired and the words together tip the scale."""
    if not post.weight.alarming:
        return None
    if any(context.effect is Effect.CANCEL for context, _ in post.touched):
        return None
    heard = [
        (len(list(spans_of(phrases, post.reading, post.gates))), flow)
        for flow, phrases in post.playbook.themes
    ]
    most, flow = max(heard, key=lambda pair: pair[0])
    if not most:
        flow = Flow.CHILD_AT_RISK if post.young else Flow.SOFTER
    who = Who.PARENT if flow is Flow.PARENT_AT_RISK else Who.CHILD
    return Concern(Level.URGENT, who, flow, (WEIGHT_OF_WORDS,))


def _rules(post: Post) -> Iterator[Concern]:
    for rule in post.playbook.rules:
        if not _believed(rule, post):
            continue
        concerns = (
            _concern(rule, pattern, spans, post)
            for pattern in rule.phrases.open(post.gates)
            for spans in find(pattern, post.reading)
        )
        if concern := next((c for c in concerns if c), None):
            yield concern


def _believed(rule: Rule, post: Post) -> bool:
    """Say whether the words of the post together do not speak against the rule."""
    scale = post.playbook.scale
    least = scale.doubt if rule.wide else scale.disbelief
    return rule.firm or rule.sure or post.weight.points >= least


def _concern(rule: Rule, pattern: Pattern, spans: tuple[Span, ...], post: Post) -> Concern | None:
    who = _who(rule.who, spans[0], post)
    flow = rule.flow or _flow(who)
    if flow is Flow.PARENT_AT_RISK and post.young and rule.who is Subject.SPEAKER:
        flow = Flow.CHILD_AT_RISK
    if _excused(rule, spans, flow, post):
        return None
    if not rule.firm and negated_inside(pattern, spans, post):
        return None
    effects = {c.effect for c in contexts_at(spans, flow, post)}
    level = rule.level
    if Effect.RAISE in effects:
        level = Level.IMMEDIATE
    elif Effect.SOFTEN in effects and not rule.firm:
        return Concern(Level.URGENT, who, Flow.SOFTER, (rule.id,))
    return Concern(level, who, flow, (rule.id,))


def _excused(rule: Rule, spans: tuple[Span, ...], flow: Flow, post: Post) -> bool:
    if close_by(rule.unless, spans[0], post):
        return True
    if rule.firm:
        return False
    if any(negated(span, post) for span in spans):
        return True
    return any(c.effect is Effect.CANCEL for c in contexts_at(spans, flow, post))


def _gatherings(post: Post) -> Iterator[Concern]:
    if post.weight.points < post.playbook.scale.doubt:
        return
    for gathering in post.playbook.gatherings:
        signs = [(sign, spans) for sign in gathering.signs if (spans := _shown(sign, post))]
        if sum(sign.points for sign, _ in signs) < gathering.needs:
            continue
        yield _gathered(gathering, signs, post)


def _gathered(
    gathering: Gathering, signs: list[tuple[Sign, tuple[Span, ...]]], post: Post
) -> Concern:
    who = _who(gathering.who, signs[0][1][0], post)
    flow = gathering.flow or _flow(who)
    ids = (gathering.id, *(sign.id for sign, _ in signs))
    return Concern(gathering.level, who, flow, ids)


def _shown(sign: Sign, post: Post) -> tuple[Span, ...] | None:
    for spans in spans_of(sign.phrases, post.reading, post.gates):
        cancelled = any(c.effect is Effect.CANCEL for c in contexts_at(spans, None, post))
        if not cancelled and not any(negated(span, post) for span in spans):
            return spans
    return None


def _who(subject: Subject, span: Span, post: Post) -> Who:
    if subject is Subject.SPEAKER:
        return Who.CHILD if post.young else Who.PARENT
    if subject is Subject.OTHER:
        return Who.OTHER
    sentence = bisect_right(post.ends, span.start)
    if in_sentence(post.playbook.grown_ups, sentence, post) and not in_sentence(
        post.playbook.children, sentence, post
    ):
        return Who.OTHER
    return Who.CHILD


def _flow(who: Who) -> Flow:
    if who is Who.OTHER:
        return Flow.SOFTER
    return Flow.CHILD_AT_RISK if who is Who.CHILD else Flow.PARENT_AT_RISK
