"""Look after the knowledge base while it serves: reload it, mark a review, begin a draft."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.cases.calendar import LONDON
from bot.cases.capability import Actor, Capability, may
from bot.cases.nation import Nation
from bot.guidance.diff import Changes
from bot.guidance.draft import draft_entry, draft_id, free_id
from bot.guidance.entry import Entry
from bot.guidance.marking import LayoutUnknown, StillOnMemory, mark_reviewed
from bot.guidance.report import due_soonest
from bot.guidance.words import plain
from bot.matching.explain import explain
from bot.services.errors import NoSuchEntry, NotYours, Refusal
from bot.services.heard import parts_of
from bot.services.library import Library
from bot.services.ports import Clock
from bot.services.replay import Difference, differences

log = logging.getLogger(__name__)

LIKE = 70.0
"""Likeness (0-100) from which a title is worth listing for what somebody typed."""
MOST = 25
NEAREST_WITHIN = 1.5
"""Seconds. Discord waits three for a form; the way to us and back takes its share of them."""
UNSORTED = "unsorted"
"""The cluster of a draft that came near nothing: an editor will sort it."""


class NotAnEditor(Refusal):
    """Only the leads of this community's volunteers can change the knowledge base."""


class ShelfClosed(Refusal):
    """The knowledge files cannot be written from here. Please write the review in by hand."""


class CannotMark(Refusal):
    """This entry cannot be marked as reviewed yet."""


class Shelf(Protocol):
    """Where the entries' files lie. Reads and writes block for a moment off the event loop."""

    async def read(self, entry: Entry) -> str:
        """Return an entry's file as text. Raises `OSError`."""
        ...

    async def write(self, entry: Entry, text: str) -> None:
        """Replace an entry's file in one step. Raises `OSError`."""
        ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a volunteer wrote into the form; in memory until the file is handed over."""

    title: str
    ask: str
    short: str
    near: str | None = None
    """The entry that came nearest, if any did."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as a file to hand to an editor."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What a reload changed: in the files, and in what members would be told."""

    changes: Changes
    differences: tuple[Difference, ...] = ()


class Editing:
    """What volunteers and editors do with the entries."""

    def __init__(
        self,
        library: Library,
        clock: Clock,
        shelf: Shelf,
        frozen: Callable[[], Mapping[str, str]],
    ) -> None:
        self._library = library
        self._clock = clock
        self._shelf = shelf
        self._frozen = frozen
        """Gives the frozen questions by id; blocks while it reads them."""

    def find(self, wanted: str) -> Entry:
        """Return an entry by its id or its very title. Raises `NoSuchEntry`."""
        entries = self._library.now.knowledge.entries
        asked = plain(wanted)
        found = entries.get(wanted.strip().lower())
        found = found or next((e for e in entries.values() if plain(e.title) == asked), None)
        if found is None:
            raise NoSuchEntry
        return found

    def search(self, text: str, limit: int = MOST) -> tuple[Entry, ...]:
        """Return entries whose id, title or keywords hold these words, else those spelt nearest."""
        entries = self._library.now.knowledge.entries.values()
        words = plain(text).split()
        names = {e.id: plain(" ".join((e.id, e.title, *e.keywords))) for e in entries}
        held = [e for e in entries if all(word in names[e.id] for word in words)]
        if held or not words:
            return tuple(held[:limit])
        near = process.extract(
            plain(text), names, scorer=fuzz.partial_ratio, limit=limit, score_cutoff=LIKE
        )
        return tuple(self._library.now.knowledge.entries[each] for _, _, each in near)

    def due_soonest(self) -> tuple[tuple[date, Entry], ...]:
        """Return every entry with the day its review is due, soonest first."""
        knowledge = self._library.now.knowledge
        return tuple((day, knowledge.entries[each]) for day, each in due_soonest(knowledge))

    def today(self) -> date:
        """Return the day it is for the people who edit."""
        return self._clock.now().astimezone(LONDON).date()

    async def nearest(self, text: str, nation: Nation) -> Entry | None:
        """Return the entry of ours that comes nearest a text; the text itself is not kept.

        None where hearing takes long: a form is waiting to open, and does without.
        """
        entries = self._library.now.knowledge.entries
        try:
            async with asyncio.timeout(NEAREST_WITHIN):
                parts = parts_of(await self._library.hear(text, nation))
        except TimeoutError:
            return None
        near = (each for part in parts for each in (part.entry or "", *part.near))
        return next((entries[each] for each in near if each in entries), None)

    def draft(self, suggestion: Suggestion, nation: Nation) -> Draft:
        """Return a valid draft file made of what a volunteer wrote."""
        entries = self._library.now.knowledge.entries
        near = entries.get(suggestion.near or "")
        taken: Sequence[str] = tuple(entries)
        text = draft_entry(
            title=suggestion.title,
            cluster=near.cluster if near else UNSORTED,
            nation=nation,
            short=suggestion.short,
            asks=[suggestion.ask],
            today=self.today(),
            note=f"The entry that came nearest: {near.id}." if near else None,
            taken=taken,
        )
        return Draft(f"{free_id(draft_id(suggestion.title), taken)}.yaml", text)

    async def explain(self, text: str, nation: Nation) -> str:
        """Say why a text would be heard as it would be; the text is not kept."""
        lines = [explain(await self._library.hear(text, nation))]
        if concern := self._library.concern(text):
            lines.append(
                f"Someone may be in danger ({concern.level}, {concern.flow}): the card would stand "
                f"first and alone. Heard by: {concern.heard_by}."
            )
        if self._library.details(text):
            lines.append("A detail in it may identify somebody: the reply would hint at that.")
        return "\n".join(lines)

    async def reload(self, actor: Actor) -> Reloaded:
        """Load the knowledge anew and return what changed; the last good one serves meanwhile.

        Raises `NotAnEditor`, or `KnowledgeRefused` with every located problem.
        """
        must_edit(actor)
        before = self._library.now.matcher
        changed = await self._library.reload()
        log.info("knowledge reloaded by=%d", actor.id)
        if not changed:
            return Reloaded(changed)
        after = self._library.now.matcher
        heard = await asyncio.to_thread(lambda: differences(before, after, self._frozen()))
        return Reloaded(changed, heard)

    async def review(self, actor: Actor, wanted: str, known_as: str) -> Entry:
        """Mark an entry as reviewed today by this person, in its file, and serve it so.

        Raises `NotAnEditor`, `NoSuchEntry`, `CannotMark`, `ShelfClosed` or `KnowledgeRefused`.
        """
        must_edit(actor)
        entry = self.find(wanted)
        name = f"{entry.id}.yaml"
        try:
            text = await self._shelf.read(entry)
            marked = mark_reviewed(text, by=known_as, today=self.today(), file=name)
            await self._shelf.write(entry, marked)
        except (StillOnMemory, LayoutUnknown) as why:
            raise CannotMark(str(why)) from why
        except OSError as why:
            raise ShelfClosed from why
        # The audit: who did it as a number, and which entry; nothing else is known about either.
        log.info("entry reviewed entry=%s by=%d", entry.id, actor.id)
        await self._library.reload()
        return self.find(entry.id)


def must_edit(actor: Actor) -> None:
    """Raise `NotAnEditor` unless this person may change the knowledge base."""
    if not may(actor, Capability.EDIT_KNOWLEDGE):
        raise NotAnEditor


def must_help(actor: Actor) -> None:
    """Raise `NotYours` unless this person is one of the volunteers."""
    if not may(actor, Capability.WORK_CASE):
        raise NotYours
