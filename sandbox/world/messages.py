"""Messages: made, changed, deleted, pinned, reacted to."""

from collections.abc import Iterable

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.values import Json
from sandbox.world import components, limits, mentions, shapes, threads
from sandbox.world.kinds import THREADS, MessageFlag, MessageType
from sandbox.world.mentions import Pinged
from sandbox.world.state import World

_KEPT_FLAGS = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.EPHEMERAL | MessageFlag.COMPONENTS_V2
_NOT_QUOTED = frozenset({"referenced_message", "reactions", "thread"})
EPHEMERAL = MessageFlag.EPHEMERAL.value
LOADING = MessageFlag.LOADING.value


def create(
    world: World,
    channel: Json,
    author: Json,
    body: Json,
    *,
    kind: MessageType = MessageType.DEFAULT,
    message_id: str | None = None,
    private_to: str | None = None,
    extra: Json | None = None,
) -> Json:
    """Store a message and tell of it; `extra` holds what only some messages carry.

    A message to an archived thread first brings the thread back. An ephemeral one
    (`private_to`) is kept like any other but told to that person alone.
    """
    loading = bool((extra or {}).get("flags", 0) & LOADING)
    flags = int(body.get("flags") or 0) & _KEPT_FLAGS.value
    if kind not in _SYSTEM and not loading:
        limits.check_message(body, flags, author)
    message = _blank(world, channel, author, kind) | _said(body) | {"flags": flags}
    if message_id is not None:
        message["id"] = message_id
    if body.get("nonce") is not None:
        message["nonce"] = body["nonce"]
    if body.get("message_reference"):
        message |= _reference(world, channel, body["message_reference"])
    message |= extra or {}
    _note_pings(world, channel, message, body)
    _store(world, channel, message, private_to)
    return message


_SYSTEM = frozenset(
    {
        MessageType.CHANNEL_NAME_CHANGE,
        MessageType.PINNED,
        MessageType.THREAD_CREATED,
        MessageType.THREAD_STARTER,
    }
)


def _blank(world: World, channel: Json, author: Json, kind: MessageType) -> Json:
    return {
        "id": world.new_id(),
        "channel_id": channel["id"],
        "type": int(kind),
        "author": author,
        "timestamp": world.stamp(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "pinned": False,
        "reactions": [],
    }


def _said(body: Json) -> Json:
    return {
        "content": body.get("content") or "",
        "embeds": [_embed(embed) for embed in body.get("embeds") or []],
        "components": components.shown(body.get("components") or []),
        "attachments": list(body.get("files") or []),
    }


def _embed(given: Json) -> Json:
    return {"type": "rich", **{key: value for key, value in given.items() if key != "flags"}}


def _reference(world: World, channel: Json, given: Json) -> Json:
    message_id = str(given["message_id"])
    found = world.messages[channel["id"]].get(message_id)
    if found is None and given.get("fail_if_not_exists", True):
        raise errors.InvalidForm.at(
            "message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"
        )
    pointer = {"type": 0, "message_id": message_id, "channel_id": channel["id"]}
    if "guild_id" in channel:
        pointer["guild_id"] = channel["guild_id"]
    # The replied-to message rides along without the one it replied to in turn.
    flat = found and quoted(found)
    return {
        "type": int(MessageType.REPLY),
        "message_reference": pointer,
        "referenced_message": flat,
    }


def quoted(message: Json) -> Json:
    """Return a message as it rides on another one that refers to it."""
    return {key: value for key, value in message.items() if key not in _NOT_QUOTED}


def _note_pings(world: World, channel: Json, message: Json, body: Json) -> None:
    """Fill in who is mentioned, and keep who is truly pinged beside the message."""
    replied = message.get("referenced_message")
    said = f"{message['content']}\n{components.text(message['components'])}"
    named = mentions.pings(
        said, body.get("allowed_mentions"), replied["author"]["id"] if replied else None
    )
    message["mentions"] = [world.users[user] for user in named.users if user in world.users]
    message["mention_roles"] = list(named.roles)
    world.pinged[message["id"]] = _reachable(world, channel, message, named)
    message["mention_everyone"] = world.pinged[message["id"]].everyone


def _reachable(world: World, channel: Json, message: Json, named: Pinged) -> Pinged:
    author = message["author"]["id"]
    if not named:
        return named
    everyone = bool(world.permissions(author, channel) & Permission.MENTION_EVERYONE.value)
    users = [user for user in named.users if user != author and world.sees(user, channel)]
    roles: Iterable[Json] = ()
    if "guild_id" in channel:
        roles = world.guilds[channel["guild_id"]].roles.values()
    callable_roles = [role["id"] for role in roles if everyone or role["mentionable"]]
    return mentions.narrow(named, users, callable_roles, everyone and "guild_id" in channel)


def _store(world: World, channel: Json, message: Json, private_to: str | None) -> None:
    if channel["type"] in THREADS and private_to is None:
        threads.take_message(world, channel, message)
    world.messages[channel["id"]][message["id"]] = message
    if private_to is None:
        channel["last_message_id"] = message["id"]
    tell(world, "MESSAGE_CREATE", message, private_to)


def tell(world: World, name: str, message: Json, private_to: str | None = None) -> None:
    """Tell of a message made or changed."""
    channel = world.channels[message["channel_id"]]
    world.emit(name, shapes.message_event(world, channel, message), channel, private_to)


def edit(
    world: World, message: Json, body: Json, *, touch: bool = True, private_to: str | None = None
) -> Json:
    """Change a message; a field that is absent stays, one that is null is emptied."""
    flags = message["flags"] & ~LOADING
    if body.get("flags") is not None:
        kept = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2
        flags = flags & EPHEMERAL | int(body["flags"]) & kept.value | _lasting(flags)
    wanted = {
        "content": body.get("content", message["content"]),
        "embeds": body.get("embeds", message["embeds"]),
        "components": body.get("components", message["components"]),
        "files": _attachments(message, body),
    }
    limits.check_message(wanted, flags, message["author"])
    message |= _said(wanted) | {"flags": flags}
    if touch:
        message["edited_timestamp"] = world.stamp()
    before = world.pinged.get(message["id"], Pinged())
    _note_pings(world, world.channels[message["channel_id"]], message, body)
    # An edit changes who is named, but calls nobody again.
    world.pinged[message["id"]] = before
    tell(world, "MESSAGE_UPDATE", message, private_to)
    return message


def _lasting(flags: int) -> int:
    """Return the flags that no edit takes away."""
    return flags & (MessageFlag.HAS_THREAD | MessageFlag.COMPONENTS_V2).value


def _attachments(message: Json, body: Json) -> list[Json]:
    kept = message["attachments"]
    if body.get("attachments") is not None:
        listed = {str(item.get("id")) for item in body["attachments"]}
        kept = [item for item in kept if item["id"] in listed]
    return [*kept, *(body.get("files") or [])]


def delete(world: World, message: Json, private_to: str | None = None) -> None:
    """Delete a message."""
    channel = world.channels[message["channel_id"]]
    forget(world, message)
    world.emit("MESSAGE_DELETE", _place(channel, {"id": message["id"]}), channel, private_to)


def delete_many(world: World, channel: Json, found: list[Json]) -> None:
    """Delete several messages of a channel at once."""
    for message in found:
        forget(world, message)
    ids = [message["id"] for message in found]
    world.emit("MESSAGE_DELETE_BULK", _place(channel, {"ids": ids}), channel)


def forget(world: World, message: Json) -> None:
    """Drop a message and what was kept beside it."""
    del world.messages[message["channel_id"]][message["id"]]
    world.pinged.pop(message["id"], None)
    world.reactions.pop(message["id"], None)


def _place(channel: Json, data: Json) -> Json:
    data["channel_id"] = channel["id"]
    return data | {"guild_id": channel["guild_id"]} if "guild_id" in channel else data


def pin(world: World, channel: Json, message: Json, by: Json, pinned: bool = True) -> None:
    """Pin a message, which Discord also says in the channel, or unpin it."""
    if message["pinned"] == pinned:
        return
    message["pinned"] = pinned
    tell(world, "MESSAGE_UPDATE", message)
    moment = {"last_pin_timestamp": world.stamp() if pinned else None}
    world.emit("CHANNEL_PINS_UPDATE", _place(channel, moment), channel)
    if pinned:
        pointer = {"message_reference": {"type": 0, "channel_id": channel["id"]}}
        pointer["message_reference"]["message_id"] = message["id"]
        create(world, channel, by, {}, kind=MessageType.PINNED, extra=pointer)


def shown_to(world: World, channel: Json, user_id: str) -> list[Json]:
    """Return a channel's messages that someone sees, oldest first: ephemeral ones are private."""
    return [
        message
        for message in world.messages[channel["id"]].values()
        if not message["flags"] & EPHEMERAL
        or message["interaction_metadata"]["user"]["id"] == user_id
    ]
