"""Who may do what."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.cases.capability import Actor, Capability, Rank, may
from bot.cases.case import Case

CASE = Case(1, 10, 20, "asker", datetime(2026, 11, 25, tzinfo=UTC), ())


def actor(*ranks: Rank, guild: int = 10, pseudonym: str = "other") -> Actor:
    return Actor(5, guild, frozenset(ranks), pseudonym)


@pytest.mark.parametrize(
    ("rank", "capability", "allowed"),
    [
        (Rank.MEMBER, Capability.SEE_QUEUE, False),
        (Rank.MEMBER, Capability.WORK_CASE, False),
        (Rank.VOLUNTEER, Capability.WORK_CASE, True),
        (Rank.VOLUNTEER, Capability.TAKE_OVER, False),
        (Rank.VOLUNTEER, Capability.EDIT_KNOWLEDGE, False),
        (Rank.VOLUNTEER, Capability.SET_UP, False),
        (Rank.LEAD, Capability.TAKE_OVER, True),
        (Rank.LEAD, Capability.SET_UP, False),
        (Rank.ADMIN, Capability.SET_UP, True),
        (Rank.ADMIN, Capability.WORK_CASE, False),
    ],
)
def test_ranks(rank: Rank, capability: Capability, allowed: bool) -> None:
    assert may(actor(rank), capability, CASE) is allowed


def test_nobody_reaches_into_another_guild() -> None:
    lead = actor(Rank.LEAD, Rank.ADMIN, guild=11, pseudonym="asker")
    assert not any(may(lead, capability, CASE) for capability in Capability)


def test_only_the_asker_speaks_for_the_asker() -> None:
    assert may(actor(pseudonym="asker"), Capability.SPEAK_FOR_ASKER, CASE)
    assert not may(actor(Rank.LEAD), Capability.SPEAK_FOR_ASKER, CASE)
    assert not may(actor(pseudonym="asker"), Capability.SPEAK_FOR_ASKER)
