"""Threads that come with a message: forum posts, and threads begun from a message."""

from collections.abc import Iterable

from sandbox import errors
from sandbox.values import Json
from sandbox.world import limits, messages, threads
from sandbox.world.kinds import ChannelType, MessageFlag, MessageType
from sandbox.world.state import World


def forum_post(
    world: World,
    forum: Json,
    author: Json,
    title: str,
    body: Json,
    *,
    tags: Iterable[str] = (),
    auto_archive: int | None = None,
) -> tuple[Json, Json]:
    """Make a forum post: a thread, then its first message, which has the thread's own id."""
    limits.check_message(body, int(body.get("flags") or 0), author)
    thread = open_post(world, forum, author, title, tags=tags, auto_archive=auto_archive)
    return thread, fill_post(world, thread, body)


def open_post(
    world: World,
    forum: Json,
    author: Json,
    title: str,
    *,
    tags: Iterable[str] = (),
    auto_archive: int | None = None,
) -> Json:
    """Make the thread of a forum post, which for a moment is there without its first message."""
    if forum["type"] != ChannelType.FORUM:
        raise errors.WrongChannelType
    thread = threads.begin(world, forum, author, title, tags=tags, auto_archive=auto_archive)
    world.unfilled.add(thread["id"])
    return thread


def fill_post(world: World, thread: Json, body: Json) -> Json:
    """Make the first message of a forum post; until then nobody may write in it."""
    author = world.users[thread["owner_id"]]
    message = messages.create(world, thread, author, body, message_id=thread["id"])
    world.unfilled.discard(thread["id"])
    return message


def from_message(
    world: World, message: Json, by: Json, name: str, auto_archive: int | None = None
) -> Json:
    """Begin a thread from a message, whose id it takes."""
    channel = world.channels[message["channel_id"]]
    if channel["type"] != ChannelType.TEXT:
        raise errors.WrongChannelType
    if message["id"] in world.channels:
        raise errors.ThreadAlreadyMade
    thread = threads.begin(
        world, channel, by, name, thread_id=message["id"], auto_archive=auto_archive
    )
    message["flags"] |= MessageFlag.HAS_THREAD.value
    message["thread"] = thread
    messages.tell(world, "MESSAGE_UPDATE", message)
    origin = {"type": 0, "message_id": message["id"], "channel_id": channel["id"]}
    origin["guild_id"] = channel["guild_id"]
    bare = messages.quoted(message)
    starter = {"message_reference": origin, "referenced_message": bare}
    messages.create(world, thread, by, {}, kind=MessageType.THREAD_STARTER, extra=starter)
    return thread


def standalone(
    world: World,
    channel: Json,
    by: Json,
    name: str,
    *,
    kind: ChannelType,
    auto_archive: int | None = None,
) -> Json:
    """Begin a thread from no message, which Discord says in the channel if it is public."""
    if channel["type"] != ChannelType.TEXT:
        raise errors.WrongChannelType
    thread = threads.begin(world, channel, by, name, kind=kind, auto_archive=auto_archive)
    if kind is ChannelType.PUBLIC_THREAD:
        origin = {"type": 0, "channel_id": thread["id"], "guild_id": thread["guild_id"]}
        said = {"content": name}
        extra = {"message_reference": origin}
        messages.create(world, channel, by, said, kind=MessageType.THREAD_CREATED, extra=extra)
    return thread
