"""The services over the in-memory store, a fake clock and a fake Discord: no network, no files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.adapters.memory import MemoryStore
from bot.care.playbook import Playbook
from bot.cases.capability import Actor, Rank
from bot.cases.case import Case
from bot.guidance.knowledge import Knowledge, load_knowledge
from bot.guidance.plain import plain
from bot.services.alarms import Alarms
from bot.services.asking import Asking
from bot.services.bells import Bells
from bot.services.casework import Casework
from bot.services.catchup import CatchUp
from bot.services.delivery import Delivery
from bot.services.escalation import Escalation
from bot.services.guilds import Guilds
from bot.services.intake import Intake
from bot.services.letters.composer import Composer
from bot.services.library import Library, Snapshot
from bot.services.panel import Panel
from bot.services.ports import Post
from bot.services.records import Changes, GuildSettings
from bot.services.snowflake import first_at
from tests.service.fakes import START, FakeClock, FakePostbox, ScriptedMatcher, Sent, Stand

ROOT = Path(__file__).parent.parent.parent
GUILD, FORUM, PLAIN, VOLUNTEERS = 10, 20, 21, 30
VOLUNTEER_ROLE, LEAD_ROLE = 40, 41
MOTHER, OTHER, PRIYA, GWEN = 1, 2, 3, 4


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "knowledge")


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return Playbook.from_mapping(
        yaml.safe_load((ROOT / "knowledge/urgent.yaml").read_text(encoding="utf-8"))
    )


@dataclass
class Bench:
    """All services on one bench, with hands to move them."""

    store: MemoryStore
    clock: FakeClock
    postbox: FakePostbox
    bells: Bells
    library: Library
    casework: Casework
    alarms: Alarms
    intake: Intake
    delivery: Delivery
    escalation: Escalation
    panel: Panel
    catch_up: CatchUp
    asking: Asking
    posted: int = 0

    def post(
        self,
        text: str,
        *,
        by: int = MOTHER,
        thread: int | None = None,
        channel: int | None = None,
        roles: frozenset[int] = frozenset(),
        reply_to: int | None = None,
    ) -> Post:
        """Write a message: a new forum thread, into a thread, or into a plain channel."""
        self.posted += 1
        number = first_at(self.clock.now()) + self.posted
        post = Post(
            id=number,
            guild_id=GUILD,
            channel_id=channel or thread or number,
            parent_id=None if channel else FORUM,
            author_id=by,
            author_is_bot=False,
            text=text,
            author_roles=roles,
            reply_to=reply_to,
        )
        self.postbox.posts[number] = post
        return post

    async def say(self, text: str, **how: object) -> Post:
        """Write a message, have it heard, and send what follows from it."""
        post = self.post(text, **how)  # type: ignore[arg-type]
        await self.intake.receive(post)
        await self.settle()
        return post

    async def settle(self) -> None:
        """Do all that is due."""
        while await self.escalation.work() + await self.delivery.work():
            pass
        await self.panel.work()

    async def pass_time(self, **span: float) -> None:
        """Push the clock and do all that has come due."""
        self.clock.push(**span)
        await self.settle()

    async def case(self, post: Post) -> Case:
        case = await self.store.case(post.id)
        assert case is not None
        return case

    def told(self, channel: int) -> list[str]:
        """Return the texts of our messages in a channel, oldest first; the panel left out."""
        return [plain(s.reply) for s in self.messages(channel)]

    def messages(self, channel: int) -> list[Sent]:
        return [
            s
            for s in self.postbox.sent
            if s.channel_id == channel and "### The queue" not in plain(s.reply)
        ]

    def panel_text(self) -> str:
        return next(plain(s.reply) for s in self.postbox.sent if "### The queue" in plain(s.reply))


def volunteer(number: int = PRIYA, *more: Rank) -> Actor:
    return Actor(number, GUILD, frozenset({Rank.VOLUNTEER, *more}), f"person-{number}")


def member(number: int = MOTHER) -> Actor:
    return Actor(number, GUILD, frozenset({Rank.MEMBER}), f"person-{number}")


@pytest.fixture
async def bench(knowledge: Knowledge, playbook: Playbook) -> AsyncIterator[Bench]:
    clock, store, bells = FakeClock(), MemoryStore(), Bells()
    taken = Snapshot(knowledge, ScriptedMatcher(), playbook, frozenset())
    library = Library(taken, lambda: taken)
    postbox = FakePostbox(clock)
    casework = Casework(store, clock, bells)
    alarms = Alarms(store, clock, bells, Stand())
    composer = Composer(store, clock, library)
    intake = Intake(
        store=store,
        clock=clock,
        pseudonyms=Stand(),
        library=library,
        postbox=postbox,
        casework=casework,
        alarms=alarms,
    )
    delivery = Delivery(store, clock, bells, postbox, composer.compose)
    delivery.resume()
    settings = GuildSettings(
        guild_id=GUILD,
        help_channels=frozenset({FORUM, PLAIN}),
        volunteers_channel=VOLUNTEERS,
        volunteer_role=VOLUNTEER_ROLE,
        lead_role=LEAD_ROLE,
        watching_since=START,
    )
    await store.apply(Changes(settings=(settings,)))
    yield Bench(
        store=store,
        clock=clock,
        postbox=postbox,
        bells=bells,
        library=library,
        casework=casework,
        alarms=alarms,
        intake=intake,
        delivery=delivery,
        escalation=Escalation(store, clock, bells, casework, alarms),
        panel=Panel(store, Guilds(store), bells, postbox),
        catch_up=CatchUp(store, intake, postbox),
        asking=Asking(library, alarms),
    )
    library.close()
