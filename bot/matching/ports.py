"""The one door through which the rest of the house asks what a post means."""

from __future__ import annotations

from typing import Protocol

from bot.cases.nation import Nation
from bot.matching.decision import Hearing


class Matcher(Protocol):
    """Hears posts. Pure and deterministic; safe to call from a worker thread."""

    def hear(self, post: str, *, nation: Nation | None = None) -> Hearing:
        """Split a post into its questions and decide each.

        `nation` is what the member chose, if they did; what the post says outranks it.
        """
        ...
