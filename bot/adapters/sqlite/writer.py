"""Group commit: whoever writes at the same time shares one durable transaction."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import Any

from bot.adapters.sqlite.connection import Connection, Result, Work
from bot.adapters.sqlite.errors import spoils_all

MOST_AT_ONCE = 500
"""Operations in one transaction at the most, so that the first of them need not wait long."""


@dataclass(frozen=True, slots=True)
class _Pending:
    work: Work[Any]
    future: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Failed:
    """An operation that was undone alone, while its neighbours were kept."""

    error: Exception


class Writer:
    """Queues operations; one task drains all that wait into one transaction at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pending: list[_Pending] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._task = asyncio.create_task(self._drain(), name="store writer")

    async def write(self, work: Work[Result]) -> Result:
        """Carry out `work` and return its result once that is durable.

        An error of its own undoes this operation alone. Raises `StoreUnwritable` when nothing
        can be written.
        """
        if self._closing:
            raise RuntimeError("the store is closed")
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._pending.append(_Pending(work, future))
        self._wake.set()
        return await future

    async def close(self) -> None:
        """Write what is waiting, then stop."""
        self._closing = True
        self._wake.set()
        await self._task

    async def _drain(self) -> None:
        try:
            while not self._closing or self._pending:
                await self._wake.wait()
                self._wake.clear()
                while self._pending:
                    batch = self._pending[:MOST_AT_ONCE]
                    del self._pending[:MOST_AT_ONCE]
                    await self._commit(batch)
        finally:
            for one in self._pending:
                one.future.cancel()

    async def _commit(self, batch: list[_Pending]) -> None:
        try:
            outcomes = await self._connection.run(
                lambda raw: _transact(raw, self._connection, [one.work for one in batch])
            )
        except Exception as error:
            outcomes = [_Failed(error)] * len(batch)
        except BaseException:
            for one in batch:
                one.future.cancel()
            raise
        for one, outcome in zip(batch, outcomes, strict=True):
            if one.future.done():
                continue
            if isinstance(outcome, _Failed):
                one.future.set_exception(outcome.error)
            else:
                one.future.set_result(outcome)


def _transact(raw: sqlite3.Connection, connection: Connection, works: list[Work[Any]]) -> list[Any]:
    connection.check_in_place()
    raw.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_alone(raw, work) for work in works]
        raw.execute("COMMIT")
    except BaseException:
        # A full disk may have ended the transaction already.
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    return outcomes


def _alone(raw: sqlite3.Connection, work: Work[Any]) -> Any:
    raw.execute("SAVEPOINT alone")
    try:
        outcome = work(raw)
    except Exception as error:
        if spoils_all(error):
            raise
        raw.execute("ROLLBACK TO alone")
        outcome = _Failed(error)
    raw.execute("RELEASE alone")
    return outcome
