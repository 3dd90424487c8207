"""Someone may be in danger: the card and the alert at once, then calls until a person comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, takewhile

from bot.care.concern import Concern, Flow, Level, Who
from bot.care.schedule import Ping, To, pings_after
from bot.cases.capability import Actor, Capability, may
from bot.cases.case import Case
from bot.cases.part import Part
from bot.services.bells import Bells
from bot.services.errors import NoSuchAlarm, NotSetUp, NotYours
from bot.services.ports import Clock, Conflict, Post, Pseudonyms, Store
from bot.services.records import (
    Alarm,
    AlarmState,
    AlarmWrite,
    Changes,
    DueKind,
    DueOf,
    DueRow,
    GuildSettings,
    Letter,
    LetterKind,
    Seen,
)
from bot.services.replying import opening_letters

CARD_AGAIN = timedelta(days=1)
"""How long one card speaks for a conversation; the alert is given every time."""
ATTEMPTS = 5


class Alarms:
    """Raises alarms, calls again until somebody comes, and lets only a person end them."""

    def __init__(self, store: Store, clock: Clock, bells: Bells, pseudonyms: Pseudonyms) -> None:
        self._store = store
        self._clock = clock
        self._bells = bells
        self._pseudonyms = pseudonyms

    def ring(self, guild_id: int) -> None:
        """Wake whoever has work after an alarm has changed."""
        self._bells.outbox.ring()
        self._bells.due.ring()
        self._bells.queue_changed(guild_id)

    async def raise_for(
        self, post: Post, seen: Seen, concern: Concern, settings: GuildSettings
    ) -> Changes:
        """Return the changes that raise an alarm for a message; none if it is raised already."""
        if await self._store.alarm(post.id) is not None:
            return Changes()
        now = self._clock.now()
        alarm = new_alarm(seen, concern)
        earlier = await self._store.alarms_in(post.channel_id)
        letters = [alert(alarm, settings, now)] if settings.volunteers_channel else []
        if not any(now - other.raised_at < CARD_AGAIN for other in earlier):
            letters.insert(0, _in_thread(alarm, LetterKind.CARD, now))
        return Changes(
            alarms=(AlarmWrite(alarm, None),), letters=tuple(letters), due=(due_of(alarm),)
        )

    async def stands(self, channel_id: int, asker: str) -> bool:
        """Tell whether a person's alarm in a conversation has not been ended by anybody."""
        alarms = await self._store.alarms_in(channel_id)
        return any(a.asker == asker and a.state is not AlarmState.ENDED for a in alarms)

    async def raise_by_hand(self, actor: Actor, post: Post) -> None:
        """Raise an alarm because a volunteer saw what the rules did not.

        Raises `NotYours` or `NotSetUp`.
        """
        if not may(actor, Capability.ANSWER_ALARM):
            raise NotYours
        settings = await self._store.settings(actor.guild_id)
        if settings is None or not settings.ready:
            raise NotSetUp
        concern = Concern(Level.URGENT, Who.OTHER, Flow.SOFTER, ("by-hand",))
        author = self._pseudonyms.of(post.author_id)
        seen = Seen(post.id, 0, post.guild_id, post.channel_id, author, self._clock.now())
        changes = await self.raise_for(post, seen, concern, settings)
        await self._store.apply(changes)
        self.ring(actor.guild_id)

    async def raise_privately(
        self, seen: Seen, concern: Concern, settings: GuildSettings
    ) -> Alarm | None:
        """Raise an alarm for a question asked in private; its asker is shown the card at once.

        There is no post to open and nobody is named, so the alarm stands in the volunteers' own
        channel. Returns None where no such channel has been chosen.
        """
        if settings.volunteers_channel is None:
            return None
        alarm = replace(new_alarm(seen, concern), channel_id=settings.volunteers_channel)
        letter = alert(alarm, settings, seen.seen_at)
        await self._store.apply(
            Changes(alarms=(AlarmWrite(alarm, None),), letters=(letter,), due=(due_of(alarm),))
        )
        self.ring(alarm.guild_id)
        return alarm

    async def attend(self, actor: Actor, alarm_id: int) -> Alarm:
        """Note that a volunteer has come: the calls stop, the alarm stays open."""
        return await self._change(actor, alarm_id, AlarmState.ATTENDED)

    async def stand_down(self, actor: Actor, alarm_id: int) -> Alarm:
        """End an alarm, because a person judged it over or no emergency; release the answer."""
        return await self._change(actor, alarm_id, AlarmState.ENDED)

    async def call_lead(self, actor: Actor, alarm_id: int) -> Alarm:
        """Call the safeguarding lead now, without waiting for the schedule."""
        alarm = await self._find(actor, alarm_id)
        settings = await self._store.settings(alarm.guild_id) or GuildSettings(alarm.guild_id)
        now = self._clock.now()
        called = replace(alarm, version=alarm.version + 1, changed_at=now)
        letter = alert(called, settings, now, seq=100_000 + called.version, lead=True)
        await self._store.apply(
            Changes(alarms=(AlarmWrite(called, alarm.version),), letters=(letter,))
        )
        self.ring(alarm.guild_id)
        return called

    async def tick(self, alarm_id: int) -> None:
        """Carry out the next call of an alarm, if it is due and nobody has come."""
        for _ in range(ATTEMPTS):
            alarm = await self._store.alarm(alarm_id)
            if alarm is None:
                return
            try:
                await self._store.apply(await self._next_call(alarm))
            except Conflict:
                continue
            self.ring(alarm.guild_id)
            return

    async def _next_call(self, alarm: Alarm) -> Changes:
        now = self._clock.now()
        if alarm.state is not AlarmState.RAISED:
            return Changes(due=(DueOf(DueKind.ALARM, alarm.id, ()),))
        settings = await self._store.settings(alarm.guild_id) or GuildSettings(alarm.guild_id)
        letters: list[Letter] = []
        missed = tuple(takewhile(lambda call: call.due <= now, calls(alarm)))
        pings = alarm.pings + len(missed)
        # After a long absence the newest call of each kind is enough: no one is woken ten times.
        for to in dict.fromkeys(call.to for call in missed):
            if to is To.THREAD and alarm.channel_id == settings.volunteers_channel:
                continue  # asked in private: there is no thread to say it in
            if to is To.THREAD:
                letters.append(_in_thread(alarm, LetterKind.CARD_ALONE, now))
            elif settings.volunteers_channel:
                seq = 2 * pings + (to is To.LEADS)
                letters.append(alert(alarm, settings, now, seq=seq, lead=to is To.LEADS))
        called = replace(alarm, pings=pings, version=alarm.version + 1)
        return Changes(
            alarms=(AlarmWrite(called, alarm.version),),
            letters=tuple(letters),
            due=(due_of(called),),
        )

    async def _find(self, actor: Actor, alarm_id: int) -> Alarm:
        if not may(actor, Capability.ANSWER_ALARM):
            raise NotYours
        alarm = await self._store.alarm(alarm_id)
        if alarm is None or alarm.guild_id != actor.guild_id:
            raise NoSuchAlarm
        return alarm

    async def _change(self, actor: Actor, alarm_id: int, state: AlarmState) -> Alarm:
        alarm = await self._find(actor, alarm_id)
        if alarm.state is AlarmState.ENDED:
            raise NoSuchAlarm
        now = self._clock.now()
        changed = replace(
            alarm, state=state, by=actor.id, changed_at=now, version=alarm.version + 1
        )
        letters: tuple[Letter, ...] = ()
        if state is AlarmState.ENDED:
            letters = await self._withheld(changed, now)
        await self._store.apply(
            Changes(
                alarms=(AlarmWrite(changed, alarm.version),),
                letters=letters,
                due=(DueOf(DueKind.ALARM, alarm.id, ()),),
            )
        )
        self.ring(alarm.guild_id)
        return changed

    async def _withheld(self, alarm: Alarm, now: datetime) -> tuple[Letter, ...]:
        """Return the answers that waited while the card stood alone."""
        letters: list[Letter] = []
        for case in await self._store.cases_in(alarm.channel_id):
            if case.asker != alarm.asker or not case.is_open:
                continue
            unsaid = unsaid_parts(case, await self._store.letters_of(case.id))
            if unsaid:
                letters += opening_letters(
                    case, unsaid, now, above={}, private=False, nation=None, away=False
                )
        return tuple(letters)


def unsaid_parts(case: Case, letters: Iterable[Letter]) -> tuple[Part, ...]:
    """Return the questions of a case that no overview of ours has named yet."""
    named: set[object] = set()
    for letter in letters:
        if letter.kind is LetterKind.OVERVIEW:
            first, last = letter.content["first"], letter.content["last"]
            assert isinstance(first, int)
            assert isinstance(last, int)
            named |= set(range(first, last + 1))
    return tuple(part for part in case.parts if part.number not in named)


def new_alarm(seen: Seen, concern: Concern) -> Alarm:
    """Return the alarm a message raises; its first call goes out with it."""
    return Alarm(
        id=seen.message_id,
        guild_id=seen.guild_id,
        channel_id=seen.channel_id,
        asker=seen.author,
        level=concern.level,
        who=concern.who,
        flow=concern.flow,
        raised_at=seen.seen_at,
        pings=1,
    )


def calls(alarm: Alarm) -> Iterator[Ping]:
    """Yield the calls of an alarm that have not been carried out, without end."""
    from_the_start = pings_after(alarm.raised_at, alarm.raised_at - timedelta(seconds=1))
    return islice(from_the_start, alarm.pings, None)


def _in_thread(alarm: Alarm, kind: LetterKind, now: datetime) -> Letter:
    return Letter(
        subject=alarm.id,
        kind=kind,
        seq=0,
        guild_id=alarm.guild_id,
        channel_id=alarm.channel_id,
        created_at=now,
        reply_to=alarm.id,
    )


def alert(
    alarm: Alarm, settings: GuildSettings, now: datetime, *, seq: int = 0, lead: bool = False
) -> Letter:
    """Return a call to the volunteers' channel: a link and one role, never the words."""
    return Letter(
        subject=alarm.id,
        kind=LetterKind.ALERT,
        seq=seq,
        guild_id=alarm.guild_id,
        channel_id=settings.volunteers_channel or 0,
        created_at=now,
        content={"lead": lead, "call": alarm.pings},
    )


def due_of(alarm: Alarm) -> DueOf:
    """Return the due rows an alarm ought to have, to be written with it."""
    if alarm.state is not AlarmState.RAISED:
        return DueOf(DueKind.ALARM, alarm.id, ())
    call = next(calls(alarm))
    return DueOf(DueKind.ALARM, alarm.id, (DueRow(DueKind.ALARM, alarm.id, "ping", call.due),))
