"""Channels, their overwrites, and direct messages."""

from collections.abc import Iterable

from sandbox import errors
from sandbox.values import Json
from sandbox.world import shapes
from sandbox.world.kinds import THREADS, ChannelType
from sandbox.world.state import Guild, World

REQUIRE_TAG = 1 << 4
EDITABLE = (
    "name",
    "topic",
    "position",
    "parent_id",
    "nsfw",
    "rate_limit_per_user",
    "flags",
    "default_auto_archive_duration",
)


def add_channel(
    world: World,
    guild: Guild,
    name: str,
    kind: ChannelType = ChannelType.TEXT,
    *,
    overwrites: Iterable[Json] = (),
    tags: Iterable[str] = (),
    topic: str | None = None,
) -> Json:
    """Add a channel; `tags` are the names of a forum's tags."""
    channel: Json = {
        "id": world.new_id(),
        "type": int(kind),
        "guild_id": guild.id,
        "name": name,
        "position": len(guild.channels),
        "permission_overwrites": list(overwrites),
        "parent_id": None,
        "topic": topic,
        "nsfw": False,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    if kind is ChannelType.FORUM:
        channel |= _forum(world, tags)
    world.channels[channel["id"]] = channel
    world.messages[channel["id"]] = {}
    guild.channels.append(channel["id"])
    world.emit("CHANNEL_CREATE", channel, channel)
    return channel


def _forum(world: World, tags: Iterable[str]) -> Json:
    return {
        "available_tags": [tag(world, name) for name in tags],
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
    }


def tag(world: World, name: str, moderated: bool = False) -> Json:
    """Make a forum tag."""
    return {
        "id": world.new_id(),
        "name": name,
        "moderated": moderated,
        "emoji_id": None,
        "emoji_name": None,
    }


def overwrite(target: Json, allow: int = 0, deny: int = 0, member: bool = False) -> Json:
    """Make a permission overwrite for a role, or for a member."""
    return {
        "id": target["id"],
        "type": 1 if member else 0,
        "allow": str(allow),
        "deny": str(deny),
    }


def edit_channel(world: World, channel: Json, body: Json) -> Json:
    """Change a channel that is not a thread."""
    before = world.sees(world.bot_id, channel)
    channel.update({key: body[key] for key in EDITABLE if key in body})
    if "available_tags" in body:
        channel["available_tags"] = [
            tag(world, "") | {k: v for k, v in given.items() if v is not None}
            for given in body["available_tags"]
        ]
    if body.get("permission_overwrites") is not None:
        channel["permission_overwrites"] = body["permission_overwrites"]
    _tell_of_change(world, channel, before)
    return channel


def set_overwrite(world: World, channel: Json, given: Json) -> None:
    """Put a permission overwrite in place of the target's former one."""
    before = world.sees(world.bot_id, channel)
    others = [old for old in channel["permission_overwrites"] if old["id"] != given["id"]]
    channel["permission_overwrites"] = [*others, given]
    _tell_of_change(world, channel, before)


def drop_overwrite(world: World, channel: Json, target_id: str) -> None:
    """Take a target's overwrite away."""
    before = world.sees(world.bot_id, channel)
    channel["permission_overwrites"] = [
        old for old in channel["permission_overwrites"] if old["id"] != target_id
    ]
    _tell_of_change(world, channel, before)


def _tell_of_change(world: World, channel: Json, bot_saw: bool) -> None:
    world.emit("CHANNEL_UPDATE", channel, channel)
    if not bot_saw and world.sees(world.bot_id, channel):
        # A client that gains sight of a channel has never heard of the threads in it.
        world.emit("THREAD_LIST_SYNC", shapes.thread_list(world, channel), channel)


def delete_channel(world: World, channel: Json) -> None:
    """Delete a channel with all its threads and messages, or one thread."""
    if channel["type"] == ChannelType.DM:
        raise errors.WrongChannelType
    if channel["type"] in THREADS:
        _forget(world, channel)
        keys = ("id", "guild_id", "parent_id", "type")
        world.emit("THREAD_DELETE", {key: channel[key] for key in keys}, channel)
        return
    for thread in [c for c in world.channels.values() if c.get("parent_id") == channel["id"]]:
        _forget(world, thread)
    world.guilds[channel["guild_id"]].channels.remove(channel["id"])
    _forget(world, channel)
    world.emit("CHANNEL_DELETE", channel, channel)


def _forget(world: World, channel: Json) -> None:
    del world.channels[channel["id"]]
    del world.messages[channel["id"]]


def direct(world: World, user: Json) -> Json:
    """Return the direct message channel between the bot and someone, opened if need be."""
    if user["id"] in world.direct:
        return world.channels[world.direct[user["id"]]]
    opened: Json = {
        "id": world.new_id(),
        "type": int(ChannelType.DM),
        "recipients": [user],
        "last_message_id": None,
        "flags": 0,
    }
    world.direct[user["id"]] = opened["id"]
    world.channels[opened["id"]] = opened
    world.messages[opened["id"]] = {}
    return opened
