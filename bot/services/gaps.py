"""Questions no entry covered: what the knowledge base lacks, shown by links and never by words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.cases.capability import Actor
from bot.cases.case import Case
from bot.services.editing import must_edit
from bot.services.library import Library
from bot.services.ports import Clock, Store

WINDOW = timedelta(days=90)
"""How far back is looked. Closed cases go sooner (`kept.CLOSED_CASES`), and their gaps with them.

Nothing is kept longer for this list: what a question came near is part of its case.
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that came nearest to one entry, or to none."""

    near: str | None
    """The id of the entry they came nearest to."""
    cases: tuple[Case, ...]
    """Where they were asked, newest first."""


class Gaps:
    """Gathers what no entry covered."""

    def __init__(self, store: Store, library: Library, clock: Clock) -> None:
        self._store = store
        self._library = library
        self._clock = clock

    async def of(self, actor: Actor) -> tuple[Gap, ...]:
        """Return the gaps of a guild, the most asked first. Raises `NotAnEditor`."""
        must_edit(actor)
        grouped: dict[str | None, dict[int, Case]] = {}
        since = self._clock.now() - WINDOW
        for case in await self._store.uncovered(actor.guild_id, since):
            for near in self._uncovered(case):
                grouped.setdefault(near, {})[case.id] = case
        gaps = [
            Gap(near, tuple(cases[each] for each in sorted(cases, reverse=True)))
            for near, cases in grouped.items()
        ]
        return tuple(sorted(gaps, key=lambda gap: (-len(gap.cases), gap.near or "~")))

    def _uncovered(self, case: Case) -> set[str | None]:
        """Return what the uncovered questions of a case came nearest to."""
        entries = self._library.now.knowledge.entries
        return {
            next((near for near in part.near if near in entries), None)
            for part in case.parts
            if part.entry is None
        }
