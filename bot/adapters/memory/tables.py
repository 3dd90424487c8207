"""What the twin holds, and the questions several of its methods ask of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.cases.case import Case
from bot.cases.event import Event
from bot.services import kept
from bot.services.kept import Erasure
from bot.services.records import Alarm, DueKind, DueRow, GuildSettings, Letter, LetterKind, Seen

Key = TypeVar("Key")
LetterKey = tuple[int, LetterKind, int]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with what it takes to find it again once its case has gone."""

    event: Event
    guild_id: int
    asker: str


@dataclass(slots=True)
class Tables:
    """All rows; each mapping keeps the order in which rows were written."""

    inbox: dict[tuple[int, int], Seen] = field(default_factory=dict)
    done: set[tuple[int, int]] = field(default_factory=set)
    cases: dict[int, Case] = field(default_factory=dict)
    events: list[Happened] = field(default_factory=list)
    letters: dict[LetterKey, Letter] = field(default_factory=dict)
    alarms: dict[int, Alarm] = field(default_factory=dict)
    due: dict[tuple[DueKind, int, str], DueRow] = field(default_factory=dict)
    settings: dict[int, GuildSettings] = field(default_factory=dict)
    cursors: dict[int, int] = field(default_factory=dict)
    silences: dict[tuple[int, str], datetime | None] = field(default_factory=dict)
    """Guild and author, with the author's newest erasure when they asked."""
    erasures: list[Erasure] = field(default_factory=list)
    counts: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    """Guild, month and what."""

    def erased_at(self, author: str) -> datetime | None:
        """Return when a member was last erased."""
        return max((one.at for one in self.erasures if one.author == author), default=None)

    def learn_erasures(self, ledger: Path) -> None:
        """Take over the erasures of a ledger file that are not known yet; none if it is gone."""
        lines = ledger.read_text("ascii", "replace") if ledger.exists() else ""
        known = set(self.erasures)
        self.erasures += [one for one in kept.erasures_in(lines) if one not in known]

    def owned(self, subject: int) -> bool:
        """Tell whether there is a case or an alarm of that id."""
        return subject in self.cases or subject in self.alarms

    def drop_owners(self, kind: DueKind, owners: Iterable[int]) -> int:
        """Remove cases or alarms with their due rows; return how many rows that removed."""
        owners = set(owners)
        due = [key for key in self.due if key[0] is kind and key[1] in owners]
        return drop(self.cases if kind is DueKind.CASE else self.alarms, owners) + drop(
            self.due, due
        )

    def drop_events(self, doomed: Callable[[Happened], bool]) -> int:
        """Remove events; return how many."""
        before = len(self.events)
        self.events = [one for one in self.events if not doomed(one)]
        return before - len(self.events)


def drop(rows: dict[Key, Any], keys: Iterable[Key]) -> int:
    """Remove rows by their keys; return how many there were."""
    there = {key for key in keys if key in rows}
    for key in there:
        del rows[key]
    return len(there)
