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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent state of the knowledge, and what was built from it."""

    knowledge: Knowledge
    matcher: Matcher
    playbook: Playbook
    helplines: frozenset[str]
    """Numbers that are no one's private detail."""


class Library:
    """Holds the snapshot in use; builds the next beside it and swaps in one step."""

    def __init__(self, first: Snapshot, build: Callable[[], Snapshot]) -> None:
        self._build = build
        self._hearing = ThreadPoolExecutor(1, thread_name_prefix="hearing")
        self._snapshot = first

    @property
    def now(self) -> Snapshot:
        """Return the snapshot in use."""
        return self._snapshot

    async def reload(self) -> Changes:
        """Load the knowledge anew and return what changed.

        Raises `KnowledgeRefused` when it does not load; the last good one keeps serving.
        """
        built = await asyncio.to_thread(self._build)
        changed = changes(self._snapshot.knowledge, built.knowledge)
        self._snapshot = built
        return changed

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
        """Let go of the worker thread."""
        self._hearing.shutdown(wait=False, cancel_futures=True)
