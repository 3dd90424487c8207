"""Turn Discord's messages into Posts: ids, flags and text that lives in memory only."""

from __future__ import annotations

import discord

from bot.services.ports import Post

STARTS_ITSELF = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Kinds of message that a person wrote; the rest are Discord's own notices."""


class Posts:
    """Reads messages, whatever the caches happen to hold."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._parents: dict[int, tuple[int | None, str]] = {}
        self._members: dict[tuple[int, int], frozenset[int]] = {}

    async def read(self, message: discord.Message) -> Post:
        """Return a message as a Post."""
        parent, title = await self._thread(message.channel.id, message.guild)
        me = self._client.user
        reference = message.reference
        starts = message.id == message.channel.id
        return Post(
            id=message.id,
            guild_id=message.guild.id if message.guild else 0,
            channel_id=message.channel.id,
            parent_id=parent,
            author_id=message.author.id,
            author_is_bot=message.author.bot
            or message.webhook_id is not None
            or message.type not in STARTS_ITSELF,
            text=message.content,
            author_roles=await self._roles(message),
            mentions_bot=me is not None and any(user.id == me.id for user in message.mentions),
            edited_at=message.edited_at,
            reply_to=reference.message_id if reference else None,
            title=title if starts else "",
        )

    def forget(self, channel_id: int) -> None:
        """Drop what is remembered of a thread: its title may have changed."""
        self._parents.pop(channel_id, None)

    def new_session(self) -> None:
        """Drop what is remembered of anybody: roles may have changed while we were away."""
        self._parents.clear()
        self._members.clear()

    async def _thread(self, channel_id: int, guild: discord.Guild | None) -> tuple[int | None, str]:
        """Return a thread's parent and title; (None, "") for a plain channel."""
        known = guild.get_channel_or_thread(channel_id) if guild else None
        if known is None and channel_id in self._parents:
            return self._parents[channel_id]
        if known is None:
            # An archived thread is evicted from the cache, and its messages still come.
            fetched = await self._client.fetch_channel(channel_id)
            known = fetched if isinstance(fetched, discord.abc.GuildChannel) else None
            if isinstance(fetched, discord.Thread):
                self._parents[channel_id] = (fetched.parent_id, fetched.name)
                return self._parents[channel_id]
        if isinstance(known, discord.Thread):
            return known.parent_id, known.name
        return None, ""

    async def _roles(self, message: discord.Message) -> frozenset[int]:
        """Return the author's roles; messages read from history do not carry them."""
        author = message.author
        if isinstance(author, discord.Member):
            return frozenset(role.id for role in author.roles)
        guild = message.guild
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
