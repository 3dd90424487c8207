"""Watch the knowledge files: what is saved there is taken into use without being told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta

from bot.care.node import PlaybookError
from bot.guidance.diff import Changes
from bot.guidance.problem import KnowledgeRefused
from bot.services.library import Library, TookTooLong
from bot.services.ports import Clock

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at the files."""
TRY_AGAIN = timedelta(minutes=10)
"""After this a load that failed for a reason that may pass is tried once more."""
SHOWN = 20
"""How many ids or problems one line of the log names."""


class Watch:
    """Reloads the library when the files have changed and then stayed the same for a look."""

    def __init__(
        self, library: Library, clock: Clock, fingerprint: Callable[[], Awaitable[str]]
    ) -> None:
        self._library = library
        self._clock = clock
        self._fingerprint = fingerprint
        self._seen: str | None = None
        """The files as the last look found them."""
        self._refused: str | None = None
        """A state that would not load; it is not tried again before `_again_at`."""
        self._again_at: datetime | None = None

    async def run(self) -> None:
        """Look for ever, every few seconds."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look()

    async def look(self) -> None:
        """Look at the files once, and load them if they have changed and lie still."""
        found, before = await self._fingerprint(), self._seen
        self._seen = found
        if before is None and not self._library.now.files:
            self._refused = found  # built by hand: what lies there now is not a change
        elif found == self._library.now.files:
            self._refused = None
        elif found == before and (found != self._refused or self._may_try_again()):
            await self._load(found)

    def _may_try_again(self) -> bool:
        return self._again_at is not None and self._clock.now() >= self._again_at

    async def _load(self, found: str) -> None:
        self._refused, self._again_at = found, None
        try:
            changed = await self._library.reload()
        except KnowledgeRefused as refused:
            log.warning("%s\n%s", _serving("holds mistakes"), "\n".join(_places(refused)))
        except PlaybookError as refused:
            log.warning("%s\n%s", _serving("holds a mistake"), refused)
        except (TookTooLong, OSError) as why:
            self._again_at = self._clock.now() + TRY_AGAIN
            log.warning("%s (%s)", _serving("could not be loaded just now"), type(why).__name__)
        else:
            if self._library.now.files:
                self._refused = None
            log.info("knowledge reloaded on change: %s", _counted(changed))


def _serving(what: str) -> str:
    return f"the changed knowledge {what}; what was loaded before still serves"


def _places(refused: KnowledgeRefused) -> Iterator[str]:
    """Yield where each mistake is and how to mend it, without what stands there."""
    for problem in refused.problems[:SHOWN]:
        field = f", field “{problem.field}”" if problem.field else ""
        where = f"{problem.file}, line {problem.line}, column {problem.column}{field}"
        yield f"  {where}: expected {problem.expected}. {problem.mend}"
    if (more := len(refused.problems) - SHOWN) > 0:
        yield f"  and {more} more; `alongside knowledge check` names them all"


def _counted(changed: Changes) -> str:
    """Say what changed, by numbers and ids alone."""
    counts = (
        f"{len(changed.added)} added, {len(changed.changed)} changed, "
        f"{len(changed.removed)} removed"
    )
    ids = (*changed.added, *changed.changed, *changed.removed, *changed.files)
    more = ", …" if len(ids) > SHOWN else ""
    return f"{counts}; {', '.join(ids[:SHOWN])}{more}" if ids else counts
