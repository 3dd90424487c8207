"""The connection to Discord: intents, sessions, and where each raw event goes.

We work from ids and raw events: an archived thread is in no cache, and the gateway replays
nothing to a new session (discord.com/developers/docs/topics/gateway).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from inspect import getdoc
from typing import Any

import discord

from bot.adapters.discord.brake import Brake
from bot.adapters.discord.failures import calling
from bot.adapters.discord.listener import Listener
from bot.adapters.discord.posts import Posts
from bot.adapters.discord.sessions import Sessions
from bot.services.catchup import Place
from bot.services.ports import Clock, Refused

log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True, guild_messages=True, message_content=True)
"""33281: the least with which questions can be read."""
SHORT_PAUSE = 20.0
"""Seconds that may pass between HELLO and IDENTIFY: Discord and discord.py give up after a
minute, so for longer the connection is closed first."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between tries while Discord cannot be reached at all."""
STEADY = timedelta(minutes=1)
"""A connection that lasted this long ends a run of failures to connect."""
BAD_TOKEN_CLOSE = 4004


class TokenRefused(Exception):
    """Discord does not accept DISCORD_TOKEN.

    Make a new one at https://discord.com/developers/applications (Bot, Reset Token) and put it in
    .env.
    """


class IntentsRefused(Exception):
    """Discord has not granted the Message Content intent.

    Switch it on at https://discord.com/developers/applications (Bot, Privileged Gateway Intents)
    and start again.
    """


class Breather(Exception):
    """Too many sessions have failed: no new one may begin for a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no new session for {seconds:.0f} seconds")
        self.seconds = seconds


class Client(discord.Client):
    """An unmodified discord.py client that tells a Listener what it sees."""

    def __init__(self, clock: Clock, *, guild_ready_timeout: float = 2.0) -> None:
        self.brake = Brake()
        super().__init__(
            http_trace=self.brake.trace(),
            intents=INTENTS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=60.0,
            guild_ready_timeout=guild_ready_timeout,
        )
        self.posts = Posts(self)
        self.listener: Listener | None = None
        self.tree: discord.app_commands.CommandTree[Client] | None = None
        self._clock = clock
        self._sessions = Sessions(clock)
        self._offered = False
        self._leaving = False

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait a moment if the last session failed; a longer wait was over before we connected."""
        await asyncio.sleep(min(self._sessions.pause(), SHORT_PAUSE))
        self._sessions.begins()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Pass an event on. Raises `Breather` when a session is lost for good too often.

        discord.py says `disconnect` before it connects again, and its own hook comes only once the
        next connection stands, which may not wait.
        """
        if self.is_closed():
            return  # discord.py would have no loop any more to tell it in
        super().dispatch(event, *args, **kwargs)
        lost = event == "disconnect" and self.ws is not None and self.ws.session_id is None
        if lost and (pause := self._sessions.pause()) > SHORT_PAUSE:
            raise Breather(pause)

    async def serve(self, token: str) -> None:
        """Connect and stay connected, trying again for as long as Discord cannot be reached.

        Raises `TokenRefused` or `IntentsRefused`: trying again would not help.
        """
        pause = FIRST_PAUSE
        while not self.is_closed():
            began = self._clock.now()
            try:
                await self.start(token)
            except discord.LoginFailure as error:
                raise TokenRefused(getdoc(TokenRefused)) from error
            except discord.PrivilegedIntentsRequired as error:
                raise IntentsRefused(getdoc(IntentsRefused)) from error
            except Breather as breather:
                wait = breather.seconds
                log.log(logging.ERROR if self._sessions.troubled else logging.WARNING, breather)
            except Exception as error:
                if isinstance(error, discord.ConnectionClosed) and error.code == BAD_TOKEN_CLOSE:
                    raise TokenRefused(getdoc(TokenRefused)) from error
                if self._leaving and not isinstance(error, discord.ConnectionClosed):
                    return
                # discord.py gives up when the first attempt fails, and on an event it cannot read.
                log.warning("the connection failed (%s); trying again", type(error).__name__)
                pause = FIRST_PAUSE if self._clock.now() - began > STEADY else pause
                wait, pause = pause, min(pause * 2, LONGEST_PAUSE)
            else:
                return
            await self._start_afresh()
            await asyncio.sleep(wait)

    async def close(self) -> None:
        """Close for good: what breaks because of it is no reason to connect again."""
        self._leaving = True
        self.brake.shut()
        await super().close()

    async def _start_afresh(self) -> None:
        """Let go of the failed connection, so that `start` can be called again."""
        await self.on_disconnect()
        await super().close()
        self._leaving = False
        self.http.connector = discord.utils.MISSING
        self.clear()
        await self.__aenter__()

    async def setup_hook(self) -> None:
        """Offer our commands, once a start: a command that Discord does not know cannot be used."""
        if self.tree is not None and not self._offered:
            await self.tree.sync()
            self._offered = True

    def places(self) -> Iterable[Place]:
        """Yield every channel and active thread we can see, newest message first known."""
        for guild in self.guilds:
            for channel in guild.text_channels:
                yield Place(channel.id, guild.id, channel.last_message_id)
            for thread in guild.threads:
                yield Place(thread.id, guild.id, thread.last_message_id)

    async def archived(self, channel_id: int, since: datetime) -> list[Place]:
        """Return the threads of a channel archived after a moment. Raises `Unreachable`."""
        channel = self.get_channel(channel_id)
        found: list[Place] = []
        if not isinstance(channel, discord.ForumChannel | discord.TextChannel):
            return found
        try:
            async with calling(self.brake):
                async for thread in channel.archived_threads(limit=None):
                    if thread.archive_timestamp < since:
                        break
                    found.append(Place(thread.id, thread.guild.id, thread.last_message_id))
        except Refused as refused:
            log.warning("archived threads cannot be read channel=%d: %s", channel_id, refused)
        return found

    # What discord.py calls; each line only receives and passes on.

    async def on_ready(self) -> None:
        """A new session: catch up on everything."""
        self._sessions.ready()
        self.posts.new_session()
        if self.listener:
            await self.listener.connected()

    async def on_resumed(self) -> None:
        """The same session again: Discord has replayed what was missed."""
        if self.listener:
            await self.listener.resumed()

    async def on_disconnect(self) -> None:
        """Nothing can be sent until the next session."""
        self._sessions.down()
        if self.listener:
            self.listener.disconnected()

    async def on_message(self, message: discord.Message) -> None:
        """A message, ours or anybody's."""
        if self.listener is None or message.guild is None:
            return
        if self.user is not None and message.author.id == self.user.id:
            nonce = None if message.nonce is None else str(message.nonce)
            await self.listener.echoed(message.channel.id, nonce, message.id)
            return
        await self._hand_on(message, self.listener)

    async def _hand_on(self, message: discord.Message, listener: Listener) -> None:
        """Tell of a message; where it cannot be made out now, have its channel read again."""
        try:
            post = await self.posts.read(message)
        except Exception as error:
            name = type(error).__name__
            log.warning("a message is read later channel=%d (%s)", message.channel.id, name)
            guild_id = message.guild.id if message.guild else 0
            await listener.thread_stirred(Place(message.channel.id, guild_id, None))
        else:
            await listener.posted(post)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """An edit: Discord also sends these for link previews, which have no edit time."""
        message = payload.message
        if self.listener is None or message.guild is None or message.edited_at is None:
            return
        await self._hand_on(message, self.listener)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message has gone."""
        if self.listener:
            await self.listener.deleted(payload.channel_id, payload.message_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Several messages have gone at once."""
        for message_id in payload.message_ids:
            if self.listener:
                await self.listener.deleted(payload.channel_id, message_id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread has gone."""
        if self.listener:
            await self.listener.channel_gone(payload.thread_id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel has gone."""
        if self.listener:
            await self.listener.channel_gone(channel.id)

    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """A thread has changed: perhaps its title, perhaps it is back from the archive."""
        self.posts.forget(payload.thread_id)
        archived = payload.data["thread_metadata"]["archived"]
        if self.listener and not archived:
            newest = payload.data.get("last_message_id")
            place = Place(payload.thread_id, payload.guild_id, int(newest) if newest else None)
            await self.listener.thread_stirred(place)

    async def on_thread_join(self, thread: discord.Thread) -> None:
        """A thread we can now see; a revived one is announced by this event alone."""
        if self.listener:
            await self.listener.thread_stirred(
                Place(thread.id, thread.guild.id, thread.last_message_id)
            )

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a guild (an outage of Discord's does not call this)."""
        if self.listener:
            await self.listener.guild_gone(guild.id)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """An event that could not be dealt with: logged by name, never with what it carried."""
        log.exception("an event failed: %s", event_method)
