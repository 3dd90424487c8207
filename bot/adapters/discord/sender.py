"""Send to Discord and read back what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import discord

from bot.adapters.discord.client import Client
from bot.adapters.discord.failures import calling
from bot.adapters.discord.posts import Posts
from bot.adapters.discord.rendering import layout, mark_of, plain_message, plain_view
from bot.guidance.reply import Reply
from bot.services.ports import Post, Refused
from bot.services.snowflake import first_at

LOOK_BACK = timedelta(seconds=5)
"""Our clock and Discord's may differ by a little."""


class Sender:
    """The postbox. Works from ids: an archived thread is in no cache."""

    def __init__(self, client: Client, posts: Posts) -> None:
        self._client = client
        self._posts = posts

    async def send(
        self, channel_id: int, reply: Reply, *, nonce: str, reply_to: int | None, plain: bool
    ) -> int:
        """Send one message; return its id. Raises `Refused` or `Unreachable`."""
        channel = self._client.get_partial_messageable(channel_id)
        reference = None
        # A forum thread's first message has the thread's own id and needs no reference to be
        # understood; only a ping does.
        if reply_to is not None and (reply_to != channel_id or reply.mention_author):
            reference = discord.MessageReference(
                message_id=reply_to, channel_id=channel_id, fail_if_not_exists=False
            )
        allowed = _allowed(reply)
        async with calling(self._client.brake):
            if plain:
                sent = await channel.send(
                    plain_message(reply),
                    view=plain_view(reply) or discord.utils.MISSING,
                    nonce=nonce,
                    reference=reference,  # type: ignore[arg-type]
                    allowed_mentions=allowed,
                    suppress_embeds=True,
                )
            else:
                sent = await channel.send(
                    view=layout(reply, nonce=nonce),
                    nonce=nonce,
                    reference=reference,  # type: ignore[arg-type]
                    allowed_mentions=allowed,
                )
        return sent.id

    async def find_own(
        self, channel_id: int, reply: Reply, *, nonce: str, reply_to: int | None, since: datetime
    ) -> int | None:
        """Look for our message with that nonce's mark, or that text, sent since a moment."""
        channel = self._client.get_partial_messageable(channel_id)
        me = self._client.user
        text = plain_message(reply)
        after = discord.Object(first_at(since - LOOK_BACK))
        async with calling(self._client.brake):
            async for message in channel.history(limit=None, after=after, oldest_first=True):
                if me is None or message.author.id != me.id:
                    continue
                marks = {getattr(part, "id", None) for part in message.components}
                if mark_of(nonce) in marks or (message.content and message.content == text):
                    return message.id
        return None

    async def replace(self, channel_id: int, message_id: int, reply: Reply, *, plain: bool) -> None:
        """Edit a message of ours. Raises `Refused` or `Unreachable`.

        A layout cannot become plain text any more: it is taken away, and refused as gone.
        """
        channel = self._client.get_partial_messageable(channel_id)
        message = channel.get_partial_message(message_id)
        none = discord.AllowedMentions.none()
        try:
            async with calling(self._client.brake):
                if plain:
                    text, view = plain_message(reply), plain_view(reply)
                    await message.edit(content=text, view=view, allowed_mentions=none)
                else:
                    # Discord wants the text of a plain message taken out when it becomes a layout.
                    await message.edit(content=None, view=layout(reply), allowed_mentions=none)
        except Refused as refused:
            if not plain or refused.reason != "invalid":
                raise
            async with calling(self._client.brake):
                drawn = await message.fetch()
            if not drawn.flags.components_v2:
                raise
            await self.remove(channel_id, message_id)
            raise Refused("gone") from refused

    async def remove(self, channel_id: int, message_id: int) -> None:
        """Delete a message of ours; one that is gone already is fine."""
        channel = self._client.get_partial_messageable(channel_id)
        try:
            async with calling(self._client.brake):
                await channel.get_partial_message(message_id).delete()
        except Refused as refused:
            if refused.reason != "gone":
                raise

    async def fetch(self, channel_id: int, message_id: int) -> Post | None:
        """Read a message again; None when it is gone. Raises `Refused` or `Unreachable`."""
        channel = self._client.get_partial_messageable(channel_id)
        try:
            async with calling(self._client.brake):
                message = await channel.fetch_message(message_id)
                return await self._posts.read(message)
        except Refused as refused:
            if refused.reason != "gone":
                raise
            return None

    async def history(self, channel_id: int, *, after: int, limit: int = 1000) -> Sequence[Post]:
        """Read a channel's messages after an id, oldest first. Raises as `send` does."""
        channel = self._client.get_partial_messageable(channel_id)
        async with calling(self._client.brake):
            return [
                await self._posts.read(message)
                async for message in channel.history(
                    limit=limit, after=discord.Object(after), oldest_first=True
                )
            ]


def _allowed(reply: Reply) -> discord.AllowedMentions:
    """Return the only pings this message may cause: never everyone, never a name in a text."""
    roles: list[discord.Object] = []
    if reply.mention_role is not None:
        roles.append(discord.Object(reply.mention_role))
    return discord.AllowedMentions(
        everyone=False, users=False, roles=roles, replied_user=reply.mention_author
    )
