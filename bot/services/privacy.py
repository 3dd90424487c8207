"""What members may ask of us about themselves, and what volunteers may ask of members."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from bot.cases.capability import Actor
from bot.services.bells import Bells
from bot.services.editing import must_help
from bot.services.errors import NotSetUp, Refusal
from bot.services.ports import Clock, Post, Postbox, Refused, Store, Unreachable
from bot.services.records import Changes, Held, Letter, LetterKind

log = logging.getLogger(__name__)


class AlreadyAsked(Refusal):
    """The member has been asked already, in a reply to that message. Asking once is kinder."""


class NotAMembers(Refusal):
    """That message was not written by a member, so there is nothing to ask."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of a wish to be forgotten."""

    replies: int
    """How many messages of ours stood in their conversations."""
    removed: int
    """How many of them were taken down."""


class Privacy:
    """Shows, erases and holds back, at once and without anybody's leave."""

    def __init__(self, store: Store, clock: Clock, bells: Bells, postbox: Postbox) -> None:
        self._store = store
        self._clock = clock
        self._bells = bells
        self._postbox = postbox

    async def held(self, actor: Actor) -> Held:
        """Count what is kept about a member."""
        return await self._store.held(actor.pseudonym)

    async def forget(self, actor: Actor, *, replies_too: bool) -> Forgotten:
        """Erase a member at once; take our replies to them down where they wish it."""
        letters = await self._store.erase(actor.pseudonym, self._clock.now())
        for guild_id in {actor.guild_id, *(letter.guild_id for letter in letters)}:
            self._bells.queue_changed(guild_id)
        removed = await self._take_down(letters) if replies_too else 0
        log.info("a member was forgotten replies=%d removed=%d", len(letters), removed)
        return Forgotten(len(letters), removed)

    async def quiet(self, actor: Actor, on: bool) -> None:
        """Stop answering a member here, or begin again."""
        await self._store.silence(actor.guild_id, actor.pseudonym, on)

    async def ask_to_edit(self, actor: Actor, post: Post) -> None:
        """Ask a member, in reply to their message, to take identifying details out of it.

        Raises `NotYours`, `NotAMembers`, `NotSetUp` or `AlreadyAsked`.
        """
        must_help(actor)
        if post.author_is_bot:
            raise NotAMembers
        settings = await self._store.settings(actor.guild_id)
        if settings is None or not settings.ready:
            raise NotSetUp
        known = await self._store.letters_of(post.id)
        if any(letter.kind is LetterKind.DETAILS for letter in known):
            raise AlreadyAsked
        letter = Letter(
            subject=post.id,
            kind=LetterKind.DETAILS,
            seq=0,
            guild_id=actor.guild_id,
            channel_id=post.channel_id,
            created_at=self._clock.now(),
            reply_to=post.id,
        )
        await self._store.apply(Changes(letters=(letter,)))
        self._bells.outbox.ring()

    async def _take_down(self, letters: Iterable[Letter]) -> int:
        """Remove our messages one by one; return how many are gone."""
        removed = 0
        for letter in letters:
            if letter.message_id is None:
                continue
            try:
                await self._postbox.remove(letter.channel_id, letter.message_id)
            except (Refused, Unreachable):
                log.warning("a reply could not be taken down message=%d", letter.message_id)
            else:
                removed += 1
        return removed
