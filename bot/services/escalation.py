"""What comes due by itself: silence put before the volunteers, calls repeated, claims lapsed."""

from __future__ import annotations

import asyncio
import logging

from bot.cases.command import Tick
from bot.services.alarms import Alarms
from bot.services.bells import Bells
from bot.services.casework import Casework
from bot.services.errors import NoSuchCase
from bot.services.ports import Clock, Store
from bot.services.records import DueKind, DueRow

log = logging.getLogger(__name__)

LOOK_AT_LEAST_EVERY = 5.0
LOOK_AT_MOST_EVERY = 0.5
"""Seconds between two looks at the due table when no bell rings; a row that cannot be worked must
not make the loop spin."""


class Escalation:
    """Works the due table: "fire if due and not done", never "within the window"."""

    def __init__(
        self, store: Store, clock: Clock, bells: Bells, casework: Casework, alarms: Alarms
    ) -> None:
        self._store = store
        self._clock = clock
        self._bells = bells
        self._casework = casework
        self._alarms = alarms
        self._working = asyncio.Lock()

    async def run(self) -> None:
        """Work whatever is due, for ever."""
        while True:
            await self.work()
            wait = LOOK_AT_LEAST_EVERY
            upcoming = await self._store.next_due()
            if upcoming is not None:
                wait = (upcoming - self._clock.now()).total_seconds()
            await self._bells.due.wait(min(max(wait, LOOK_AT_MOST_EVERY), LOOK_AT_LEAST_EVERY))

    async def work(self) -> int:
        """Carry out everything due now; return how much that was.

        A row that fails is logged and left for the next look: it must not stop the others.
        """
        done = 0
        seen: set[DueRow] = set()
        async with self._working:
            while True:
                due = await self._store.due(self._clock.now())
                rows = [row for row in due if row not in seen]
                if not rows:
                    return done
                for row in rows:
                    seen.add(row)
                    done += await self._try(row)

    async def _try(self, row: DueRow) -> bool:
        try:
            await self._fire(row)
        except Exception:
            log.exception("a due row failed kind=%s owner=%d", row.kind, row.owner)
            return False
        return True

    async def _fire(self, row: DueRow) -> None:
        if row.kind is DueKind.ALARM:
            await self._alarms.tick(row.owner)
            return
        timer = row.case_timer
        try:
            await self._casework.apply(row.owner, lambda _: Tick(timer))
        except NoSuchCase:
            log.warning("a due row without a case owner=%d", row.owner)
