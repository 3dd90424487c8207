"""One question among those a post asked, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartStatus(StrEnum):
    """Where one question stands."""

    ANSWERED = "answered"
    """The bot has given an entry of the knowledge base; nobody has said it was not enough."""
    NEEDS_WORD = "needs_word"
    """The bot has offered up to three entries and waits for the asker to choose."""
    NEEDS_HUMAN = "needs_human"
    """Nothing the bot may say fits; a person has to answer."""
    CLOSED = "closed"
    """A person said this question is dealt with."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a case. Holds no words of the asker, only our own entry ids."""

    number: int
    """Place in the case, counted from 1, as the asker sees it."""
    status: PartStatus
    entry: str | None = None
    """The entry that answered it."""
    near: tuple[str, ...] = ()
    """Entries that came close, best first: offered to the asker, or a hint for a volunteer."""

    @property
    def waits_for_a_person(self) -> bool:
        """Tell whether a volunteer still owes this question something."""
        return self.status in {PartStatus.NEEDS_HUMAN, PartStatus.NEEDS_WORD}
