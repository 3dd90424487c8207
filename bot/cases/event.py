"""What happened to a case: facts that services turn into messages and the audit keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """A kind of thing that happened. The values are also the audit's and the metrics' keys."""

    OPENED = "opened"
    ASKED_MORE = "asked_more"
    ENTRY_CHOSEN = "entry_chosen"
    PART_HELPED = "part_helped"
    PART_STUCK = "part_stuck"
    PART_CLOSED = "part_closed"
    WITHDRAWN = "withdrawn"
    HUMAN_ANSWERED = "human_answered"
    CLAIMED = "claimed"
    HANDED_BACK = "handed_back"
    CLAIM_LAPSED = "claim_lapsed"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    FLAGGED = "flagged"
    OUTCOME_ASKED = "outcome_asked"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case. No words of anybody."""

    kind: EventKind
    case_id: int
    at: datetime
    part: int = 0
    by: int | None = None
    """A volunteer's id, where a volunteer did it."""
    count: int = 0
    """For FLAGGED: the how-manieth flag of this wait."""
