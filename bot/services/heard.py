"""One message and what it means beside the cases of its conversation. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cases.case import Case
from bot.cases.part import Part, PartStatus
from bot.matching.decision import (
    Answer,
    Clarify,
    HandOver,
    HeardPart,
    Hearing,
    IgnoreReason,
)
from bot.matching.voice import Voice
from bot.services.ports import Post
from bot.services.records import GuildSettings, Seen

WORDS_THAT_ANSWER = 8
"""Fewer words than this are company and no answer, unless a volunteer says something to go on."""
QUIET = timedelta(days=14)
"""A thread silent this long is an old one: a question in it is hardly put to its asker."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One message with all that is needed to decide about it. Lives in memory only."""

    post: Post
    seen: Seen
    settings: GuildSettings
    cases: tuple[Case, ...]
    """Every case of the conversation, oldest first."""
    hearing: Hearing
    voice: Voice
    """For whom the message speaks, as far as its words show it."""
    in_danger: bool
    """Whether this message itself shows somebody in danger."""
    hushed: bool
    """Whether our answers wait, because a safety card stands here and no person has ended it."""
    answers_case: int | None = None
    """In a plain channel: the case whose question, or whose reply of ours, this one replies to."""

    @property
    def from_volunteer(self) -> bool:
        """Tell whether the message comes from one of the community's volunteers."""
        roles = {self.settings.volunteer_role, self.settings.lead_role}
        return bool(self.post.author_roles & roles)


def own_case(heard: Heard) -> Case | None:
    """Return the case this message belongs to, if its author has one in this conversation."""
    mine = [case for case in heard.cases if case.asker == heard.seen.author]
    if heard.post.parent_id is not None:
        return mine[-1] if mine else None
    # In a plain channel everybody's questions stand side by side: only a reply tells which.
    meant = {heard.post.id, heard.answers_case}
    return next((case for case in mine if case.id in meant), None)


def is_theirs_to_ask(heard: Heard, now: datetime) -> bool:
    """Tell whether a message opens a case of its author's own.

    In doubt it does: a needless case costs a volunteer a glance, a missed one leaves a parent
    in silence.
    """
    if not heard.hearing.parts:
        return heard.in_danger
    if heard.in_danger or not heard.cases:
        return True
    in_thread = heard.post.parent_id is not None
    if not in_thread and heard.post.reply_to is None:
        return True
    waits = any(case.is_open for case in heard.cases)
    answers = heard.voice is Voice.ADVICE or (heard.voice is Voice.STATES and waits)
    if heard.from_volunteer or answers:
        return False
    if heard.voice is Voice.ASKS_BACK:
        quiet = now - max(map(last_moment, heard.cases)) >= QUIET
        return quiet or not waits
    # In a plain channel replies fly back and forth between members: only a clear one is taken up.
    return in_thread or heard.voice is Voice.OWN or any(map(_fits, heard.hearing.parts))


def answers_others(heard: Heard) -> bool:
    """Tell whether a person here gave somebody else something to go on.

    A volunteer's own sentence is a person's reply even where it says nothing about the matter:
    "I can ring you tonight". Beneath it we must not say that nobody has come.
    """
    reason = heard.hearing.ignored.reason if heard.hearing.ignored else None
    if reason is IgnoreReason.FOLLOWING:
        return False
    short = len(heard.post.text.split()) < WORDS_THAT_ANSWER
    if heard.from_volunteer:
        return reason is not IgnoreReason.CHATTER or not short
    if heard.voice is Voice.ASKS_BACK or short:
        return False
    return heard.voice in {Voice.ADVICE, Voice.STATES} or reason not in {None, IgnoreReason.CHATTER}


def is_known(part: Part, case: Case, *, edited: bool) -> bool:
    """Tell whether a case holds this question already, so that it is not answered twice.

    After an edit an open question that reads as before is the same one; said anew, it is another.
    """
    if part.entry is not None:
        return any(part.entry in (known.entry, *known.near) for known in case.parts)
    return edited and any(part.near == known.near for known in case.parts)


def parts_of(hearing: Hearing, given: frozenset[str] = frozenset()) -> tuple[Part, ...]:
    """Turn what was heard into the parts of a case, without a word of the post.

    An unclear question needs a person where all that might be meant has been answered already,
    here or in what was `given` before.
    """
    parts = tuple(
        _part(number, heard.decision) for number, heard in enumerate(hearing.parts, start=1)
    )
    given |= given_in(parts)
    return tuple(
        replace(part, status=PartStatus.NEEDS_HUMAN)
        if part.status is PartStatus.NEEDS_WORD and given.issuperset(part.near)
        else part
        for part in parts
    )


def given_in(parts: Iterable[Part]) -> frozenset[str]:
    """Return the entries that answer some of these questions."""
    return frozenset(part.entry for part in parts if part.entry is not None)


def _part(number: int, decision: object) -> Part:
    match decision:
        case Answer(candidate=candidate):
            return Part(number, PartStatus.ANSWERED, candidate.entry)
        case Clarify(candidates=candidates):
            near = tuple(candidate.entry for candidate in candidates)
            return Part(number, PartStatus.NEEDS_WORD, near=near)
        case HandOver(near=near_by):
            near = tuple(candidate.entry for candidate in near_by[:3])
            return Part(number, PartStatus.NEEDS_HUMAN, near=near)
        case _:
            return Part(number, PartStatus.NEEDS_HUMAN)


def _fits(part: HeardPart) -> bool:
    return isinstance(part.decision, Answer | Clarify)


def last_moment(case: Case) -> datetime:
    """Return when something last happened on a case, as far as the case itself knows."""
    return max(filter(None, (case.opened_at, case.human_at, case.closed_at, case.claimed_at)))
