"""Work on a case: the one place where a command meets the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.cases.capability import Actor, Capability, may
from bot.cases.case import Case
from bot.cases.command import Command, HandBack, Resolve
from bot.cases.event import Event
from bot.cases.timer import timers
from bot.cases.transition import transition
from bot.services.bells import Bells
from bot.services.errors import NoSuchCase, NotYours
from bot.services.ports import Clock, Conflict, Store
from bot.services.posting import letters_for
from bot.services.records import CaseWrite, Changes, DueKind, DueOf, DueRow, GuildSettings

ATTEMPTS = 5
"""How often a command is tried again when somebody else changed the case meanwhile."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command carried out: the case as it is now, and what happened."""

    case: Case
    events: tuple[Event, ...]


def due_of(case: Case) -> DueOf:
    """Return the due rows a case ought to have, to be written with it."""
    rows = tuple(DueRow(DueKind.CASE, case.id, due.timer, due.at) for due in timers(case))
    return DueOf(DueKind.CASE, case.id, rows)


def write_of(
    before: Case | None, after: Case, events: tuple[Event, ...], settings: GuildSettings
) -> Changes:
    """Return everything that changing a case writes: the case, its timers, its letters."""
    return Changes(
        cases=(CaseWrite(after, None if before is None else before.version),),
        events=events,
        letters=letters_for(before, after, events, settings),
        due=(due_of(after),),
    )


class Casework:
    """Carries commands out on stored cases."""

    def __init__(self, store: Store, clock: Clock, bells: Bells) -> None:
        self._store = store
        self._clock = clock
        self._bells = bells

    async def find(self, case_id: int, guild_id: int) -> Case:
        """Return a case of that guild. Raises `NoSuchCase`."""
        case = await self._store.case(case_id)
        if case is None or case.guild_id != guild_id:
            raise NoSuchCase
        return case

    async def ask(self, actor: Actor, case_id: int, needs: Capability, command: Command) -> Done:
        """Carry out what a person asked, if they may.

        Raises `NoSuchCase`, `NotYours` or a `CaseRefusal`.
        """

        def permitted(case: Case) -> Command:
            if not may(actor, needs, case):
                raise NotYours
            return command

        await self.find(case_id, actor.guild_id)
        return await self.apply(case_id, permitted)

    async def work(self, actor: Actor, case_id: int, command: Command) -> Done:
        """Carry out what a volunteer asked; a lead may also take over what another one holds.

        Raises `NoSuchCase`, `NotYours` or a `CaseRefusal`.
        """
        if isinstance(command, HandBack | Resolve) and may(actor, Capability.TAKE_OVER):
            command = replace(command, forced=True)
        return await self.ask(actor, case_id, Capability.WORK_CASE, command)

    async def apply(self, case_id: int, choose: Callable[[Case], Command]) -> Done:
        """Carry out the command `choose` picks for the case as it stands now."""
        for attempt in range(ATTEMPTS):
            before = await self._store.case(case_id)
            if before is None:
                raise NoSuchCase
            after, events = transition(before, choose(before), self._clock.now())
            if after == before:
                return Done(before, events)
            settings = await self._settings(before.guild_id)
            try:
                await self._store.apply(write_of(before, after, events, settings))
            except Conflict:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            self.ring(after)
            return Done(after, events)
        raise Conflict

    def ring(self, case: Case) -> None:
        """Wake whoever has work after a case has changed."""
        self._bells.outbox.ring()
        self._bells.due.ring()
        self._bells.queue_changed(case.guild_id)

    async def _settings(self, guild_id: int) -> GuildSettings:
        return await self._store.settings(guild_id) or GuildSettings(guild_id)


def with_done(changes: Changes, *seen: tuple[int, int]) -> Changes:
    """Return the changes, with inbox rows named as dealt with in the same stroke."""
    return replace(changes, done=(*changes.done, *seen))
