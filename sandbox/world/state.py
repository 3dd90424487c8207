"""Everything that is the case in the sandbox, and the list of what happened.

The rooms beside this file (people, channels, threads, messages …) are functions over it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox import errors, permissions
from sandbox.clock import Clock
from sandbox.permissions import Permission
from sandbox.snowflake import Snowflakes
from sandbox.values import Json
from sandbox.world.interaction import Interaction
from sandbox.world.kinds import THREADS, ChannelType
from sandbox.world.mentions import Pinged
from sandbox.world.users import new_user

Listener = Callable[["Event"], None]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: Discord's event name and payload, and who may know of it.

    `private_to` names the one person who sees it (an ephemeral message). The events named in
    `world.kinds.WORLD_ONLY` are for watchers of the sandbox and have no place on the wire.
    """

    name: str
    data: Json
    channel: Json | None = None
    guild_id: str | None = None
    private_to: str | None = None


@dataclass(slots=True)
class Guild:
    """A server: Discord's own objects by id, and the order of its channels."""

    id: str
    name: str
    owner_id: str
    joined_at: str
    roles: dict[str, Json] = field(default_factory=dict)
    members: dict[str, Json] = field(default_factory=dict)
    channels: list[str] = field(default_factory=list)


class World:
    """The state of one Discord, told the time by `clock`."""

    def __init__(
        self, clock: Clock, bot_name: str = "Alongside", keep_events: int = 10_000
    ) -> None:
        self.clock = clock
        self.new_id = Snowflakes(clock)
        self.users: dict[str, Json] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.thread_members: dict[str, dict[str, Json]] = {}
        self.direct: dict[str, str] = {}
        self.unfilled: set[str] = set()
        self.closed_to_bots: set[str] = set()
        self.reactions: dict[str, dict[str, list[str]]] = {}
        self.pinged: dict[str, Pinged] = {}
        self.commands: dict[str, Json] = {}
        self.interactions: dict[str, Interaction] = {}
        self.nonces: dict[tuple[str, str, str], str] = {}
        self.nonce_window = 300.0
        self.interaction_deadline = 3.0
        self.token_lifetime = 900.0
        self.cdn = "http://127.0.0.1/cdn"
        self.events: deque[Event] = deque(maxlen=keep_events)
        self._listeners: list[Listener] = []
        self.bot_id = self.new_id()
        self.users[self.bot_id] = new_user(self.bot_id, bot_name, bot=True)

    @property
    def bot(self) -> Json:
        """Return the application's own user."""
        return self.users[self.bot_id]

    def stamp(self) -> str:
        """Return the present moment as Discord writes it."""
        return self.clock.now().isoformat()

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Call `callback` with every event from now on; the returned function stops it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def emit(
        self, name: str, data: Json, channel: Json | None = None, private_to: str | None = None
    ) -> None:
        """Record an event and tell every listener."""
        guild_id = (channel or data).get("guild_id")
        event = Event(name, data, channel, guild_id, private_to)
        self.events.append(event)
        for listener in tuple(self._listeners):
            listener(event)

    def guild(self, guild_id: str) -> Guild:
        """Return a guild, or raise UnknownGuild."""
        if guild_id not in self.guilds:
            raise errors.UnknownGuild
        return self.guilds[guild_id]

    def channel(self, channel_id: str) -> Json:
        """Return a channel or thread, or raise UnknownChannel."""
        if channel_id not in self.channels:
            raise errors.UnknownChannel
        return self.channels[channel_id]

    def message(self, channel_id: str, message_id: str) -> Json:
        """Return a message, or raise UnknownMessage."""
        found = self.messages.get(channel_id, {}).get(message_id)
        if found is None:
            raise errors.UnknownMessage
        return found

    def user(self, user_id: str) -> Json:
        """Return a user, or raise UnknownUser."""
        if user_id not in self.users:
            raise errors.UnknownUser
        return self.users[user_id]

    def member(self, guild_id: str, user_id: str) -> Json:
        """Return a guild's member, or raise UnknownMember."""
        found = self.guild(guild_id).members.get(user_id)
        if found is None:
            raise errors.UnknownMember
        return found

    def permissions(self, user_id: str, channel: Json) -> int:
        """Return what a user may do in a channel, as permission bits."""
        if "guild_id" not in channel:
            there = any(person["id"] == user_id for person in channel["recipients"])
            return permissions.ALL if there or user_id == self.bot_id else 0
        guild = self.guilds[channel["guild_id"]]
        member = guild.members.get(user_id)
        if member is None:
            return 0
        if user_id == guild.owner_id:
            return permissions.ALL
        base = self.channels[channel["parent_id"]] if channel["type"] in THREADS else channel
        bits = permissions.in_guild(guild.id, guild.roles, member)
        bits = permissions.in_channel(bits, guild.id, member, base["permission_overwrites"])
        return 0 if self._shut_out(user_id, channel, bits) else bits

    def _shut_out(self, user_id: str, channel: Json, bits: int) -> bool:
        """Say whether a private thread is closed to someone."""
        if channel["type"] != ChannelType.PRIVATE_THREAD or bits & Permission.MANAGE_THREADS.value:
            return False
        return user_id not in self.thread_members[channel["id"]]

    def sees(self, user_id: str, channel: Json) -> bool:
        """Say whether a user can see a channel."""
        return bool(self.permissions(user_id, channel) & Permission.VIEW_CHANNEL.value)

    def need(self, user_id: str, channel: Json, *wanted: Permission) -> None:
        """Raise MissingAccess or MissingPermissions unless a user may do all that is wanted."""
        bits = self.permissions(user_id, channel)
        if not bits & Permission.VIEW_CHANNEL.value:
            raise errors.MissingAccess
        if any(not bits & permission.value for permission in wanted):
            raise errors.MissingPermissions

    def need_in_guild(self, user_id: str, guild_id: str, *wanted: Permission) -> None:
        """Raise unless a user's roles give all that is wanted in a whole guild."""
        guild = self.guild(guild_id)
        member = guild.members.get(user_id)
        if member is None:
            raise errors.MissingAccess
        owner = user_id == guild.owner_id
        bits = permissions.in_guild(guild.id, guild.roles, member)
        if not owner and any(not bits & permission.value for permission in wanted):
            raise errors.MissingPermissions
