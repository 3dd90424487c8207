"""Threads: begun, joined, archived and brought back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.values import Json
from sandbox.world import shapes
from sandbox.world.channels import REQUIRE_TAG
from sandbox.world.kinds import THREADS, ChannelType
from sandbox.world.state import World

_META = ("archived", "locked", "auto_archive_duration", "invitable")
_FREE = frozenset({"archived", "locked"})
MAX_TAGS = 5


def begin(
    world: World,
    parent: Json,
    owner: Json,
    name: str,
    *,
    kind: ChannelType = ChannelType.PUBLIC_THREAD,
    thread_id: str | None = None,
    auto_archive: int | None = None,
    tags: Iterable[str] = (),
) -> Json:
    """Begin a thread under a channel, its owner being the first in it."""
    _check_name(name)
    tags = _checked_tags(parent, tags)
    thread: Json = {
        "id": thread_id or world.new_id(),
        "type": int(kind),
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": owner["id"],
        "name": name,
        "last_message_id": None,
        "message_count": 0,
        "total_message_sent": 0,
        "member_count": 0,
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": tags,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": auto_archive or 1440,
            "archive_timestamp": world.stamp(),
            "locked": False,
            "create_timestamp": world.stamp(),
        },
    }
    if kind is ChannelType.PRIVATE_THREAD:
        thread["thread_metadata"]["invitable"] = True
    world.channels[thread["id"]] = thread
    world.messages[thread["id"]] = {}
    world.thread_members[thread["id"]] = {}
    _enter(world, thread, owner["id"])
    if parent["type"] == ChannelType.FORUM:
        parent["last_message_id"] = thread["id"]
    world.emit("THREAD_CREATE", {**thread, "newly_created": True}, thread)
    return thread


def _check_name(name: str) -> None:
    if not 1 <= len(name) <= 100:
        raise errors.InvalidForm.at(
            "name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
        )


def _checked_tags(parent: Json, tags: Iterable[str]) -> list[str]:
    chosen = [str(tag) for tag in tags]
    known = {tag["id"] for tag in parent.get("available_tags") or []}
    if len(chosen) > MAX_TAGS or not set(chosen) <= known:
        raise errors.InvalidForm.at("applied_tags", "INVALID_TAGS", "Invalid forum tags.")
    if not chosen and parent["type"] == ChannelType.FORUM and parent["flags"] & REQUIRE_TAG:
        raise errors.TagRequired
    return chosen


def _enter(world: World, thread: Json, user_id: str) -> Json:
    member: Json = {
        "id": thread["id"],
        "user_id": user_id,
        "join_timestamp": world.stamp(),
        "flags": 1,
    }
    world.thread_members[thread["id"]][user_id] = member
    # Discord stops counting at 50.
    thread["member_count"] = min(50, len(world.thread_members[thread["id"]]))
    return member


def join(world: World, thread: Json, user_id: str) -> None:
    """Let someone into a thread, unless they are in it."""
    if user_id in world.thread_members[thread["id"]]:
        return
    guild_member = world.member(thread["guild_id"], user_id)
    member = _enter(world, thread, user_id)
    added = {**member, "member": guild_member, "presence": None}
    world.emit("THREAD_MEMBERS_UPDATE", _change(thread) | {"added_members": [added]}, thread)


def leave(world: World, thread: Json, user_id: str) -> None:
    """Let someone out of a thread."""
    if world.thread_members[thread["id"]].pop(user_id, None) is None:
        raise errors.UnknownMember
    thread["member_count"] = len(world.thread_members[thread["id"]])
    gone = {"removed_member_ids": [user_id]}
    world.emit("THREAD_MEMBERS_UPDATE", _change(thread) | gone, thread)


def _change(thread: Json) -> Json:
    return {key: thread[key] for key in ("id", "guild_id", "member_count")}


def take_message(world: World, thread: Json, message: Json) -> None:
    """Count a message that is about to be stored, bringing an archived thread back first."""
    if thread["thread_metadata"]["archived"]:
        edit(world, thread, {"archived": False})
    if message["id"] != thread["id"]:
        thread["message_count"] += 1
        thread["total_message_sent"] += 1
    thread["thread_metadata"]["archive_timestamp"] = message["timestamp"]
    join(world, thread, message["author"]["id"])


def need_to_write(world: World, user_id: str, thread: Json) -> None:
    """Raise if a thread is closed to someone's messages, or still waits for its first one."""
    if thread["id"] in world.unfilled:
        raise errors.PostNotFilled
    meta = thread["thread_metadata"]
    if meta["locked"] and not moderates(world, user_id, thread):
        raise errors.ThreadArchived if meta["archived"] else errors.ThreadLocked


def moderates(world: World, user_id: str, thread: Json) -> bool:
    """Say whether someone may manage a thread."""
    bits = world.permissions(user_id, thread)
    return bool(bits & Permission.MANAGE_THREADS.value)


def need_to_edit(world: World, user_id: str, thread: Json, body: Json) -> None:
    """Raise unless someone may change a thread in this way.

    An archived thread takes no change but being brought back; locking is for moderators,
    and so is all in a locked thread.
    """
    meta = thread["thread_metadata"]
    wakes = body.get("archived") is False
    if meta["archived"] and not wakes and set(body) - _FREE:
        raise errors.ThreadArchived
    if moderates(world, user_id, thread):
        return
    world.need(user_id, thread)
    own = thread["owner_id"] == user_id or (wakes and set(body) == {"archived"})
    if not own or "locked" in body or meta["locked"] or _adds_moderated(world, thread, body):
        raise errors.MissingPermissions


def _adds_moderated(world: World, thread: Json, body: Json) -> bool:
    parent = world.channels[thread["parent_id"]]
    wanted = {str(tag) for tag in body.get("applied_tags") or []} - set(thread["applied_tags"])
    held = (tag for tag in parent.get("available_tags") or [] if tag["moderated"])
    return any(tag["id"] in wanted for tag in held)


def edit(world: World, thread: Json, body: Json) -> Json:
    """Change a thread; Discord sends the whole of it to those who see it."""
    if "name" in body:
        _check_name(body["name"])
        thread["name"] = body["name"]
    if body.get("applied_tags") is not None:
        parent = world.channels[thread["parent_id"]]
        thread["applied_tags"] = _checked_tags(parent, body["applied_tags"])
    meta = thread["thread_metadata"]
    meta.update({key: body[key] for key in _META if body.get(key) is not None})
    if "archived" in body:
        meta["archive_timestamp"] = world.stamp()
    thread.update({k: body[k] for k in ("rate_limit_per_user", "flags") if k in body})
    world.emit("THREAD_UPDATE", thread, thread)
    return thread


def archive_idle(world: World) -> None:
    """Archive every thread that has been quiet for its auto-archive time."""
    for thread in [found for found in world.channels.values() if found["type"] in THREADS]:
        meta = thread["thread_metadata"]
        if meta["archived"]:
            continue
        quiet = world.clock.now() - datetime.fromisoformat(meta["archive_timestamp"])
        if quiet > timedelta(minutes=meta["auto_archive_duration"]):
            edit(world, thread, {"archived": True})


def archived(world: World, parent: Json, kinds: Iterable[int]) -> list[Json]:
    """Return a channel's archived threads of these kinds, the last archived first."""
    found = [
        thread
        for thread in world.channels.values()
        if thread.get("parent_id") == parent["id"]
        and thread["type"] in kinds
        and thread["thread_metadata"]["archived"]
    ]
    return sorted(found, key=lambda t: str(t["thread_metadata"]["archive_timestamp"]), reverse=True)


def listing(world: World, found: list[Json], has_more: bool = False) -> Json:
    """Return threads as the REST interface lists them, with the bot's own memberships."""
    mine = (world.thread_members[thread["id"]].get(world.bot_id) for thread in found)
    return {
        "threads": [shapes.thread_with_member(world, thread) for thread in found],
        "members": [member for member in mine if member is not None],
        "has_more": has_more,
    }
