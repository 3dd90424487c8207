"""Keep the law of one nation apart from another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bot.cases.nation import Nation
from bot.matching.topic import Topic

Floats = NDArray[np.float32]

OVERVIEW: Mapping[Nation, str] = MappingProxyType(
    {
        Nation.WALES: "wales-aln",
        Nation.SCOTLAND: "scotland-asn",
        Nation.NORTHERN_IRELAND: "northern-ireland-sen",
    }
)
"""The entry that says how things work in a nation, whatever was asked."""


MOVING = "moving-between-nations"
"""The entry for a family that goes from one nation to another."""


@dataclass(frozen=True, slots=True)
class Law:
    """Whose law holds for a post."""

    nation: Nation | None
    """None when the post does not say, or names several."""
    moving: bool = False
    """True for a family that goes from one nation to another."""


class Borders:
    """Knows which entries hold in which nation."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topics)
        self._place = {topic.id: at for at, topic in enumerate(topics)}

    def within(self, scores: Floats, law: Law) -> Floats:
        """Rule out other nations' entries; what fits one of them fits this nation's overview.

        With no nation known, nothing is ruled out.
        """
        if law.moving:
            return self._crossed(scores)
        nation = law.nation
        if nation is None:
            return scores
        foreign = np.array([not self.holds(at, nation) for at in range(len(self._topics))], bool)
        if not foreign.any():
            return scores
        kept = scores.copy()
        entries = kept[: len(self._topics)]
        best_abroad = float(entries[foreign].max())
        entries[foreign] = -1.0
        overview = self.overview(nation)
        if overview is not None:
            entries[overview] = max(float(entries[overview]), best_abroad)
        return kept

    def _crossed(self, scores: Floats) -> Floats:
        """Put the entry on moving between nations first, where it is written."""
        place = self._place.get(MOVING)
        if place is None:
            return scores
        raised = scores.copy()
        entries = raised[: len(self._topics)]
        raised[place] = max(float(entries[place]), float(entries.max()) * 1.5)
        return raised

    def abroad(self, scores: Floats, law: Law) -> bool:
        """Tell whether only another nation's entry fits, and this one has no overview."""
        if law.nation is None or self.overview(law.nation) is not None:
            return False
        return not self.holds(int(np.argmax(scores[: len(self._topics)])), law.nation)

    def holds(self, place: int, nation: Nation) -> bool:
        """Tell whether an entry holds in a nation."""
        nations = self._topics[place].nations
        return Nation.UK in nations or nation in nations

    def overview(self, nation: Nation) -> int | None:
        """Give the place of a nation's overview entry, if it is written."""
        return self._place.get(OVERVIEW.get(nation, ""))
