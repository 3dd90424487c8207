"""Take in what members write: kept first, then heard, then answered. Nothing before that."""

from __future__ import annotations

import contextlib
import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.cases.case import Case
from bot.cases.command import AskMore, HumanReply, Withdraw
from bot.cases.part import Part, PartStatus
from bot.cases.transition import open_case, transition
from bot.matching.decision import Hearing
from bot.matching.voice import Voice
from bot.services.alarms import Alarms
from bot.services.casework import Casework, with_done, write_of
from bot.services.ear import UNHEARD, Ear
from bot.services.heard import (
    Heard,
    answers_others,
    given_in,
    is_known,
    is_theirs_to_ask,
    own_case,
    parts_of,
)
from bot.services.library import Library
from bot.services.locks import Locks
from bot.services.ports import (
    Clock,
    Conflict,
    Post,
    Postbox,
    Pseudonyms,
    Refused,
    Store,
    StoreUnwritable,
    Unreachable,
)
from bot.services.records import Changes, GuildSettings, Letter, LetterKind, Seen
from bot.services.replying import opening_letters
from bot.services.snowflake import sent_at

log = logging.getLogger(__name__)

AWAY = timedelta(hours=24)
"""A question older than this when we first see it gets an honest word about our absence."""
ATTEMPTS = 5
MOST_AT_ONCE = 500
"""How much of what waits is looked at in one go."""
DELETIONS = 1000
"""How many deletions are remembered, for a message that reaches us after its own deletion."""


class Intake:
    """Hears every message of the watched channels once, whatever crashes in between."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        pseudonyms: Pseudonyms,
        library: Library,
        postbox: Postbox,
        casework: Casework,
        alarms: Alarms,
    ) -> None:
        self._store = store
        self._clock = clock
        self._pseudonyms = pseudonyms
        self._ear = Ear(library)
        self._postbox = postbox
        self._casework = casework
        self._alarms = alarms
        self._locks = Locks()
        self._in_hand: set[tuple[int, int]] = set()
        self._deleted: deque[int] = deque(maxlen=DELETIONS)

    async def receive(self, post: Post) -> None:
        """Keep a message and deal with it. A message known already changes nothing."""
        settings = await self._store.settings(post.guild_id)
        if settings is None or not self._concerns_us(post, settings):
            return
        seen = self._seen(post)
        with self._holding(seen):
            if (seen.message_id, seen.revision) in await self._store.receive([seen]):
                await self._deal_with(post, seen, settings)

    async def receive_deleted(self, channel_id: int, message_id: int) -> None:
        """Take back what was promised for a message that its author has deleted."""
        self._deleted.append(message_id)
        async with self._locks.holding(channel_id):
            if await self._store.case(message_id) is None:
                return
            await self._casework.apply(message_id, lambda _: Withdraw())
            await self._store.apply(Changes(recall=(message_id,)))

    async def receive_channel_gone(self, channel_id: int) -> None:
        """Withdraw every case of a conversation that no longer exists."""
        for case in await self._store.cases_in(channel_id):
            await self.receive_deleted(channel_id, case.id)
        await self._store.forget_channel(channel_id)

    async def forget_deleted(self) -> None:
        """Take back letters not yet sent whose question was deleted while we were away."""
        later = self._clock.now() + timedelta(days=1)
        asked = {
            letter.reply_to: letter.channel_id
            for letter in await self._store.letters_to_send(later, MOST_AT_ONCE)
            if letter.reply_to is not None
        }
        for message_id, channel_id in asked.items():
            with contextlib.suppress(Refused, Unreachable):
                if await self._postbox.fetch(channel_id, message_id) is None:
                    await self.receive_deleted(channel_id, message_id)

    async def resume(self) -> int:
        """Deal with everything that was kept and not finished; return how much that was."""
        held = frozenset(self._in_hand)
        waiting = [
            seen
            for seen in await self._store.unfinished(MOST_AT_ONCE)
            if key_of(seen) not in held | self._in_hand
        ]
        for seen in waiting:
            try:
                with self._holding(seen):
                    await self._take_up(seen)
            except StoreUnwritable:
                raise
            except Exception as error:
                name = type(error).__name__
                log.error("a message is not dealt with yet id=%d (%s)", seen.message_id, name)
        return len(waiting)

    async def _take_up(self, seen: Seen) -> None:
        settings = await self._store.settings(seen.guild_id)
        try:
            post = await self._postbox.fetch(seen.channel_id, seen.message_id)
        except Unreachable:
            return
        except Refused as refused:
            log.warning("a message may not be read again id=%d: %s", seen.message_id, refused)
            await self._open_unread(seen, settings)
            return
        if post is None or settings is None:
            await self._store.apply(Changes(done=(key_of(seen),)))
            return
        await self._deal_with(post, seen, settings)

    async def _open_unread(self, seen: Seen, settings: GuildSettings | None) -> None:
        """Put a message before the volunteers that we took in and may no longer read."""
        changes = Changes()
        async with self._locks.holding(seen.channel_id):
            if settings is not None and not await self._store.cases_in(seen.channel_id):
                case, events = open_case(self._new_case(seen, UNHEARD), self._clock.now())
                changes = write_of(None, case, events, settings)
            await self._store.apply(with_done(changes, key_of(seen)))
        for write in changes.cases:
            self._casework.ring(write.case)

    @contextlib.contextmanager
    def _holding(self, seen: Seen) -> Iterator[None]:
        """Keep `resume` from taking up what is being dealt with just now."""
        self._in_hand.add(key_of(seen))
        try:
            yield
        finally:
            self._in_hand.discard(key_of(seen))

    def _concerns_us(self, post: Post, settings: GuildSettings) -> bool:
        if post.author_is_bot or not settings.ready:
            return False
        if settings.watching_since is None or sent_at(post.id) < settings.watching_since:
            return False
        watched = {post.channel_id, post.parent_id} & settings.help_channels
        return bool(watched) or (post.mentions_bot and bool(post.text.strip()))

    def _seen(self, post: Post) -> Seen:
        revision = 0 if post.edited_at is None else int(post.edited_at.timestamp() * 1000)
        author = self._pseudonyms.of(post.author_id)
        return Seen(post.id, revision, post.guild_id, post.channel_id, author, self._clock.now())

    async def _deal_with(self, post: Post, seen: Seen, settings: GuildSettings) -> None:
        async with self._locks.holding(post.channel_id):
            for attempt in range(ATTEMPTS):
                try:
                    changes = Changes()
                    if post.id not in self._deleted:
                        changes = await self._consider(post, seen, settings)
                    await self._store.apply(with_done(changes, key_of(seen)))
                except Conflict:
                    if attempt == ATTEMPTS - 1:
                        raise
                    continue
                for write in changes.cases:
                    self._casework.ring(write.case)
                if changes.alarms:
                    self._alarms.ring(post.guild_id)
                return

    async def _consider(self, post: Post, seen: Seen, settings: GuildSettings) -> Changes:
        """Decide all that one message means, as one set of changes."""
        text = "\n".join(filter(None, (post.title, post.text)))
        concern = self._ear.concern(text, post.id)
        cases = await self._store.cases_in(post.channel_id)
        hearing = await self._ear.hear(text, post.id)
        heard = Heard(
            post,
            seen,
            settings,
            cases,
            hearing,
            self._ear.voice(text, post.id) if cases else Voice.UNCLEAR,
            in_danger=concern is not None,
            hushed=concern is not None or await self._alarms.stands(post.channel_id, seen.author),
            answers_case=await self._case_replied_to(post),
        )
        changes = Changes()
        if concern is not None:
            changes = await self._alarms.raise_for(post, seen, concern, settings)
        own = own_case(heard)
        if own is not None:
            return merge(changes, await self._follow_up(heard, own))
        if is_theirs_to_ask(heard, self._clock.now()):
            return merge(changes, await self._open(heard))
        if answers_others(heard):
            return merge(changes, self._human_answer(heard))
        return changes

    async def _open(self, heard: Heard) -> Changes:
        case, events = open_case(self._new_case(heard.seen, heard.hearing), self._clock.now())
        letters = await self._opening(heard, case, case.parts)
        return replace(write_of(None, case, events, heard.settings), letters=letters)

    def _new_case(self, seen: Seen, hearing: Hearing) -> Case:
        return Case(
            id=seen.message_id,
            guild_id=seen.guild_id,
            channel_id=seen.channel_id,
            asker=seen.author,
            opened_at=self._clock.now(),
            waiting_since=sent_at(seen.message_id),
            parts=parts_of(hearing) or (Part(1, PartStatus.NEEDS_HUMAN),),
        )

    async def _follow_up(self, heard: Heard, case: Case) -> Changes:
        """Hear what an asker adds: new questions are answered, old ones are not answered twice."""
        edited = heard.seen.revision > 0
        heard_now = parts_of(heard.hearing, given_in(case.parts))
        fresh = tuple(part for part in heard_now if not is_known(part, case, edited=edited))
        if not fresh:
            return Changes()
        grown, events = transition(case, AskMore(fresh), self._clock.now())
        added = grown.parts[len(case.parts) :]
        news = any(part.status is not PartStatus.NEEDS_HUMAN for part in added)
        letters: tuple[Letter, ...] = ()
        if news or not case.queued:
            # In a case that waits already, one more open question needs no further word of ours.
            letters = await self._opening(heard, grown, added)
        return replace(write_of(case, grown, events, heard.settings), letters=letters)

    async def _opening(
        self, heard: Heard, case: Case, parts: tuple[Part, ...]
    ) -> tuple[Letter, ...]:
        """Return our reply to these parts; none while a safety card must stand alone."""
        if heard.hushed or await self._store.silenced(case.guild_id, case.asker):
            return ()
        now = self._clock.now()
        return opening_letters(
            case,
            parts,
            now,
            above=await self._answered_above(heard.cases),
            private=self._ear.has_details(heard.post.text, heard.post.id),
            nation=heard.hearing.nation,
            away=now - sent_at(heard.post.id) > AWAY,
            reply_to=heard.post.id,
        )

    def _human_answer(self, heard: Heard) -> Changes:
        """Note that a person has answered: the whole thread, or the message replied to."""
        now = self._clock.now()
        changes = Changes()
        for case in heard.cases:
            meant = heard.post.parent_id is not None or heard.answers_case == case.id
            if not meant or not case.is_open:
                continue
            answered, events = transition(case, HumanReply(), now)
            changes = merge(changes, write_of(case, answered, events, heard.settings))
        return changes

    async def _case_replied_to(self, post: Post) -> int | None:
        """Return the case a reply belongs to: it may answer the question, or a letter of ours."""
        if post.reply_to is None:
            return None
        letter = await self._store.letter_sent_as(post.reply_to)
        return post.reply_to if letter is None else letter.subject

    async def _answered_above(self, cases: tuple[Case, ...]) -> dict[str, int]:
        """Return where in this conversation each entry has been given already."""
        above: dict[str, int] = {}
        for case in cases:
            for letter in await self._store.letters_of(case.id):
                entry = letter.content.get("entry")
                if letter.kind is LetterKind.ANSWER and letter.message_id and entry:
                    above.setdefault(str(entry), letter.message_id)
        return above


def key_of(seen: Seen) -> tuple[int, int]:
    """Return what names an inbox row."""
    return seen.message_id, seen.revision


def merge(one: Changes, other: Changes) -> Changes:
    """Return both sets of changes as one."""
    return Changes(
        cases=one.cases + other.cases,
        alarms=one.alarms + other.alarms,
        events=one.events + other.events,
        letters=one.letters + other.letters,
        recall=one.recall + other.recall,
        due=one.due + other.due,
        done=one.done + other.done,
        settings=one.settings + other.settings,
    )
