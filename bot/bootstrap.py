"""Build everything. The only module that sees every room."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml

from bot.adapters.clock import SandboxClock, SystemClock
from bot.adapters.discord.client import Client, IntentsRefused, TokenRefused
from bot.adapters.discord.pointing import point_at_sandbox
from bot.adapters.discord.sender import Sender
from bot.adapters.discord.tree import plant
from bot.adapters.frozen import frozen_questions
from bot.adapters.heap import give_back
from bot.adapters.links import dead_links, is_answer
from bot.adapters.pseudonyms import HmacPseudonyms
from bot.adapters.shelf import FolderShelf, files_fingerprint
from bot.adapters.sqlite.errors import CannotOpen
from bot.adapters.sqlite.opening import OpenReport
from bot.adapters.sqlite.store import SqliteStore
from bot.care.playbook import Playbook
from bot.cases.calendar import LONDON
from bot.guidance.knowledge import Knowledge, load_knowledge
from bot.guidance.problem import KnowledgeRefused
from bot.guidance.safe_yaml import Refused, read_yaml
from bot.matching.matcher import build_matcher
from bot.matching.ports import Matcher
from bot.matching.topic import Synonym, Topic
from bot.services.alarms import Alarms
from bot.services.asking import Asking
from bot.services.bells import Bells
from bot.services.casework import Casework
from bot.services.catchup import CatchUp
from bot.services.delivery import Delivery
from bot.services.doctor import Build, Doctor, Finding
from bot.services.editing import Editing
from bot.services.escalation import Escalation
from bot.services.gaps import Gaps
from bot.services.guilds import Guilds
from bot.services.house import House
from bot.services.intake import Intake
from bot.services.letters.composer import Composer
from bot.services.library import Library, Snapshot
from bot.services.notes import Notes
from bot.services.panel import Panel
from bot.services.ports import Clock, Store
from bot.services.privacy import Privacy
from bot.services.setup import Setup
from bot.services.steward import Steward
from bot.services.watch import Watch
from bot.settings import ROOT, Settings

__all__ = [
    "App",
    "CannotOpen",
    "IntentsRefused",
    "TokenRefused",
    "build",
    "check_links",
    "is_answer",
    "snapshot",
    "today",
]

log = logging.getLogger(__name__)

DATABASE = "alongside.db"
URGENT = "urgent.yaml"
FROZEN = ROOT / "evaluation/sets/own.yaml"


def snapshot(knowledge_root: Path, cache: Path | None) -> Snapshot:
    """Load the knowledge and all that is built from it. Blocks for a second or two.

    Raises `KnowledgeRefused` or `PlaybookError`.
    """
    # Hashed first: what is saved while we read then counts as a change, and is read again.
    files = files_fingerprint(knowledge_root)
    knowledge = load_knowledge(knowledge_root)
    playbook = read_playbook(knowledge_root / URGENT)
    numbers = (service.phone for service in knowledge.directory.services.values())
    return Snapshot(
        knowledge=knowledge,
        matcher=matcher_for(knowledge, cache),
        playbook=playbook,
        helplines=frozenset(number for number in numbers if number),
        files=files,
    )


def read_playbook(path: Path) -> Playbook:
    """Read the rules and cards for somebody in danger.

    Raises `KnowledgeRefused` or `PlaybookError`.
    """
    data = path.read_bytes()
    try:
        read_yaml(data, path.name)  # refuses what could hang or mislead the reader below
    except Refused as error:
        raise KnowledgeRefused([error.problem]) from error
    return Playbook.from_mapping(yaml.safe_load(data))


def matcher_for(knowledge: Knowledge, cache: Path | None) -> Matcher:
    """Build the matcher from the knowledge: our own words, and nothing of the members'."""
    topics = [
        Topic(
            id=entry.id,
            title=entry.title,
            nations=entry.nations,
            asks=entry.asks,
            keywords=entry.keywords,
            body=" ".join((entry.short, *entry.now)),
            answer_at=entry.answer_at,
            signpost_only=entry.signpost_only,
            stories=entry.stories,
        )
        for entry in knowledge.entries.values()
    ]
    synonyms = [
        Synonym(same.canonical, same.variants, same.weak) for same in knowledge.glossary.synonyms()
    ]
    matcher = build_matcher(topics, synonyms, cache=cache)
    give_back()
    return matcher


def installed_version() -> str:
    """Return the version that is installed."""
    try:
        return version("alongside")
    except PackageNotFoundError:
        return "(not installed as a package)"


def database_findings(report: OpenReport) -> tuple[Finding, ...]:
    """Say what opening the database found, for `/doctor`."""
    if report.damaged is None:
        return (Finding(True, "The database opened without trouble."),)
    kept = f"The damaged file is kept as {report.damaged.name}."
    if report.restored is None:
        says = "The database was damaged and no backup could be read, so it began empty."
        return (Finding(False, says, f"{kept} Run `/setup` again, and look at the disk."),)
    says = f"The database was damaged; the backup {report.restored.name} took its place."
    return (Finding(False, says, f"{kept} Look at the disk; the gap was read from Discord."),)


def today() -> date:
    """Return the day it is for the people who edit."""
    return SystemClock().now().astimezone(LONDON).date()


def check_links(urls: Iterable[str]) -> Mapping[str, str]:
    """Ask the web which of these addresses no longer answer."""
    return asyncio.run(dead_links(urls))


@dataclass(frozen=True, slots=True)
class App:
    """The whole bot, ready to run."""

    settings: Settings
    client: Client
    house: House

    async def run(self) -> None:
        """Connect and serve until stopped by SIGTERM, SIGINT or a fatal error.

        Raises `TokenRefused` or `IntentsRefused`.
        """
        loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self._serve())
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, serving.cancel)
        helpers = [asyncio.create_task(self._follow_clock())]
        self.house.steward.start()
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await serving
        finally:
            await self.house.steward.stop()
            await self.client.close()
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            self.house.library.close()
            await self.house.store.close()
            log.info("stopped")

    async def _serve(self) -> None:
        assert self.settings.token
        await self.client.serve(self.settings.token)

    async def _follow_clock(self) -> None:
        clock = self.house.clock
        if isinstance(clock, SandboxClock):
            await self.house.steward.ready.wait()
            await clock.follow(self.house.steward.settle)


async def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    store: Store | None = None,
    library: Library | None = None,
) -> App:
    """Build the bot from its settings; what is handed in is not built again.

    Raises `KnowledgeRefused`, `PlaybookError`, `CannotOpen` or `StoreUnwritable`.
    """
    if settings.discord_url:
        point_at_sandbox(settings.discord_url)
    if clock is None:
        clock = await the_clock(settings.discord_url)
    if library is None:
        library = await open_library(settings.knowledge, settings.cache)
    doubt_before: datetime | None = None
    database: tuple[Finding, ...] = ()
    if store is None:
        store = kept = await SqliteStore.open(settings.data / DATABASE, now=clock.now())
        database = database_findings(kept.report)
        if kept.report.restored is not None:
            doubt_before = clock.now()
            log.warning("restored from %s; the gap is read again", kept.report.restored.name)
    client = Client(clock, guild_ready_timeout=0.1 if settings.discord_url else 2.0)
    house = furnish(
        client,
        store,
        clock,
        library,
        HmacPseudonyms(settings.author_key),
        shelf=FolderShelf(settings.knowledge),
        built=Build(installed_version(), database),
        doubt_before=doubt_before,
    )
    client.listener = house.steward
    client.tree = plant(client, house)
    return App(settings, client, house)


async def the_clock(sandbox: str | None) -> Clock:
    """Return the machine's clock, or that of a sandbox at this address, already set."""
    if sandbox is None:
        return SystemClock()
    clock = SandboxClock(sandbox)
    await clock.set()
    return clock


async def open_library(knowledge: Path, cache: Path | None) -> Library:
    """Open the knowledge, off the event loop. Raises `KnowledgeRefused` or `PlaybookError`."""
    first = await asyncio.to_thread(snapshot, knowledge, cache)
    return Library(first, lambda: snapshot(knowledge, cache))


def furnish(
    client: Client,
    store: Store,
    clock: Clock,
    library: Library,
    pseudonyms: HmacPseudonyms,
    *,
    shelf: FolderShelf,
    built: Build,
    doubt_before: datetime | None = None,
) -> House:
    """Put the services together over these adapters."""
    bells = Bells()
    guilds = Guilds(store)
    postbox = Sender(client, client.posts)
    casework = Casework(store, clock, bells)
    alarms = Alarms(store, clock, bells, pseudonyms)
    composer = Composer(store, clock, library)
    intake = Intake(
        store=store,
        clock=clock,
        pseudonyms=pseudonyms,
        library=library,
        postbox=postbox,
        casework=casework,
        alarms=alarms,
    )
    steward = Steward(
        store=store,
        clock=clock,
        intake=intake,
        catch_up=CatchUp(store, intake, postbox),
        delivery=Delivery(
            store, clock, bells, postbox, composer.compose, doubt_before=doubt_before
        ),
        escalation=Escalation(store, clock, bells, casework, alarms),
        panel=Panel(store, guilds, bells, postbox),
        places=client,
        bells=bells,
        notes=Notes(store, clock, bells),
        watch=Watch(library, clock, shelf.fingerprint),
    )
    return House(
        store=store,
        clock=clock,
        pseudonyms=pseudonyms,
        bells=bells,
        postbox=postbox,
        library=library,
        casework=casework,
        alarms=alarms,
        asking=Asking(library, alarms),
        intake=intake,
        composer=composer,
        setup=Setup(guilds, clock, bells),
        steward=steward,
        editing=Editing(library, clock, shelf, lambda: frozen_questions(FROZEN)),
        gaps=Gaps(store, library, clock),
        privacy=Privacy(store, clock, bells, postbox),
        doctor=Doctor(store, clock, library, shelf, built),
    )
