"""Routes of threads."""

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.rest.call import Call, Reply, Route
from sandbox.values import Json
from sandbox.world import posts, shapes, threads
from sandbox.world.kinds import THREADS, ChannelType


def from_message(call: Call) -> Reply:
    """Begin a thread from a message."""
    message = call.message
    call.world.need(call.me, call.channel, Permission.CREATE_PUBLIC_THREADS)
    thread = posts.from_message(
        call.world,
        message,
        call.world.bot,
        call.body["name"],
        call.body.get("auto_archive_duration"),
    )
    return 201, shapes.thread_with_member(call.world, thread)


def begin(call: Call) -> Reply:
    """Begin a thread without a message, or make a forum post."""
    if call.channel["type"] == ChannelType.FORUM:
        return _post(call)
    kind = ChannelType(int(call.body.get("type") or ChannelType.PRIVATE_THREAD))
    private = kind is ChannelType.PRIVATE_THREAD
    wanted = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    call.world.need(call.me, call.channel, wanted)
    thread = posts.standalone(
        call.world,
        call.channel,
        call.world.bot,
        call.body["name"],
        kind=kind,
        auto_archive=call.body.get("auto_archive_duration"),
    )
    return 201, shapes.thread_with_member(call.world, thread)


def _post(call: Call) -> Reply:
    call.world.need(call.me, call.channel, Permission.SEND_MESSAGES)
    said = dict(call.body["message"])
    if call.body.get("files"):
        said["files"] = call.body["files"]
    thread, message = posts.forum_post(
        call.world,
        call.channel,
        call.world.bot,
        call.body["name"],
        said,
        tags=call.body.get("applied_tags") or (),
        auto_archive=call.body.get("auto_archive_duration"),
    )
    return 201, {**shapes.thread_with_member(call.world, thread), "message": message}


def active(call: Call) -> Reply:
    """List a guild's threads that are not archived."""
    guild = call.world.guild(call.parts["guild"])
    found = shapes.active_threads(call.world, guild.id)
    return 200, threads.listing(call.world, found)


def archived_public(call: Call) -> Reply:
    """List a channel's archived public threads."""
    call.world.need(call.me, call.channel, Permission.READ_MESSAGE_HISTORY)
    kinds = (ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD)
    found = threads.archived(call.world, call.channel, kinds)
    return 200, _page(call, found)


def archived_private(call: Call) -> Reply:
    """List a channel's archived private threads."""
    wanted = (Permission.READ_MESSAGE_HISTORY, Permission.MANAGE_THREADS)
    call.world.need(call.me, call.channel, *wanted)
    found = threads.archived(call.world, call.channel, (ChannelType.PRIVATE_THREAD,))
    return 200, _page(call, found)


def archived_joined(call: Call) -> Reply:
    """List the archived private threads that the bot is in, by id instead of by time."""
    call.world.need(call.me, call.channel, Permission.READ_MESSAGE_HISTORY)
    found = threads.archived(call.world, call.channel, (ChannelType.PRIVATE_THREAD,))
    mine = [t for t in found if call.me in call.world.thread_members[t["id"]]]
    before = int(call.query.get("before", 1 << 63))
    mine = sorted((t for t in mine if int(t["id"]) < before), key=lambda t: -int(t["id"]))
    limit = call.number("limit", 50, 100)
    return 200, threads.listing(call.world, mine[:limit], has_more=len(mine) > limit)


def _page(call: Call, found: list[Json]) -> Json:
    before = call.query.get("before")
    if before is not None:
        found = [t for t in found if t["thread_metadata"]["archive_timestamp"] < before]
    limit = call.number("limit", 50, 100)
    return threads.listing(call.world, found[:limit], has_more=len(found) > limit)


def members(call: Call) -> Reply:
    """List who is in a thread."""
    return 200, list(call.world.thread_members[_thread(call)["id"]].values())


def member(call: Call) -> Reply:
    """Show someone's membership of a thread."""
    found = call.world.thread_members[_thread(call)["id"]].get(_whom(call))
    if found is None:
        raise errors.UnknownMember
    return 200, found


def join(call: Call) -> Reply:
    """Join a thread, or add someone to it."""
    thread = _open_thread(call)
    threads.join(call.world, thread, _whom(call))
    return 204, None


def leave(call: Call) -> Reply:
    """Leave a thread, or remove someone from it."""
    thread = _open_thread(call)
    if _whom(call) != call.me:
        call.world.need(call.me, thread, Permission.MANAGE_THREADS)
    threads.leave(call.world, thread, _whom(call))
    return 204, None


def _thread(call: Call) -> Json:
    call.world.need(call.me, call.channel)
    if call.channel["type"] not in THREADS:
        raise errors.WrongChannelType
    return call.channel


def _open_thread(call: Call) -> Json:
    thread = _thread(call)
    if thread["thread_metadata"]["archived"]:
        raise errors.ThreadArchived
    return thread


def _whom(call: Call) -> str:
    who = call.parts.get("user", "@me")
    return call.me if who == "@me" else who


ROUTES = (
    Route("POST", "/channels/{channel}/messages/{message}/threads", from_message),
    Route("POST", "/channels/{channel}/threads", begin),
    Route("GET", "/guilds/{guild}/threads/active", active),
    Route("GET", "/channels/{channel}/threads/archived/public", archived_public),
    Route("GET", "/channels/{channel}/threads/archived/private", archived_private),
    Route("GET", "/channels/{channel}/users/@me/threads/archived/private", archived_joined),
    Route("GET", "/channels/{channel}/thread-members", members),
    Route("GET", "/channels/{channel}/thread-members/{user}", member),
    Route("PUT", "/channels/{channel}/thread-members/{user}", join),
    Route("DELETE", "/channels/{channel}/thread-members/{user}", leave),
)
