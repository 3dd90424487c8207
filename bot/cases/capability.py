"""Who may do what to a case: decided here, not by Discord's own permission settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.cases.case import Case


class Capability(StrEnum):
    """Something a person may be allowed to do."""

    SEE_QUEUE = "see_queue"
    WORK_CASE = "work_case"
    """Claim, hand back, snooze, resolve, reopen."""
    TAKE_OVER = "take_over"
    """Resolve or hand back a case that another volunteer holds."""
    EDIT_KNOWLEDGE = "edit_knowledge"
    ANSWER_ALARM = "answer_alarm"
    """Stand down a safety alarm, or raise one by hand."""
    SET_UP = "set_up"
    SPEAK_FOR_ASKER = "speak_for_asker"
    """Say of one's own case: this helped, I still need a person, close it."""


class Rank(StrEnum):
    """What the community's roles make of a person."""

    MEMBER = "member"
    VOLUNTEER = "volunteer"
    LEAD = "lead"
    ADMIN = "admin"


_VOLUNTEER = frozenset({Capability.SEE_QUEUE, Capability.WORK_CASE, Capability.ANSWER_ALARM})
_LEAD = _VOLUNTEER | {Capability.TAKE_OVER, Capability.EDIT_KNOWLEDGE}
_GRANTS: dict[Rank, frozenset[Capability]] = {
    Rank.MEMBER: frozenset(),
    Rank.VOLUNTEER: _VOLUNTEER,
    Rank.LEAD: _LEAD,
    Rank.ADMIN: frozenset({Capability.SET_UP, Capability.SEE_QUEUE}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person doing something, as the domain sees them."""

    id: int
    guild_id: int
    ranks: frozenset[Rank]
    pseudonym: str
    """The same person under HMAC, to compare with a case's asker."""


def may(actor: Actor, capability: Capability, case: Case | None = None) -> bool:
    """Tell whether the actor may do this, to this case where one is meant.

    A case of another guild is out of reach whatever the rank.
    """
    if case is not None and case.guild_id != actor.guild_id:
        return False
    if capability is Capability.SPEAK_FOR_ASKER:
        return case is not None and case.asker == actor.pseudonym
    return any(capability in _GRANTS[rank] for rank in actor.ranks)
