"""Sending a message as someone who may or may not do so: bots and people alike."""

from datetime import timedelta

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.snowflake import oldest_id
from sandbox.values import Json
from sandbox.world import messages, threads
from sandbox.world.kinds import TALKABLE, THREADS, ChannelType
from sandbox.world.state import World


def send(world: World, author: Json, channel: Json, body: Json) -> Json:
    """Send a message, or return the one that the same author sent with the same nonce."""
    need_to_send(world, author["id"], channel, body)
    nonce = body.get("nonce")
    key = (author["id"], channel["id"], str(nonce))
    if nonce is not None and body.get("enforce_nonce"):
        sent = _sent(world, key)
        if sent is not None:
            return sent
    message = messages.create(world, channel, author, body)
    if nonce is not None:
        world.nonces.pop(key, None)
        world.nonces[key] = message["id"]
    return message


def _sent(world: World, key: tuple[str, str, str]) -> Json | None:
    """Return a message sent with a nonce, if that is remembered and the message still there."""
    oldest = oldest_id(world.clock.now() - timedelta(seconds=world.nonce_window))
    # Nonces are kept in the order of their use, so the forgotten ones are at the front.
    while world.nonces:
        first = next(iter(world.nonces))
        if int(world.nonces[first]) > oldest:
            break
        del world.nonces[first]
    return world.messages[key[1]].get(world.nonces.get(key, ""))


def need_to_send(world: World, user_id: str, channel: Json, body: Json) -> None:
    """Raise unless someone may send this to a channel."""
    if channel["type"] not in TALKABLE:
        raise errors.NotATextChannel
    if channel["type"] == ChannelType.DM and user_id == world.bot_id:
        _need_open_door(world, channel["recipients"][0]["id"])
    thread = channel["type"] in THREADS
    wanted = [Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES]
    if body.get("files"):
        wanted.append(Permission.ATTACH_FILES)
    if body.get("message_reference"):
        wanted.append(Permission.READ_MESSAGE_HISTORY)
    world.need(user_id, channel, *wanted)
    if thread:
        threads.need_to_write(world, user_id, channel)


def _need_open_door(world: World, user_id: str) -> None:
    """Raise CannotMessageUser if someone takes no messages from bots, or shares no guild."""
    shared = any(user_id in guild.members for guild in world.guilds.values())
    if user_id in world.closed_to_bots or not shared:
        raise errors.CannotMessageUser


def need_open(world: World, channel: Json) -> None:
    """Raise ThreadArchived if a channel is an archived thread, which takes no change."""
    if channel["type"] in THREADS and channel["thread_metadata"]["archived"]:
        raise errors.ThreadArchived
