"""Decide each question: answer, ask which was meant, hand over, or let be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.cases.nation import Nation
from bot.matching.act import asks_after_someone, follows, greets, rhetorical, tells
from bot.matching.calibration import Calibration, chance
from bot.matching.decision import (
    Answer,
    Candidate,
    Clarify,
    Decision,
    Evidence,
    HandOver,
    HandOverReason,
    HeardPart,
    Ignore,
    IgnoreReason,
)
from bot.matching.library import Beside
from bot.matching.parts import Floats, Heard, Question
from bot.matching.ranker import Ranker

_SHOWN = 10
_CLARIFY = 3
UMBRELLA = {
    Nation.WALES: "wales-aln",
    Nation.SCOTLAND: "scotland-asn",
    Nation.NORTHERN_IRELAND: "northern-ireland-sen",
}


class Decider:
    """Turns scores into decisions, with the evidence for each."""

    def __init__(self, ranker: Ranker, calibration: Calibration | None = None) -> None:
        self._ranker = ranker
        self._topics = ranker.library.topics
        self._place = {topic.id: at for at, topic in enumerate(self._topics)}
        self._calibration = calibration or Calibration()

    # Whole posts that want no reply.

    def ignored(self, heard: Sequence[Heard]) -> Ignore | None:
        """Say why a whole post wants no reply, or None when it wants one."""
        if not heard or not any(one.reading.words for one in heard):
            return Ignore(IgnoreReason.CHATTER, _evidence("nothing in it can be read as words"))
        text = " ".join(one.piece.text for one in heard)
        if asks_after_someone(text):
            return None
        if follows(text):
            return Ignore(IgnoreReason.FOLLOWING, _evidence("shows interest and asks nothing"))
        if any(one.asks for one in heard) and not greets(text):
            return None
        return self._unasked(heard, text)

    def _unasked(self, heard: Sequence[Heard], text: str) -> Ignore | None:
        topic, beside = self._best(heard)
        if tells(text) and beside[Beside.TELLING] > 0.1:
            return Ignore(
                IgnoreReason.SOMEONES_ANSWER, _evidence("one person tells another what they know")
            )
        if any(rhetorical(one.piece.text) for one in heard) and topic < 0.5:
            return Ignore(IgnoreReason.CHATTER, _evidence("a question that wants no answer"))
        idle = max(beside[kind] for kind in (Beside.CHATTER, Beside.FOLLOWING, Beside.TELLING))
        if idle > topic or topic < 0.18:
            return Ignore(IgnoreReason.CHATTER, _evidence("talk, with nothing asked"))
        return None

    def _best(self, heard: Sequence[Heard]) -> tuple[float, dict[Beside, float]]:
        scores = np.max([one.ranked.scores for one in heard], axis=0)
        count = len(self._topics)
        top = float(scores[:count].max()) if count else 0.0
        return top, {kind: float(scores[self._ranker.library.beside(kind)]) for kind in Beside}

    # The questions of a post.

    def parts(
        self, heard: Sequence[Heard], asked: Sequence[Question], nation: Nation | None
    ) -> tuple[HeardPart, ...]:
        """Decide every question; those that come to the same entry are one."""
        text = " ".join(one.piece.text for one in heard)
        if asks_after_someone(text) and len(asked) <= 2:
            return (self._asks_after(asked),)
        parts: list[HeardPart] = []
        taken: set[str] = set()
        for question in asked:
            decision = self.decide(question, nation)
            key = _key(decision)
            if key not in taken or key == "":
                taken.add(key)
                parts.append(HeardPart(question.text, question.start, decision))
        return tuple(_strongest(parts))

    def _asks_after(self, asked: Sequence[Question]) -> HeardPart:
        question = asked[0]
        near = self._candidates(question, question.scores)
        evidence = Evidence("asks how somebody else's story went on", 0.0, 0.0, near)
        return HeardPart(
            question.text,
            question.start,
            HandOver(HandOverReason.ASKS_AFTER_SOMEONE, near[:_CLARIFY], evidence),
        )

    def decide(self, question: Question, nation: Nation | None) -> Decision:
        """Decide one question within the law of one nation."""
        scores = self._within(question.scores, nation)
        ranked = self._candidates(question, scores)
        if not ranked:
            return HandOver(HandOverReason.NOTHING_FITS, (), _evidence("there are no entries"))
        confidence = ranked[0].score
        margin = float(ranked[0].score - ranked[1].score) if len(ranked) > 1 else confidence
        topic = self._topics[self._place[ranked[0].entry]]
        needed = topic.answer_at if topic.answer_at is not None else self._calibration.answer_at
        if confidence >= needed and not topic.signpost_only:
            return Answer(ranked[0], Evidence("sure enough to answer", confidence, margin, ranked))
        if confidence >= self._calibration.clarify_at:
            close = Evidence("close, but not sure which was meant", confidence, margin, ranked)
            return Clarify(ranked[:_CLARIFY], close)
        far = Evidence("nothing written comes near enough", confidence, margin, ranked)
        return HandOver(HandOverReason.NOTHING_FITS, ranked[:_CLARIFY], far)

    def _within(self, scores: Floats, nation: Nation | None) -> Floats:
        """Keep the entries of one nation; what fits another's goes to the nation's own overview."""
        if nation is None:
            return scores
        scores = scores.copy()
        count = len(self._topics)
        foreign = np.array([not _holds(topic.nations, nation) for topic in self._topics], bool)
        best_abroad = float(scores[:count][foreign].max()) if foreign.any() else 0.0
        scores[:count][foreign] = -1.0
        umbrella = self._place.get(UMBRELLA.get(nation, ""))
        if umbrella is not None:
            scores[umbrella] = max(float(scores[umbrella]), best_abroad)
        return scores

    def _candidates(self, question: Question, scores: Floats) -> tuple[Candidate, ...]:
        count = len(self._topics)
        order = np.argsort(-scores[:count], kind="stable")[:_SHOWN]
        sure = chance(scores, count, question.likeness, self._calibration)
        out: list[Candidate] = []
        for at in order:
            if scores[at] < 0 and out:
                break
            nearest = self._nearest(question, int(at))
            out.append(Candidate(self._topics[at].id, float(sure[at]), nearest[0], nearest[1]))
        return tuple(out)

    def _nearest(self, question: Question, label: int) -> tuple[str, tuple[str, ...]]:
        own = np.flatnonzero(self._ranker.label == label)
        place = int(own[int(np.argmax(question.likeness[own]))])
        reading = self._ranker.readings[place]
        stems = set(question.reading.stems)
        shared = dict.fromkeys(
            word for word, stem in zip(reading.words, reading.stems, strict=True) if stem in stems
        )
        weighty = sorted(shared, key=lambda word: -self._ranker.words.index.rarity(word))
        return self._ranker.library.phrasings[place].text, tuple(weighty[:6])


def _holds(nations: Sequence[Nation], nation: Nation) -> bool:
    return Nation.UK in nations or nation in nations


def _evidence(rule: str) -> Evidence:
    return Evidence(rule, 0.0, 0.0)


def _key(decision: Decision) -> str:
    match decision:
        case Answer(candidate=candidate):
            return candidate.entry
        case Clarify(candidates=candidates):
            return candidates[0].entry
        case _:
            return ""


def _strongest(parts: list[HeardPart]) -> list[HeardPart]:
    """Several unanswerable parts are one; keep all that have something to say."""
    said = [part for part in parts if not isinstance(part.decision, HandOver)]
    open_ones = [part for part in parts if isinstance(part.decision, HandOver)]
    return sorted([*said, *open_ones], key=lambda part: part.start)
