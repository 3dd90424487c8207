"""Decide each question: answer, ask which was meant, or hand over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.matching.calibration import Calibration, Signals
from bot.matching.decision import (
    Answer,
    Candidate,
    Clarify,
    Decision,
    Evidence,
    HandOver,
    HandOverReason,
    HeardPart,
)
from bot.matching.library import Beside
from bot.matching.nationality import Borders, Law
from bot.matching.parts import Blend, Floats, Post, Question, whole
from bot.matching.ranker import Ranker
from bot.matching.silence import asks_after

_SHOWN = 10
_CLARIFY = 3


class Decider:
    """Turns scores into decisions, with the evidence for each."""

    def __init__(self, ranker: Ranker, calibration: Calibration, blend: Blend) -> None:
        self._ranker = ranker
        self._topics = ranker.library.topics
        self._borders = Borders(self._topics)
        self._calibration = calibration
        self._blend = blend

    def parts(self, post: Post, asked: Sequence[Question], law: Law) -> tuple[HeardPart, ...]:
        """Decide every question; those that come to the same entry are one.

        Unless two questions each point somewhere of their own, the post is heard as one question,
        and beside it what else was plainly asked, so that no question is passed over in silence.
        """
        if asks_after(post, self._ranker.library):
            return (self._after_someone(whole(post), law),)
        leads = {self._stands(question, law) for question in asked} - {None}
        if len(leads) < 2:
            main = self._in_the_words_of(asked, whole(post), law)
            beside = [one for one in asked if self._apart(one, main, law)]
            found = [self._part(question, law) for question in (main, *beside)]
            return _joined(sorted(found, key=lambda part: part.start))
        return _joined([self._part(question, law) for question in asked])

    def _part(self, question: Question, law: Law) -> HeardPart:
        return HeardPart(question.text, question.start, self.decide(question, law))

    def _stands(self, question: Question, law: Law) -> str | None:
        """Give the entry a question points to by its own words, if it does so clearly."""
        scores = self._borders.within(question.own.scores, law)
        signals = self._signals(scores, question.own.likeness)
        if self._calibration.chance(signals) < self._blend.stands:
            return None
        return self._topics[int(np.argmax(scores[: len(self._topics)]))].id

    def _in_the_words_of(self, asked: Sequence[Question], main: Question, law: Law) -> Question:
        """Give the whole post's question in the words that ask for the entry it leads to."""
        lead = self._lead(main.scores, law)
        alike = [one for one in asked if self._lead(one.own.scores, law) == lead]
        if not alike:
            return main
        said = max(alike, key=lambda one: float(one.own.scores[lead]))
        return replace(main, text=said.text, start=said.start)

    def _lead(self, scores: Floats, law: Law) -> int:
        return int(np.argmax(self._borders.within(scores, law)[: len(self._topics)]))

    def _apart(self, question: Question, main: Question, law: Law) -> bool:
        """Tell whether a question asks, in words that tell enough, for something else."""
        if question.start == main.start:
            return False
        if self._lead(question.own.scores, law) == self._lead(main.scores, law):
            return False
        tells = self._ranker.weight(question.reading) >= self._blend.enough
        return tells or self._stands(question, law) is not None

    def _after_someone(self, question: Question, law: Law) -> HeardPart:
        ranked, _ = self._ranked(question, self._borders.within(question.scores, law))
        evidence = Evidence("asks how somebody else's story went on", 0.0, 0.0, ranked)
        reason = HandOverReason.ASKS_AFTER_SOMEONE
        decision = HandOver(reason, ranked[:_CLARIFY], evidence)
        return HeardPart(question.text, question.start, decision)

    def decide(self, question: Question, law: Law) -> Decision:
        """Decide one question within the law that holds for the post."""
        ranked, signals = self._ranked(question, self._borders.within(question.scores, law))
        if not ranked:
            return _hand_over("there are no entries", ranked, 0.0, 0.0)
        confidence, margin = ranked[0].score, signals.margin
        if confidence >= self._needed(ranked[0].entry):
            evidence = Evidence("sure enough to answer", confidence, margin, ranked)
            return Answer(ranked[0], evidence)
        if self._borders.abroad(question.scores, law):
            return HandOver(
                HandOverReason.OTHER_NATION,
                ranked[:_CLARIFY],
                Evidence("what fits is another nation's law", confidence, margin, ranked),
            )
        if confidence >= self._calibration.clarify_at:
            evidence = Evidence("close, but not sure which was meant", confidence, margin, ranked)
            return Clarify(ranked[:_CLARIFY], evidence)
        if signals.elsewhere > signals.score:
            return _hand_over("sounds like another subject", ranked, confidence, margin)
        return _hand_over("nothing written comes near enough", ranked, confidence, margin)

    def leading(self, post: Post, law: Law) -> tuple[str, tuple[float, ...]] | None:
        """Give the entry that leads for a post taken as one question, and the signals."""
        if asks_after(post, self._ranker.library) or not self._topics:
            return None
        question = whole(post)
        scores = self._borders.within(question.scores, law)
        at = int(np.argmax(scores[: len(self._topics)]))
        return self._topics[at].id, self._signals(scores, question.likeness).row()

    def _needed(self, entry: str) -> float:
        topic = next(topic for topic in self._topics if topic.id == entry)
        if topic.signpost_only:
            return 2.0
        return self._calibration.answer_at if topic.answer_at is None else topic.answer_at

    def _signals(self, scores: Floats, likeness: Floats) -> Signals:
        count = len(self._topics)
        order = np.argsort(-scores[:count], kind="stable")
        library = self._ranker.library
        idle = (Beside.CHATTER, Beside.FOLLOWING, Beside.TELLING, Beside.AFTER)
        second = float(scores[order[1]]) if count > 1 else 0.0
        nearest = self._ranker.label == order[0]
        return Signals(
            float(scores[order[0]]),
            float(scores[order[0]]) - max(second, 0.0),
            float(scores[library.beside(Beside.ELSEWHERE)]),
            max(float(scores[library.beside(kind)]) for kind in idle),
            float(likeness[nearest].max(initial=0.0)),
        )

    def _ranked(self, question: Question, scores: Floats) -> tuple[tuple[Candidate, ...], Signals]:
        if not self._topics:
            return (), Signals(0.0, 0.0, 0.0, 0.0, 0.0)
        signals = self._signals(scores, question.likeness)
        best = self._calibration.chance(signals)
        order = np.argsort(-scores[: len(self._topics)], kind="stable")[:_SHOWN]
        shown = [int(at) for at in order if scores[at] > -1.0]
        top = max(float(scores[shown[0]]), 1e-6) if shown else 1.0
        # Only the leader's chance is fitted; the others fall with their score beside it.
        return tuple(
            self._candidate(question, at, best * max(float(scores[at]), 0.0) / top) for at in shown
        ), signals

    def _candidate(self, question: Question, label: int, chance: float) -> Candidate:
        own = np.flatnonzero((self._ranker.label == label) & self._ranker.shown)
        place = int(own[int(np.argmax(question.likeness[own]))])
        reading = self._ranker.readings[place]
        asked = set(question.reading.stems)
        shared = dict.fromkeys(
            word for word, stem in zip(reading.words, reading.stems, strict=True) if stem in asked
        )
        telling = self._ranker.telling(tuple(shared))
        phrasing = self._ranker.library.phrasings[place].text
        return Candidate(self._topics[label].id, chance, phrasing, telling)


def _hand_over(
    rule: str, ranked: tuple[Candidate, ...], confidence: float, margin: float
) -> HandOver:
    evidence = Evidence(rule, confidence, margin, ranked)
    return HandOver(HandOverReason.NOTHING_FITS, ranked[:_CLARIFY], evidence)


def _joined(parts: Sequence[HeardPart]) -> tuple[HeardPart, ...]:
    """Keep one part for each entry that leads, the surest; and one hand-over at most of a kind."""
    best: dict[str, HeardPart] = {}
    for part in parts:
        ranked = part.decision.evidence.ranked
        lead = ranked[0].entry if ranked else ""
        held = best.get(lead)
        if held is None or held.decision.evidence.confidence < part.decision.evidence.confidence:
            best[lead] = part
    kept = list(best.values())
    if any(not isinstance(part.decision, HandOver) for part in kept):
        kept = [part for part in kept if not _empty(part)]
    return tuple(sorted(kept, key=lambda part: part.start))


def _empty(part: HeardPart) -> bool:
    """A bare aside beside real questions ("is that right?") is no part of its own."""
    return isinstance(part.decision, HandOver) and len(part.text.split()) < 5
