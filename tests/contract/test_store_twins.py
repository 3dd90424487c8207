"""Both stores, side by side, over steps nobody thought of: they must never differ."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.adapters.memory import MemoryStore
from bot.adapters.sqlite import SqliteStore
from bot.cases.case import State
from bot.cases.event import Event, EventKind
from bot.cases.part import Part, PartStatus
from bot.services.ports import Conflict, Store
from bot.services.records import (
    AlarmState,
    AlarmWrite,
    CaseWrite,
    Changes,
    DueKind,
    DueOf,
    DueRow,
    GuildSettings,
    LetterKind,
)
from tests.contract.values import NOW, a_case, a_letter, a_seen, an_alarm

IDS = st.integers(1, 4).map(lambda n: a_case(place=n).id)
CHANNELS = st.integers(11, 13)
GUILDS = st.integers(21, 22)
AUTHORS = st.sampled_from(["aa", "bb"])
TIMES = st.integers(-120 * 24, 24).map(lambda hours: NOW + timedelta(hours=hours))
MAYBE = st.none() | TIMES
VERSIONS = st.none() | st.integers(0, 2)
ENTRIES = st.sampled_from(["one", "two", "three"])

SEEN = st.builds(
    a_seen,
    at=TIMES,
    message_id=IDS,
    revision=st.sampled_from([0, 1_772_444_000_000]),
    guild_id=GUILDS,
    channel_id=CHANNELS,
    author=AUTHORS,
)
PARTS = st.lists(
    st.builds(
        Part,
        number=st.integers(1, 3),
        status=st.sampled_from(PartStatus),
        entry=st.none() | ENTRIES,
        near=st.lists(ENTRIES, max_size=2).map(tuple),
    ),
    max_size=3,
).map(tuple)
CASES = st.builds(
    CaseWrite,
    case=st.builds(
        a_case,
        id=IDS,
        guild_id=GUILDS,
        channel_id=CHANNELS,
        asker=AUTHORS,
        opened_at=TIMES,
        parts=PARTS,
        state=st.sampled_from(State),
        waiting_since=MAYBE,
        closed_at=MAYBE,
        version=st.integers(0, 2),
    ),
    was=VERSIONS,
)
ALARMS = st.builds(
    AlarmWrite,
    alarm=st.builds(
        an_alarm,
        id=IDS,
        guild_id=GUILDS,
        channel_id=CHANNELS,
        asker=AUTHORS,
        raised_at=TIMES,
        state=st.sampled_from(AlarmState),
        changed_at=MAYBE,
        version=st.integers(0, 2),
    ),
    was=VERSIONS,
)
LETTERS = st.builds(
    a_letter,
    subject=IDS,
    kind=st.sampled_from([LetterKind.ANSWER, LetterKind.CARD, LetterKind.FLAG]),
    seq=st.integers(0, 1),
    guild_id=GUILDS,
    channel_id=CHANNELS,
    created_at=TIMES,
    next_try_at=MAYBE,
)
EVENTS = st.builds(Event, kind=st.sampled_from(EventKind), case_id=IDS, at=TIMES)


@st.composite
def due_rows(draw: st.DrawFn) -> DueOf:
    kind, owner = draw(st.sampled_from(DueKind)), draw(IDS)
    timers = draw(st.lists(st.sampled_from(["flag", "ping"]), unique=True))
    return DueOf(kind, owner, tuple(DueRow(kind, owner, timer, draw(TIMES)) for timer in timers))


CHANGES = st.builds(
    Changes,
    cases=st.lists(CASES, max_size=2).map(tuple),
    alarms=st.lists(ALARMS, max_size=1).map(tuple),
    events=st.lists(EVENTS, max_size=2).map(tuple),
    letters=st.lists(LETTERS, max_size=2).map(tuple),
    recall=st.lists(IDS, max_size=1).map(tuple),
    due=st.lists(due_rows(), max_size=2).map(tuple),
    done=st.lists(st.tuples(IDS, st.just(0)), max_size=2).map(tuple),
    settings=st.lists(
        st.builds(
            GuildSettings,
            guild_id=GUILDS,
            help_channels=st.frozensets(CHANNELS, max_size=2),
            volunteers_channel=st.none() | CHANNELS,
            watching_since=MAYBE,
        ),
        max_size=1,
    ).map(tuple),
)


class Twins(RuleBasedStateMachine):
    """Does the same to SQLite and to its twin, and compares every answer."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.loop = asyncio.new_event_loop()
        self.memory = MemoryStore()

    @initialize()
    def begin(self) -> None:
        self.sqlite = self.loop.run_until_complete(SqliteStore.open(self.folder / "db", NOW))

    def teardown(self) -> None:
        if hasattr(self, "sqlite"):
            self.loop.run_until_complete(self.sqlite.close())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        shutil.rmtree(self.folder)

    def both(self, ask: Callable[[Store], Awaitable[Any]]) -> Any:
        """Ask both stores; their answers or refusals must be the same."""
        answers = [self.loop.run_until_complete(answer(ask, s)) for s in (self.sqlite, self.memory)]
        assert answers[0] == answers[1]
        return answers[0]

    @rule(seen=st.lists(SEEN, max_size=3))
    def receive(self, seen: list[Any]) -> None:
        self.both(lambda store: store.receive(seen))

    @rule(changes=CHANGES)
    def apply(self, changes: Changes) -> None:
        self.both(lambda store: store.apply(changes))

    @rule(change=CASES)
    def open_case(self, change: CaseWrite) -> None:
        self.both(lambda store: store.apply(Changes(cases=(replace(change, was=None),))))

    @rule(letter=LETTERS, at=TIMES)
    def sending(self, letter: Any, at: Any) -> None:
        self.both(lambda store: store.sending(letter, at))

    @rule(letter=LETTERS, message_id=st.integers(900, 902))
    def sent(self, letter: Any, message_id: int) -> None:
        self.both(lambda store: store.sent(letter, message_id))

    @rule(letter=LETTERS, at=TIMES)
    def retry(self, letter: Any, at: Any) -> None:
        self.both(lambda store: store.retry(letter, at))

    @rule(letter=LETTERS, alert=st.none() | LETTERS)
    def dead(self, letter: Any, alert: Any) -> None:
        self.both(lambda store: store.dead(letter, "gone", alert))

    @rule(channel=CHANNELS, message_id=st.integers(1, 9))
    def move_cursor(self, channel: int, message_id: int) -> None:
        self.both(lambda store: store.move_cursor(channel, message_id))

    @rule(guild=GUILDS, author=AUTHORS, on=st.booleans())
    def silence(self, guild: int, author: str, on: bool) -> None:
        self.both(lambda store: store.silence(guild, author, on))

    @rule(author=AUTHORS, at=TIMES)
    def erase(self, author: str, at: Any) -> None:
        self.both(lambda store: store.erase(author, at))

    @rule()
    def replay(self) -> None:
        self.both(lambda store: store.replay_erasures())

    @rule(channel=CHANNELS)
    def forget_channel(self, channel: int) -> None:
        self.both(lambda store: store.forget_channel(channel))

    @rule(guild=GUILDS)
    def forget_guild(self, guild: int) -> None:
        self.both(lambda store: store.forget_guild(guild))

    @rule(at=TIMES)
    def sweep(self, at: Any) -> None:
        self.both(lambda store: store.sweep(at))

    @rule()
    def restart(self) -> None:
        self.loop.run_until_complete(self.sqlite.close())
        self.begin()
        self.loop.run_until_complete(self.memory.replay_erasures())

    @invariant()
    def same_everywhere(self) -> None:
        if not hasattr(self, "sqlite"):
            return
        self.both(everything)


async def answer(ask: Callable[[Store], Awaitable[Any]], store: Store) -> Any:
    try:
        return await ask(store)
    except (Conflict, ValueError) as refusal:
        return type(refusal)


async def everything(store: Store) -> Any:
    """Return all that can be asked of a store."""
    found: list[Any] = [
        await store.unfinished(),
        await store.due(NOW),
        await store.next_due(),
        await store.letters_to_send(NOW),
        await store.next_letter(),
        await store.all_settings(),
    ]
    for place in range(1, 5):
        subject = a_case(place=place).id
        found += [await store.case(subject), await store.alarm(subject)]
        found += [await store.events_of(subject), await store.letters_of(subject)]
    for channel in range(11, 14):
        found += [await store.cases_in(channel), await store.alarms_in(channel)]
        found += [await store.cursor(channel)]
    for guild in (21, 22):
        found += [await store.queue(guild), await store.oldest_open(guild)]
        found += [await store.uncovered(guild, NOW - timedelta(days=60))]
        found += [await store.open_alarms(guild), await store.counts(guild)]
        found += [await store.settings(guild)]
        found += [await store.silenced(guild, author) for author in ("aa", "bb")]
    found += [await store.held(author) for author in ("aa", "bb")]
    return [*found, *[await store.letter_sent_as(n) for n in range(900, 903)]]


TestTwins = Twins.TestCase
TestTwins.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
