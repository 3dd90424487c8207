"""The store: each method of the port, as one question or one durable operation."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bot.adapters.sqlite import alarms, cases, guilds, inbox, letters, members, opening, retention
from bot.adapters.sqlite import changes as changing
from bot.adapters.sqlite.connection import Connection
from bot.adapters.sqlite.lock import Lock
from bot.adapters.sqlite.migrate import MIGRATIONS, load
from bot.adapters.sqlite.opening import OpenReport
from bot.adapters.sqlite.writer import Writer
from bot.cases.case import Case
from bot.cases.event import Event
from bot.services import kept
from bot.services.records import Alarm, Changes, DueRow, GuildSettings, Held, Letter, Seen, Sweep

Given = ParamSpec("Given")
Result = TypeVar("Result")


class SqliteStore:
    """Keeps what must not be lost in one SQLite file. Made by `open`; always to be closed."""

    def __init__(self, path: Path, lock: Lock, connection: Connection, report: OpenReport) -> None:
        self._lock = lock
        self._connection = connection
        self._writer = Writer(connection)
        self._backups = opening.backups_of(path)
        self._ledger = path.with_name("erasures.log")
        self.report = report
        """What opening the file found and did."""

    @classmethod
    async def open(cls, path: Path, now: datetime, migrations: Path = MIGRATIONS) -> SqliteStore:
        """Open a database, made new or restored if need be.

        Raises `AlreadyRunning`, `NewerFile`, `ForeignFile` or `StoreUnwritable`.
        """
        lock = opening.claim(path)
        try:
            steps = load(migrations)
            report = await asyncio.to_thread(opening.prepare, path, now, steps)
            connection = await Connection(path).begin()
        except BaseException:
            lock.release()
            raise
        store = cls(path, lock, connection, report)
        try:
            store.report = replace(report, erased_again=await store.replay_erasures())
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Write what is pending and let go of the file. Closing twice changes nothing."""
        try:
            await self._writer.close()
        finally:
            try:
                await self._connection.close()
            finally:
                self._lock.release()

    async def back_up(self, now: datetime) -> Path:
        """Take a backup and put away those older than 14 days. Raises `StoreUnwritable`."""
        return await self._read(self._backups.take, now)

    async def receive(self, seen: Sequence[Seen]) -> frozenset[tuple[int, int]]:
        """Keep messages; what an erased member wrote before their erasure is not taken in again."""
        for one in seen:
            kept.check_stand_in(one.author)
        return await self._write(inbox.receive, seen)

    async def unfinished(self, limit: int = 500) -> tuple[Seen, ...]:
        """Return inbox rows not done, oldest first."""
        return await self._read(inbox.unfinished, limit)

    async def apply(self, changes: Changes) -> None:
        """Write all of `changes`, or none. Raises `Conflict`."""
        kept.check_changes(changes)
        await self._write(changing.apply, changes)

    async def case(self, case_id: int) -> Case | None:
        """Return a case."""
        return await self._read(cases.by_id, case_id)

    async def cases_in(self, channel_id: int) -> tuple[Case, ...]:
        """Return every case of a conversation, oldest first."""
        return await self._read(cases.in_channel, channel_id)

    async def queue(self, guild_id: int) -> tuple[Case, ...]:
        """Return the cases volunteers still owe a word, longest waiting first."""
        return await self._read(cases.queue, guild_id)

    async def uncovered(self, guild_id: int, since: datetime) -> tuple[Case, ...]:
        """Return the cases since then with a question no entry answered, newest first."""
        return await self._read(cases.uncovered, guild_id, since)

    async def oldest_open(self, guild_id: int) -> Case | None:
        """Return the oldest open case."""
        return await self._read(cases.oldest_open, guild_id)

    async def events_of(self, case_id: int) -> tuple[Event, ...]:
        """Return what happened to a case, oldest first."""
        return await self._read(cases.events_of, case_id)

    async def alarm(self, alarm_id: int) -> Alarm | None:
        """Return an alarm."""
        return await self._read(alarms.by_id, alarm_id)

    async def alarms_in(self, channel_id: int) -> tuple[Alarm, ...]:
        """Return every alarm of a conversation, oldest first."""
        return await self._read(alarms.in_channel, channel_id)

    async def open_alarms(self, guild_id: int) -> tuple[Alarm, ...]:
        """Return the alarms nobody has ended, oldest first."""
        return await self._read(alarms.not_ended, guild_id)

    async def due(self, now: datetime, limit: int = 200) -> tuple[DueRow, ...]:
        """Return what is due, earliest first."""
        return await self._read(alarms.due_by, now, limit)

    async def next_due(self) -> datetime | None:
        """Return the earliest time anything comes due."""
        return await self._read(alarms.next_due)

    async def letters_to_send(self, now: datetime, limit: int = 100) -> tuple[Letter, ...]:
        """Return letters to be tried by `now`, oldest first."""
        return await self._read(letters.to_send, now, limit)

    async def letters_of(self, subject: int) -> tuple[Letter, ...]:
        """Return every letter of a case or an alarm, in the order they were written."""
        return await self._read(letters.of_subject, subject)

    async def letter_sent_as(self, message_id: int) -> Letter | None:
        """Return the letter a message of ours is."""
        return await self._read(letters.sent_as, message_id)

    async def next_letter(self) -> datetime | None:
        """Return the earliest time a letter is to be tried."""
        return await self._read(letters.next_try)

    async def sending(self, letter: Letter, now: datetime) -> None:
        """Note a try. Raises `Conflict` when the letter was taken back or settled meanwhile."""
        await self._write(letters.sending, letter, now)

    async def sent(self, letter: Letter, message_id: int) -> None:
        """Note that a letter arrived; the first message noted stays."""
        await self._write(letters.sent, letter, message_id)

    async def retry(self, letter: Letter, at: datetime) -> None:
        """Note when a letter not yet settled is to be tried again."""
        await self._write(letters.retry, letter, at)

    async def dead(self, letter: Letter, reason: str, alert: Letter | None) -> None:
        """Note that a letter not yet settled was refused, with the alert about it."""
        kept.check_token(reason)
        if alert is not None:
            kept.check_letter(alert)
        await self._write(letters.dead, letter, reason, alert)

    async def settings(self, guild_id: int) -> GuildSettings | None:
        """Return what an admin chose for a guild."""
        return await self._read(guilds.by_id, guild_id)

    async def all_settings(self) -> tuple[GuildSettings, ...]:
        """Return the settings of every guild, by guild."""
        return await self._read(guilds.every)

    async def cursor(self, channel_id: int) -> int | None:
        """Return a channel's cursor."""
        return await self._read(inbox.cursor, channel_id)

    async def move_cursor(self, channel_id: int, message_id: int) -> None:
        """Advance a channel's cursor; never moves it back."""
        await self._write(inbox.move_cursor, channel_id, message_id)

    async def silenced(self, guild_id: int, author: str) -> bool:
        """Tell whether a member asked not to be answered."""
        return await self._read(guilds.silenced, guild_id, author)

    async def silence(self, guild_id: int, author: str, on: bool) -> None:
        """Note that a member asks not to be answered, or takes that back."""
        kept.check_stand_in(author)
        await self._write(guilds.silence if on else guilds.unsilence, guild_id, author)

    async def held(self, author: str) -> Held:
        """Count what is kept about a member."""
        return await self._read(members.held, author)

    async def erase(self, author: str, now: datetime) -> tuple[Letter, ...]:
        """Erase a member; return our messages in their conversations."""
        kept.check_stand_in(author)
        erasure = kept.Erasure(author, kept.cut(now))
        ours = await self._write(members.erase, erasure, self._ledger)
        await self._scrub()
        return ours

    async def replay_erasures(self, ledger: Path | None = None) -> int:
        """Erase again everyone in our ledgers, and in `ledger`; return how many rows went."""
        removed = await self._write(members.replay, self._ledger, ledger)
        if removed:
            await self._scrub()
        return removed

    async def forget_channel(self, channel_id: int) -> None:
        """Drop the cursor and unsent letters of a channel that is gone."""
        await self._write(letters.forget_channel, channel_id)

    async def forget_guild(self, guild_id: int) -> None:
        """Drop everything of a guild that has removed the bot."""
        await self._write(guilds.forget, guild_id)
        await self._scrub()

    async def sweep(self, now: datetime) -> Sweep:
        """Remove what has been kept long enough."""
        swept = await self._write(retention.sweep, now)
        await self._scrub()
        return swept

    async def counts(self, guild_id: int) -> tuple[tuple[str, str, int], ...]:
        """Return counts of closed cases, those already swept and those still here."""
        return await self._read(retention.counts, guild_id)

    async def _read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, Given], Result],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Result:
        return await self._connection.run(lambda raw: work(raw, *given, **named))

    async def _write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, Given], Result],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Result:
        return await self._writer.write(lambda raw: work(raw, *given, **named))

    async def _scrub(self) -> None:
        """Empty the write-ahead log, where what was just removed would otherwise stand on."""
        # Read to its end: a statement under way would keep the next transaction from beginning.
        await self._connection.run(
            lambda raw: raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        )
