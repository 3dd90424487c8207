"""Turn Discord's messages into Posts: ids, flags and text that lives in memory only."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.services.ports import Post

STARTS_ITSELF = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Kinds of message that a person wrote; the rest are Discord's own notices."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a message stands."""

    guild_id: int
    parent_id: int | None = None
    """The channel a thread belongs to; None for a plain channel."""
    title: str = ""
    """The title of a thread."""


class Posts:
    """Reads messages, whatever the caches happen to hold."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._fetched: dict[int, Where] = {}
        self._members: dict[tuple[int, int], frozenset[int]] = {}

    async def read(self, message: discord.Message) -> Post:
        """Return a message as a Post."""
        # A message read from history by its channel's id alone knows no guild.
        where = await self._where(message.channel.id)
        me = self._client.user
        reference = message.reference
        starts = message.id == message.channel.id
        return Post(
            id=message.id,
            guild_id=where.guild_id,
            channel_id=message.channel.id,
            parent_id=where.parent_id,
            author_id=message.author.id,
            author_is_bot=message.author.bot
            or message.webhook_id is not None
            or message.type not in STARTS_ITSELF,
            text=message.content,
            author_roles=await self._roles(message, where.guild_id),
            mentions_bot=me is not None and any(user.id == me.id for user in message.mentions),
            edited_at=message.edited_at,
            reply_to=reference.message_id if reference else None,
            title=where.title if starts else "",
        )

    def forget(self, channel_id: int) -> None:
        """Drop what is remembered of a thread: its title may have changed."""
        self._fetched.pop(channel_id, None)

    def new_session(self) -> None:
        """Drop what is remembered of anybody: roles may have changed while we were away."""
        self._fetched.clear()
        self._members.clear()

    async def _where(self, channel_id: int) -> Where:
        """Return the guild of a channel; of a thread its parent and title too."""
        known = self._client.get_channel(channel_id)
        if known is None and channel_id not in self._fetched:
            # An archived thread is evicted from the cache, and its messages still come.
            self._fetched[channel_id] = where(await self._client.fetch_channel(channel_id))
        return self._fetched[channel_id] if known is None else where(known)

    async def _roles(self, message: discord.Message, guild_id: int) -> frozenset[int]:
        """Return the author's roles; messages read from history do not carry them."""
        author = message.author
        if isinstance(author, discord.Member):
            return frozenset(role.id for role in author.roles)
        guild = self._client.get_guild(guild_id)
        if guild is None or author.bot:
            return frozenset()
        key = guild.id, author.id
        if key not in self._members:
            try:
                member = await guild.fetch_member(author.id)
                self._members[key] = frozenset(role.id for role in member.roles)
            except discord.NotFound:
                self._members[key] = frozenset()
        return self._members[key]


def where(channel: object) -> Where:
    """Return where a channel stands; private ones belong to no guild."""
    if isinstance(channel, discord.Thread):
        return Where(channel.guild.id, channel.parent_id, channel.name)
    if isinstance(channel, discord.abc.GuildChannel):
        return Where(channel.guild.id)
    return Where(0)
