"""Questions no entry covered: what the knowledge base lacks, shown by links and never by words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.capability import Actor
from bot.cases.case import Case, State
from bot.services.editing import must_edit
from bot.services.library import Library
from bot.services.ports import Store


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that came nearest to one entry, or to none."""

    near: str | None
    """The id of the entry they came nearest to."""
    cases: tuple[Case, ...]
    """Where they were asked, newest first."""


class Gaps:
    """Gathers what no entry covered."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store = store
        self._library = library

    async def of(self, actor: Actor) -> tuple[Gap, ...]:
        """Return the gaps of a guild, the most asked first. Raises `NotAnEditor`."""
        must_edit(actor)
        grouped: dict[str | None, dict[int, Case]] = {}
        for case in await self._store.queue(actor.guild_id):
            for near in self._uncovered(case):
                grouped.setdefault(near, {})[case.id] = case
        gaps = [
            Gap(near, tuple(cases[each] for each in sorted(cases, reverse=True)))
            for near, cases in grouped.items()
        ]
        return tuple(sorted(gaps, key=lambda gap: (-len(gap.cases), gap.near or "~")))

    def _uncovered(self, case: Case) -> set[str | None]:
        """Return what the uncovered questions of a case came nearest to."""
        if case.state is State.WITHDRAWN:
            return set()
        entries = self._library.now.knowledge.entries
        return {
            next((near for near in part.near if near in entries), None)
            for part in case.parts
            if part.entry is None
        }
