"""Is everything in order? Each finding says what is so, and where something is amiss, the mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from bot.care.card import stale_services
from bot.cases.calendar import LONDON
from bot.cases.capability import Actor, Capability, may
from bot.guidance.lint import Report
from bot.guidance.report import due_by
from bot.matching.matcher import LocalMatcher
from bot.services.errors import Refusal
from bot.services.library import Library
from bot.services.ports import Clock, Store

COUNTED = 500
"""Letters counted at most: beyond that, the number no longer matters."""
LATE = timedelta(minutes=5)
"""An unsent letter older than this is a sign that something is wrong."""
EVER = timedelta(days=3650)
NAMED = 4


class NotYourHouse(Refusal):
    """Only this server's admins and the leads of its volunteers can see this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    well: bool
    says: str
    mend: str = ""


class Files(Protocol):
    """The knowledge folder, as far as the doctor looks into it."""

    async def check(self) -> Report:
        """Check every file by every rule."""
        ...

    async def signed_off_by(self) -> str | None:
        """Return who has signed the safety wording off. Raises `OSError`."""
        ...


@dataclass(frozen=True, slots=True)
class Build:
    """What is known about this installation from its start."""

    version: str
    database: tuple[Finding, ...] = ()
    """What opening the database found; empty where nothing was out of the ordinary."""


class Doctor:
    """Looks at everything that can be out of order without anybody noticing."""

    def __init__(
        self, store: Store, clock: Clock, library: Library, files: Files, build: Build
    ) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._files = files
        self._build = build

    async def examine(self, actor: Actor, discord: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return every finding, those about Discord first. Raises `NotYourHouse`."""
        if not (may(actor, Capability.SET_UP) or may(actor, Capability.TAKE_OVER)):
            raise NotYourHouse
        return (
            *discord,
            await self._knowledge(),
            self._reviews(),
            self._matcher(),
            *await self._care(),
            await self._outbox(),
            await self._next(),
            *self._build.database,
            Finding(True, f"Alongside {self._build.version}."),
        )

    async def _knowledge(self) -> Finding:
        served = len(self._library.now.knowledge.entries)
        report = await self._files.check()
        if report.clean:
            return Finding(True, f"The knowledge base: {served} entries, nothing to mend.")
        many = len(report.problems)
        return Finding(
            False,
            f"The knowledge base: {served} entries are served, {many} things in the files need "
            "mending.",
            "`alongside knowledge check` names each with its file and line.",
        )

    def _reviews(self) -> Finding:
        late = due_by(self._library.now.knowledge, self._today())
        if not late:
            return Finding(True, "No entry is overdue for review.")
        return Finding(
            False,
            f"{len(late)} entries are due for review.",
            "`/knowledge stale` lists them; `/knowledge review` marks one as reviewed.",
        )

    def _matcher(self) -> Finding:
        matcher = self._library.now.matcher
        missing = matcher.missing if isinstance(matcher, LocalMatcher) else None
        if missing is None:
            return Finding(True, "Matching uses the full matcher.")
        return Finding(
            False,
            f"Matching uses the small matcher, which hears less well: {missing}.",
            "Install everything in requirements/run.txt (`make run` does) and start again.",
        )

    async def _care(self) -> tuple[Finding, Finding]:
        old = stale_services(self._library.now.playbook, self._today())
        if old:
            named = ", ".join(service.id for service in old[:NAMED])
            checked = Finding(
                False,
                f"{len(old)} helplines on the safety cards were last checked over 180 days ago: "
                f"{named}.",
                "Check each on its owner's page and set `verified_on` in knowledge/urgent.yaml.",
            )
        else:
            checked = Finding(True, "Every helpline on the safety cards was checked in 180 days.")
        return checked, await self._signed_off()

    async def _signed_off(self) -> Finding:
        try:
            signed = await self._files.signed_off_by()
        except OSError:
            signed = None
        if signed:
            return Finding(True, f"The wording of the safety cards was signed off by {signed}.")
        return Finding(
            False,
            "Nobody has signed off the wording of the safety cards yet.",
            "Your safeguarding lead reads it and signs in knowledge/urgent.yaml, `signed_off_by`.",
        )

    async def _outbox(self) -> Finding:
        now = self._clock.now()
        letters = await self._store.letters_to_send(now + EVER, limit=COUNTED)
        if not letters:
            return Finding(True, "Everything I had to say has been sent.")
        oldest = min(letter.created_at for letter in letters)
        says = f"{len(letters)} messages wait to be sent, the oldest since {_moment(oldest)}."
        if now - oldest <= LATE:
            return Finding(True, says)
        return Finding(
            False, says, "Discord may be unreachable, or may refuse me: look at the log."
        )

    async def _next(self) -> Finding:
        upcoming = await self._store.next_due()
        if upcoming is None:
            return Finding(True, "Nothing is due: nobody is waiting for a person.")
        late = self._clock.now() - upcoming
        says = f"The next thing is due {_moment(upcoming)}."
        if late <= LATE:
            return Finding(True, says)
        return Finding(False, says, "That is in the past: restart the bot, and look at the log.")

    def _today(self) -> date:
        return self._clock.now().astimezone(LONDON).date()


def _moment(at: datetime) -> str:
    return f"<t:{int(at.astimezone(UTC).timestamp())}:R>"
