"""What the services ask the store to keep: ids, times, states. No words of any member."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.care.concern import Flow, Level, Who
from bot.cases.case import Case
from bot.cases.event import Event
from bot.cases.nation import Nation
from bot.cases.timer import Timer


@dataclass(frozen=True, slots=True)
class Seen:
    """A message that reached us: enough to fetch it again after a crash."""

    message_id: int
    revision: int
    """0 for the message as sent; for an edit, its time in milliseconds since 1970."""
    guild_id: int
    channel_id: int
    author: str
    """The author's id under HMAC."""
    seen_at: datetime


class LetterKind(StrEnum):
    """What a message of ours is about."""

    OVERVIEW = "overview"
    """The first reply: what was heard, what is answered, what waits for a person."""
    ANSWER = "answer"
    """One question's answer; `seq` is the part's number."""
    PARENT_FLAGGED = "parent_flagged"
    """Tells the member honestly that volunteers have been called."""
    FLAG = "flag"
    """Puts a silent thread before the volunteers; `seq` counts the flags."""
    ANSWER_CAME = "answer_came"
    """Tells the asker that a person has answered."""
    OUTCOME = "outcome"
    """Asks, once, what happened in the end."""
    AWAY = "away"
    """Says sorry for an absence of ours."""
    CARD = "card"
    """The fixed words for someone who may be in danger."""
    CARD_ALONE = "card_alone"
    """The honest line when nobody has come after ten minutes."""
    ALERT = "alert"
    """Calls the volunteers to someone who may be in danger; `seq` counts the pings."""
    DETAILS = "details"
    """A volunteer's request to take identifying details out of a post."""
    UNDELIVERED = "undelivered"
    """Tells the volunteers that a reply could not be delivered."""
    REVIEW_DUE = "review_due"
    """Tells the editors what is due for review; `subject` is the guild, `seq` year and week."""
    FLAG_HERE = "flag_here"
    """A flag in the member's own thread, because the volunteers' channel cannot be written in."""
    ALERT_HERE = "alert_here"
    """The same for an alert."""


class LetterState(StrEnum):
    """Where a letter is on its way."""

    NEW = "new"
    SENDING = "sending"
    """Tried at least once; whether it arrived may be unknown."""
    SENT = "sent"
    DEAD = "dead"
    """Refused for good; the volunteers were told."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of ours in the outbox. Unique by subject, kind and seq: never sent twice."""

    subject: int
    """The id of the case or the alarm."""
    kind: LetterKind
    seq: int
    guild_id: int
    channel_id: int
    created_at: datetime
    reply_to: int | None = None
    content: Mapping[str, object] = field(default_factory=dict)
    """Ids and numbers from which the words are composed when it is sent. Never text."""
    state: LetterState = LetterState.NEW
    first_try_at: datetime | None = None
    tries: int = 0
    next_try_at: datetime | None = None
    message_id: int | None = None
    reason: str | None = None
    """Why it is dead: one of our own words, never Discord's echo of content."""

    @property
    def key(self) -> tuple[int, LetterKind, int]:
        """Return what makes this letter the only one of its kind."""
        return self.subject, self.kind, self.seq

    @property
    def nonce(self) -> str:
        """Return the same nonce every time, at most 25 characters, so Discord drops repeats."""
        return f"{self.subject:x}-{_CODES[self.kind]}{self.seq}"

    @staticmethod
    def key_of(nonce: str) -> tuple[int, LetterKind, int] | None:
        """Return the key a nonce of ours was made from; None for anything else."""
        found = _NONCE.fullmatch(nonce)
        if found is None or found[2] not in _KINDS:
            return None
        return int(found[1], 16), _KINDS[found[2]], int(found[3])


_CODES = {kind: chr(ord("a") + place) for place, kind in enumerate(LetterKind)}
_KINDS = {code: kind for kind, code in _CODES.items()}
_NONCE = re.compile(r"([0-9a-f]{1,16})-([a-z])(\d{1,6})")


class AlarmState(StrEnum):
    """Where an alarm stands. Only a person ends it."""

    RAISED = "raised"
    ATTENDED = "attended"
    """A volunteer has said "I'm here"."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Someone may be in danger: one message, its level, and who has come."""

    id: int
    """The id of the message that raised it, so that it is raised once."""
    guild_id: int
    channel_id: int
    asker: str
    level: Level
    who: Who
    flow: Flow
    raised_at: datetime
    state: AlarmState = AlarmState.RAISED
    pings: int = 0
    """How many steps of the re-ping schedule have been carried out."""
    by: int | None = None
    changed_at: datetime | None = None
    version: int = 0


class DueKind(StrEnum):
    """What a due row wakes."""

    CASE = "case"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A time at which something must be looked at."""

    kind: DueKind
    owner: int
    timer: str
    """A `Timer` of a case, or `ping` for an alarm."""
    at: datetime

    @property
    def case_timer(self) -> Timer:
        """Return the timer of a case's row."""
        return Timer(self.timer)


@dataclass(frozen=True, slots=True)
class DueOf:
    """All due rows of one owner; writing it replaces the former ones."""

    kind: DueKind
    owner: int
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What an admin chose with `/setup`. Nothing is watched before that."""

    guild_id: int
    help_channels: frozenset[int] = frozenset()
    volunteers_channel: int | None = None
    volunteer_role: int | None = None
    lead_role: int | None = None
    watching_since: datetime | None = None
    """Messages from before this moment are left alone."""
    panel_message: int | None = None
    plain_text: bool = False
    """Whether replies are sent as plain text instead of Discord's layouts."""
    nation: Nation = Nation.ENGLAND
    """The nation most members live in; what a post says outranks it."""

    @property
    def ready(self) -> bool:
        """Tell whether there is a place to watch and a place to call volunteers."""
        return bool(self.help_channels) and self.volunteers_channel is not None


@dataclass(frozen=True, slots=True)
class CaseWrite:
    """A case to be written over the version it was read at; None: it must not exist yet."""

    case: Case
    was: int | None


@dataclass(frozen=True, slots=True)
class AlarmWrite:
    """An alarm to be written over the version it was read at; None: it must not exist yet."""

    alarm: Alarm
    was: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that one step writes: the store keeps all of it, or none."""

    cases: tuple[CaseWrite, ...] = ()
    alarms: tuple[AlarmWrite, ...] = ()
    events: tuple[Event, ...] = ()
    letters: tuple[Letter, ...] = ()
    """New letters; one whose key is there already is left as it is."""
    recall: tuple[int, ...] = ()
    """Subjects whose letters not yet tried are taken back."""
    due: tuple[DueOf, ...] = ()
    done: tuple[tuple[int, int], ...] = ()
    """Inbox rows dealt with, as (message id, revision)."""
    settings: tuple[GuildSettings, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What we keep about one member, for `/my-data`."""

    open_cases: int
    closed_cases: int
    alarms: int
    silenced: bool
    """Whether they asked not to be answered."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a retention sweep removed, by table."""

    removed: Mapping[str, int]
