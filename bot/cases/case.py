"""The case: everything a member is owed for one post, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.cases.part import Part, PartStatus


class State(StrEnum):
    """Who holds the next move. A bot's answer is never a state."""

    WAITING_HUMAN = "waiting_human"
    CLAIMED = "claimed"
    SNOOZED = "snoozed"
    WAITING_ASKER = "waiting_asker"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


QUEUED = frozenset({State.WAITING_HUMAN, State.CLAIMED, State.SNOOZED})
"""States in which volunteers still owe the member a human word."""

OPEN = QUEUED | {State.WAITING_ASKER}
"""States in which the case is not closed."""


@dataclass(frozen=True, slots=True)
class Case:
    """What one member is owed for one question post. Ids, times and states only."""

    id: int
    """The id of the message that asked: so the same message can never open two cases."""
    guild_id: int
    channel_id: int
    """Where the conversation is: a thread, or a plain channel."""
    asker: str
    """The author's id under HMAC: enough to tell the asker from others, no use to anyone else."""
    opened_at: datetime
    parts: tuple[Part, ...]
    state: State = State.WAITING_HUMAN
    waiting_since: datetime | None = None
    """When the present wait for a person began; None while nobody is owed a word."""
    flags: int = 0
    """How often this wait has been put before the volunteers."""
    flagged_at: datetime | None = None
    claimed_by: int | None = None
    """The volunteer's Discord id while they hold the case, so that others see whom to ask."""
    claimed_at: datetime | None = None
    snoozed_until: datetime | None = None
    human_at: datetime | None = None
    """When a person last answered."""
    closed_at: datetime | None = None
    outcome_asked: bool = False
    """Whether the asker has been asked, once, how it went in the end."""
    version: int = 0
    """Counts the changes; a write based on an older version is refused."""

    @property
    def queued(self) -> bool:
        """Tell whether volunteers see this case in their queue."""
        return self.state in QUEUED

    @property
    def is_open(self) -> bool:
        """Tell whether the case still needs anybody."""
        return self.state in OPEN

    @property
    def waiting_parts(self) -> tuple[Part, ...]:
        """Return the questions a person still has to answer."""
        return tuple(part for part in self.parts if part.waits_for_a_person)

    def part(self, number: int) -> Part | None:
        """Return the question of that number, if the case has it."""
        return next((part for part in self.parts if part.number == number), None)

    def with_part(self, changed: Part) -> Case:
        """Return the case with one question replaced."""
        parts = tuple(changed if part.number == changed.number else part for part in self.parts)
        return replace(self, parts=parts)

    def with_parts_closed(self) -> Case:
        """Return the case with every question marked as dealt with by a person."""
        parts = tuple(
            part if part.status is PartStatus.CLOSED else replace(part, status=PartStatus.CLOSED)
            for part in self.parts
        )
        return replace(self, parts=parts)
