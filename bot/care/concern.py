"""A sign that someone may be in danger, and which help fits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

WEIGHT_OF_WORDS = "weight-of-words"
"""The rule id when no rule fired, and the words together were alarming."""


class Level(StrEnum):
    """How soon a person has to look."""

    IMMEDIATE = "immediate"
    """Life may be at risk now."""
    URGENT = "urgent"
    """Serious, and not this very minute."""


class Who(StrEnum):
    """Who may be in danger."""

    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


class Flow(StrEnum):
    """Which fixed card fits. The words of each stand in `knowledge/urgent.yaml`."""

    PARENT_AT_RISK = "parent-at-risk"
    CHILD_AT_RISK = "child-at-risk"
    MEDICAL = "medical"
    ABUSE = "abuse"
    RESTRAINT = "restraint"
    CHILD_VIOLENT_AT_HOME = "child-violent-at-home"
    MISSING_CHILD = "missing-child"
    EATING = "eating"
    SOFTER = "softer"
    """Somebody else's, or past."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Someone may be in danger. Carries rule ids, never words of the post."""

    level: Level
    who: Who
    flow: Flow
    rules: tuple[str, ...]
    """The ids of the rules that fired, for the lead who edits them."""

    @property
    def heard_by(self) -> str:
        """Return what raised the concern, in words for a lead."""
        if self.rules == (WEIGHT_OF_WORDS,):
            return "no single rule: the words together"
        return ", ".join(self.rules)


class DetailKind(StrEnum):
    """A kind of detail that identifies a person."""

    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    ADDRESS = "address"
    NAME_AND_SCHOOL = "name_and_school"
    NAME = "name"
    NHS_NUMBER = "nhs_number"
    NI_NUMBER = "ni_number"
    DATE_OF_BIRTH = "date_of_birth"
    REFERENCE = "reference"
    """A case, claim, pupil or hospital number."""
    HANDLE = "handle"
    """A name on another platform."""


@dataclass(frozen=True, slots=True)
class Detail:
    """Where in a post an identifying detail stands. The value itself is never carried on."""

    kind: DetailKind
    start: int
    end: int
