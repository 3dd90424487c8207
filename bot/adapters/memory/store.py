"""A store that forgets everything when the process ends, and otherwise answers as SQLite does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bot.adapters.memory import changes as changing
from bot.adapters.memory import letters, retention
from bot.adapters.memory.tables import Tables
from bot.cases.case import Case, State
from bot.cases.event import Event
from bot.services import kept
from bot.services.records import (
    Alarm,
    AlarmState,
    Changes,
    DueRow,
    GuildSettings,
    Held,
    Letter,
    Seen,
    Sweep,
)


class MemoryStore:
    """Keeps everything in dictionaries. No method awaits, so each is atomic."""

    def __init__(self) -> None:
        self._tables = Tables()

    async def receive(self, seen: Sequence[Seen]) -> frozenset[tuple[int, int]]:
        """Keep messages; what an erased member wrote before their erasure is not taken in again."""
        for one in seen:
            kept.check_stand_in(one.author)
        fresh = set()
        for one in map(kept.in_milliseconds, seen):
            key = one.message_id, one.revision
            erased_at = self._tables.erased_at(one.author)
            if key in self._tables.inbox or (erased_at and kept.written_at(one) <= erased_at):
                continue
            self._tables.inbox[key] = one
            fresh.add(key)
        return frozenset(fresh)

    async def unfinished(self, limit: int = 500) -> tuple[Seen, ...]:
        """Return inbox rows not done, oldest first."""
        rows = [seen for key, seen in self._tables.inbox.items() if key not in self._tables.done]
        rows.sort(key=lambda seen: (seen.seen_at, seen.message_id, seen.revision))
        return tuple(rows[:limit])

    async def apply(self, changes: Changes) -> None:
        """Write all of `changes`, or none."""
        changing.apply(self._tables, changes)

    async def case(self, case_id: int) -> Case | None:
        """Return a case."""
        return self._tables.cases.get(case_id)

    async def cases_in(self, channel_id: int) -> tuple[Case, ...]:
        """Return every case of a conversation, oldest first."""
        return _oldest(c for c in self._tables.cases.values() if c.channel_id == channel_id)

    async def queue(self, guild_id: int) -> tuple[Case, ...]:
        """Return the cases volunteers still owe a word, longest waiting first."""
        rows = [c for c in self._tables.cases.values() if c.guild_id == guild_id and c.queued]
        return tuple(sorted(rows, key=lambda case: (case.waiting_since or case.opened_at, case.id)))

    async def uncovered(self, guild_id: int, since: datetime) -> tuple[Case, ...]:
        """Return the cases since then with a question no entry answered, newest first."""
        rows = [
            case
            for case in self._tables.cases.values()
            if case.guild_id == guild_id
            and case.opened_at >= kept.cut(since)
            and case.state is not State.WITHDRAWN
            and any(part.entry is None for part in case.parts)
        ]
        return _oldest(rows)[::-1]

    async def oldest_open(self, guild_id: int) -> Case | None:
        """Return the oldest open case."""
        rows = (c for c in self._tables.cases.values() if c.guild_id == guild_id and c.is_open)
        return min(rows, key=lambda case: (case.opened_at, case.id), default=None)

    async def events_of(self, case_id: int) -> tuple[Event, ...]:
        """Return what happened to a case, oldest first."""
        events = [one.event for one in self._tables.events if one.event.case_id == case_id]
        return tuple(sorted(events, key=lambda event: event.at))

    async def alarm(self, alarm_id: int) -> Alarm | None:
        """Return an alarm."""
        return self._tables.alarms.get(alarm_id)

    async def alarms_in(self, channel_id: int) -> tuple[Alarm, ...]:
        """Return every alarm of a conversation, oldest first."""
        return _first_raised(a for a in self._tables.alarms.values() if a.channel_id == channel_id)

    async def open_alarms(self, guild_id: int) -> tuple[Alarm, ...]:
        """Return the alarms nobody has ended, oldest first."""
        return _first_raised(
            alarm
            for alarm in self._tables.alarms.values()
            if alarm.guild_id == guild_id and alarm.state is not AlarmState.ENDED
        )

    async def due(self, now: datetime, limit: int = 200) -> tuple[DueRow, ...]:
        """Return what is due, earliest first."""
        rows = [row for row in self._tables.due.values() if row.at <= now]
        rows.sort(key=lambda row: (row.at, row.kind, row.owner, row.timer))
        return tuple(rows[:limit])

    async def next_due(self) -> datetime | None:
        """Return the earliest time anything comes due."""
        return min((row.at for row in self._tables.due.values()), default=None)

    async def letters_to_send(self, now: datetime, limit: int = 100) -> tuple[Letter, ...]:
        """Return letters to be tried by `now`, oldest first."""
        return letters.to_send(self._tables, now)[:limit]

    async def letters_of(self, subject: int) -> tuple[Letter, ...]:
        """Return every letter of a case or an alarm, in the order they were written."""
        return tuple(x for x in self._tables.letters.values() if x.subject == subject)

    async def letter_sent_as(self, message_id: int) -> Letter | None:
        """Return the letter a message of ours is."""
        rows = self._tables.letters.values()
        return next((letter for letter in rows if letter.message_id == message_id), None)

    async def next_letter(self) -> datetime | None:
        """Return the earliest time a letter is to be tried."""
        return letters.next_try(self._tables)

    async def sending(self, letter: Letter, now: datetime) -> None:
        """Note a try. Raises `Conflict` when the letter was taken back or settled meanwhile."""
        letters.sending(self._tables, letter, now)

    async def sent(self, letter: Letter, message_id: int) -> None:
        """Note that a letter arrived; the first message noted stays."""
        letters.sent(self._tables, letter, message_id)

    async def retry(self, letter: Letter, at: datetime) -> None:
        """Note when a letter not yet settled is to be tried again."""
        letters.retry(self._tables, letter, at)

    async def dead(self, letter: Letter, reason: str, alert: Letter | None) -> None:
        """Note that a letter not yet settled was refused, with the alert about it."""
        letters.dead(self._tables, letter, reason, alert)

    async def settings(self, guild_id: int) -> GuildSettings | None:
        """Return what an admin chose for a guild."""
        return self._tables.settings.get(guild_id)

    async def all_settings(self) -> tuple[GuildSettings, ...]:
        """Return the settings of every guild, by guild."""
        return tuple(self._tables.settings[guild_id] for guild_id in sorted(self._tables.settings))

    async def cursor(self, channel_id: int) -> int | None:
        """Return a channel's cursor."""
        return self._tables.cursors.get(channel_id)

    async def move_cursor(self, channel_id: int, message_id: int) -> None:
        """Advance a channel's cursor; never moves it back."""
        known = self._tables.cursors.get(channel_id, message_id)
        self._tables.cursors[channel_id] = max(known, message_id)

    async def silenced(self, guild_id: int, author: str) -> bool:
        """Tell whether a member asked not to be answered."""
        return (guild_id, author) in self._tables.silences

    async def silence(self, guild_id: int, author: str, on: bool) -> None:
        """Note that a member asks not to be answered, or takes that back."""
        kept.check_stand_in(author)
        if on:
            self._tables.silences[guild_id, author] = self._tables.erased_at(author)
        else:
            self._tables.silences.pop((guild_id, author), None)

    async def held(self, author: str) -> Held:
        """Count what is kept about a member."""
        cases = [case for case in self._tables.cases.values() if case.asker == author]
        still_open = sum(case.is_open for case in cases)
        return Held(
            open_cases=still_open,
            closed_cases=len(cases) - still_open,
            alarms=sum(alarm.asker == author for alarm in self._tables.alarms.values()),
            silenced=any(key[1] == author for key in self._tables.silences),
        )

    async def erase(self, author: str, now: datetime) -> tuple[Letter, ...]:
        """Erase a member; return our messages in their conversations."""
        kept.check_stand_in(author)
        self._tables.erasures.append(kept.Erasure(author, kept.cut(now)))
        ours = tuple(retention.letters_to(self._tables, author))
        retention.erase_author(self._tables, author)
        return ours

    async def replay_erasures(self, ledger: Path | None = None) -> int:
        """Erase again everyone in the ledger; return how many rows that removed."""
        if ledger is not None:
            self._tables.learn_erasures(ledger)
        return sum(
            retention.erase_author(self._tables, erasure.author, erasure.at)
            for erasure in self._tables.erasures
        )

    async def forget_channel(self, channel_id: int) -> None:
        """Drop the cursor and unsent letters of a channel that is gone."""
        retention.forget_channel(self._tables, channel_id)

    async def forget_guild(self, guild_id: int) -> None:
        """Drop everything of a guild that has removed the bot."""
        retention.forget_guild(self._tables, guild_id)

    async def sweep(self, now: datetime) -> Sweep:
        """Remove what has been kept long enough."""
        return retention.sweep(self._tables, now)

    async def counts(self, guild_id: int) -> tuple[tuple[str, str, int], ...]:
        """Return counts of closed cases, those already swept and those still here."""
        here = [case for case in self._tables.cases.values() if not case.is_open]
        counts = self._tables.counts + retention.counted(here)
        rows = [
            (month, what, many)
            for (guild, month, what), many in counts.items()
            if guild == guild_id
        ]
        return tuple(sorted(row for row in rows if row[2] >= kept.SMALLEST_COUNT))

    async def back_up(self, now: datetime) -> Path | None:
        """Do nothing: what lives in memory alone has no file to copy."""
        return None

    async def close(self) -> None:
        """Do nothing: there is no file to let go of."""


def _oldest(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(sorted(cases, key=lambda case: (case.opened_at, case.id)))


def _first_raised(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    return tuple(sorted(alarms, key=lambda alarm: (alarm.raised_at, alarm.id)))
