"""What we may say and how we hear, as one snapshot: replaced whole, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.care.assess import assess
from bot.care.concern import Concern, Detail
from bot.care.details import find_details
from bot.care.playbook import Playbook
from bot.cases.nation import Nation
from bot.guidance.diff import Changes, changes
from bot.guidance.knowledge import Knowledge
from bot.matching.decision import Hearing
from bot.matching.ports import Matcher
from bot.services.errors import Refusal

BUILD_WITHIN = 120.0
"""Seconds for reading the files and building from them; a few are usual."""


class TookTooLong(Refusal):
    """Loading took too long; what was loaded before still serves. Please try again later."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent state of the knowledge, and what was built from it."""

    knowledge: Knowledge
    matcher: Matcher
    playbook: Playbook
    helplines: frozenset[str]
    """Numbers that are no one's private detail."""
    files: str = ""
    """A hash of every file this was built from; empty where it was built by hand."""


class Library:
    """Holds the snapshot in use; builds the next beside it and swaps in one step."""

    def __init__(
        self,
        first: Snapshot,
        build: Callable[[], Snapshot],
        *,
        patience: float = BUILD_WITHIN,
    ) -> None:
        self._build = build
        self._patience = patience
        self._reloading = asyncio.Lock()
        self._building = ThreadPoolExecutor(1, thread_name_prefix="building")
        """One thread: what is built after a late build waits for it, and never runs beside it."""
        self._hearing = ThreadPoolExecutor(1, thread_name_prefix="hearing")
        self._snapshot = first

    @property
    def now(self) -> Snapshot:
        """Return the snapshot in use."""
        return self._snapshot

    async def reload(self) -> Changes:
        """Load the knowledge anew and return what changed; one reload after the other.

        Raises `KnowledgeRefused`, `PlaybookError` or `TookTooLong` when it does not load; the last
        good one keeps serving, and what is built too late is thrown away.
        """
        async with self._reloading:
            built = await self._built()
            changed = changes(self._snapshot.knowledge, built.knowledge)
            self._snapshot = built
            return changed

    async def _built(self) -> Snapshot:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._patience):
                return await loop.run_in_executor(self._building, self._build)
        except TimeoutError as late:
            raise TookTooLong from late

    async def hear(self, text: str, nation: Nation | None = None) -> Hearing:
        """Hear a post, off the event loop."""
        snapshot = self._snapshot
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._hearing, lambda: snapshot.matcher.hear(text, nation=nation)
        )

    def concern(self, text: str) -> Concern | None:
        """Tell whether a post shows someone in danger."""
        return assess(text, self._snapshot.playbook)

    def details(self, text: str) -> tuple[Detail, ...]:
        """Find what identifies a person in a post."""
        return find_details(text, known_numbers=self._snapshot.helplines)

    def close(self) -> None:
        """Let go of the worker threads."""
        self._building.shutdown(wait=False, cancel_futures=True)
        self._hearing.shutdown(wait=False, cancel_futures=True)
