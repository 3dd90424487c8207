"""What the services need from outside, as protocols. Adapters fulfil them; tests have twins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.cases.case import Case
from bot.cases.event import Event
from bot.guidance.reply import Reply
from bot.services.records import (
    Alarm,
    Changes,
    DueRow,
    GuildSettings,
    Held,
    Letter,
    Seen,
    Sweep,
)


class Conflict(Exception):
    """Somebody else changed this at the same moment. Please try again."""


class StoreUnwritable(Exception):
    """The database cannot be written just now: the disk may be full or read-only."""


class Clock(Protocol):
    """Tells the time; the only way anything here learns it."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class Pseudonyms(Protocol):
    """Turns a member's id into a stand-in that only this installation can compare."""

    def of(self, user_id: int) -> str:
        """Return the same stand-in for the same id, by HMAC-SHA256 under a secret key."""
        ...


class Store(Protocol):
    """Keeps what must not be lost. Every method is atomic and durable when it returns.

    Two implementations pass one contract suite: SQLite and an in-memory twin.
    """

    async def receive(self, seen: Sequence[Seen]) -> frozenset[tuple[int, int]]:
        """Keep messages in the inbox; return the (message id, revision) not known before."""
        ...

    async def unfinished(self, limit: int = 500) -> tuple[Seen, ...]:
        """Return inbox rows that no `Changes.done` has named, oldest first."""
        ...

    async def apply(self, changes: Changes) -> None:
        """Write all of `changes`, or none.

        Raises `Conflict` when a case or an alarm is no longer at the version named.
        """
        ...

    async def case(self, case_id: int) -> Case | None:
        """Return a case by the id of its question."""
        ...

    async def cases_in(self, channel_id: int) -> tuple[Case, ...]:
        """Return every case of a conversation, oldest first."""
        ...

    async def queue(self, guild_id: int) -> tuple[Case, ...]:
        """Return the cases volunteers still owe a word, longest waiting first."""
        ...

    async def uncovered(self, guild_id: int, since: datetime) -> tuple[Case, ...]:
        """Return the cases opened at or after `since` that hold a question no entry answered.

        Open or closed, newest first; what its asker took back is not among them.
        """
        ...

    async def oldest_open(self, guild_id: int) -> Case | None:
        """Return the oldest open case: how far back catch-up must look."""
        ...

    async def events_of(self, case_id: int) -> tuple[Event, ...]:
        """Return what happened to a case, oldest first."""
        ...

    async def alarm(self, alarm_id: int) -> Alarm | None:
        """Return an alarm by the id of its message."""
        ...

    async def alarms_in(self, channel_id: int) -> tuple[Alarm, ...]:
        """Return every alarm of a conversation, oldest first."""
        ...

    async def open_alarms(self, guild_id: int) -> tuple[Alarm, ...]:
        """Return the alarms nobody has ended, oldest first."""
        ...

    async def due(self, now: datetime, limit: int = 200) -> tuple[DueRow, ...]:
        """Return what is due at `now` or was before, earliest first."""
        ...

    async def next_due(self) -> datetime | None:
        """Return the earliest time anything comes due."""
        ...

    async def letters_to_send(self, now: datetime, limit: int = 100) -> tuple[Letter, ...]:
        """Return letters new or to be tried again by `now`, oldest first."""
        ...

    async def letters_of(self, subject: int) -> tuple[Letter, ...]:
        """Return every letter of a case or an alarm, in the order they were written."""
        ...

    async def letter_sent_as(self, message_id: int) -> Letter | None:
        """Return the letter a message of ours is."""
        ...

    async def next_letter(self) -> datetime | None:
        """Return the earliest time a letter is to be tried; None with an empty outbox."""
        ...

    async def sending(self, letter: Letter, now: datetime) -> None:
        """Note, before the attempt, that a letter is being tried.

        Raises `Conflict` when it was recalled or settled meanwhile: it must not go out.
        """
        ...

    async def sent(self, letter: Letter, message_id: int) -> None:
        """Note that a letter arrived. Noting it twice changes nothing."""
        ...

    async def retry(self, letter: Letter, at: datetime) -> None:
        """Note when a letter is to be tried again."""
        ...

    async def dead(self, letter: Letter, reason: str, alert: Letter | None) -> None:
        """Note that a letter was refused for good, and keep the alert about it with it."""
        ...

    async def settings(self, guild_id: int) -> GuildSettings | None:
        """Return what an admin chose for a guild."""
        ...

    async def all_settings(self) -> tuple[GuildSettings, ...]:
        """Return the settings of every guild."""
        ...

    async def cursor(self, channel_id: int) -> int | None:
        """Return the newest message of a channel that is known to be in the inbox."""
        ...

    async def move_cursor(self, channel_id: int, message_id: int) -> None:
        """Advance a channel's cursor; never moves it back."""
        ...

    async def silenced(self, guild_id: int, author: str) -> bool:
        """Tell whether a member asked not to be answered."""
        ...

    async def silence(self, guild_id: int, author: str, on: bool) -> None:
        """Note that a member asks not to be answered, or takes that back."""
        ...

    async def held(self, author: str) -> Held:
        """Count what is kept about a member."""
        ...

    async def erase(self, author: str, now: datetime) -> tuple[Letter, ...]:
        """Erase a member and note the erasure in the ledger; return our messages to them."""
        ...

    async def replay_erasures(self, ledger: Path | None = None) -> int:
        """Erase again everyone in the ledger; return how many rows that removed."""
        ...

    async def forget_channel(self, channel_id: int) -> None:
        """Drop the cursor and unsent letters of a channel that is gone."""
        ...

    async def forget_guild(self, guild_id: int) -> None:
        """Drop everything of a guild that has removed the bot."""
        ...

    async def sweep(self, now: datetime) -> Sweep:
        """Remove what has been kept long enough.

        Closed cases become monthly counts after 30 days (withdrawn ones after a day), alarm rows
        go after 7, events after 90, inbox rows and sent letters of closed cases with their case.
        """
        ...

    async def counts(self, guild_id: int) -> tuple[tuple[str, str, int], ...]:
        """Return (month, what, how many) of closed cases, numbers under 5 left out."""
        ...

    async def back_up(self, now: datetime) -> Path | None:
        """Take a backup and put away those older than 14 days; None where there is no file.

        Raises `StoreUnwritable`.
        """
        ...

    async def close(self) -> None:
        """Write what is pending and let go of the file."""
        ...


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it was on Discord when looked at. Lives in memory only."""

    id: int
    guild_id: int
    channel_id: int
    parent_id: int | None
    """The forum or channel a thread belongs to."""
    author_id: int
    author_is_bot: bool
    text: str
    author_roles: frozenset[int] = frozenset()
    mentions_bot: bool = False
    edited_at: datetime | None = None
    reply_to: int | None = None
    title: str = ""
    """The thread's title, for the post that began it."""


class Refused(Exception):
    """Discord will never take this message as it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """One of our own words: `gone`, `forbidden`, `locked`, `invalid`."""


class Unreachable(Exception):
    """Discord did not answer clearly; the message may or may not have arrived."""


class Postbox(Protocol):
    """Sends to Discord and reads back what stands there."""

    async def send(
        self, channel_id: int, reply: Reply, *, nonce: str, reply_to: int | None, plain: bool
    ) -> int:
        """Send one message; return its id. Raises `Refused` or `Unreachable`."""
        ...

    async def find_own(
        self, channel_id: int, reply: Reply, *, nonce: str, reply_to: int | None, since: datetime
    ) -> int | None:
        """Look in a channel's history for this message of ours, sent at or after `since`.

        It is known by its nonce's mark in a component's id, or by its words where it has none.
        Raises `Refused` or `Unreachable`.
        """
        ...

    async def replace(self, channel_id: int, message_id: int, reply: Reply, *, plain: bool) -> None:
        """Edit a message of ours. Raises `Refused` or `Unreachable`."""
        ...

    async def remove(self, channel_id: int, message_id: int) -> None:
        """Delete a message of ours; one that is gone already is fine."""
        ...

    async def fetch(self, channel_id: int, message_id: int) -> Post | None:
        """Read a message again; None when it is gone. Raises `Unreachable`."""
        ...

    async def history(self, channel_id: int, *, after: int, limit: int = 1000) -> Sequence[Post]:
        """Read a channel's messages after an id, oldest first. Raises as `send` does."""
        ...
