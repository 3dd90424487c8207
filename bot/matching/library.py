"""Everything the matcher learns from, in one list: our phrasings and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.matching.packaged import lines
from bot.matching.topic import Topic


class Beside(StrEnum):
    """What a piece of a post can be when it is no question for an entry."""

    CHATTER = "chatter"
    FOLLOWING = "following"
    AFTER = "after"
    TELLING = "telling"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One line of ours and what it stands for: an entry's place in the topics, or a `Beside`."""

    text: str
    label: int
    story: bool = False
    """True for a whole made-up post, which is learnt from and not shown as evidence."""


@dataclass(frozen=True, slots=True)
class Library:
    """All phrasings. Labels count the topics first, then the kinds of `Beside`."""

    topics: tuple[Topic, ...]
    phrasings: tuple[Phrasing, ...]

    @property
    def labels(self) -> int:
        """How many labels there are."""
        return len(self.topics) + len(Beside)

    def beside(self, kind: Beside) -> int:
        """Give the label of a kind that is no entry."""
        return len(self.topics) + list(Beside).index(kind)


def gather(topics: Sequence[Topic]) -> Library:
    """Put titles, phrasings, stories and the packaged lines beside them into one library."""
    found: list[Phrasing] = []
    for at, topic in enumerate(topics):
        texts = dict.fromkeys((topic.title, *topic.asks))
        found.extend(Phrasing(text, at) for text in texts if text.strip())
        found.extend(Phrasing(text, at, story=True) for text in topic.stories)
    for place, kind in enumerate(Beside):
        found.extend(Phrasing(text, len(topics) + place) for text in beside_lines(kind))
    return Library(tuple(topics), tuple(found))


def beside_lines(kind: Beside) -> tuple[str, ...]:
    """Read the packaged lines of one kind."""
    return tuple(line.strip() for line in lines("beside", kind))
