"""What the page is told of channels, messages and commands: only what it draws."""

from collections.abc import Iterable

from sandbox.permissions import ALL, Permission
from sandbox.values import Json
from sandbox.world import World, commands, components
from sandbox.world.kinds import THREADS, CommandType, MessageType
from sandbox.world.messages import EPHEMERAL, LOADING

EXCERPT = 140
_COMMANDS = frozenset({int(CommandType.SLASH), int(CommandType.MESSAGE_MENU)})
_USED_COMMAND = frozenset({MessageType.CHAT_INPUT_COMMAND, MessageType.CONTEXT_MENU_COMMAND})


def channel(world: World, found: Json, viewer_id: str) -> Json:
    """Return a channel or thread as the page draws it for someone."""
    bits = world.permissions(viewer_id, found)
    made: Json = {
        "id": found["id"],
        "type": found["type"],
        "name": found["name"],
        "topic": found.get("topic"),
        "parent": found.get("parent_id"),
        "last": found.get("last_message_id"),
        "tags": [{"id": tag["id"], "name": tag["name"]} for tag in found.get("available_tags", ())],
        "private": _is_private(world, found),
        "writes": bool(bits & Permission.SEND_MESSAGES.value),
    }
    return made | _of_thread(world, found, bits, viewer_id) if found["type"] in THREADS else made


def _of_thread(world: World, thread: Json, bits: int, viewer_id: str) -> Json:
    meta = thread["thread_metadata"]
    manages = bool(bits & Permission.MANAGE_THREADS.value)
    locked_out = meta["locked"] and not manages
    return {
        "owner": thread["owner_id"],
        "archived": meta["archived"],
        "locked": meta["locked"],
        "created": meta["create_timestamp"],
        "replies": thread["message_count"],
        "applied": thread["applied_tags"],
        "writes": bool(bits & Permission.SEND_MESSAGES_IN_THREADS.value) and not locked_out,
        "closes": manages or thread["owner_id"] == viewer_id,
    }


def _is_private(world: World, found: Json) -> bool:
    guild = world.guilds[found["guild_id"]]
    everyone = (o for o in found.get("permission_overwrites", ()) if o["id"] == guild.id)
    return any(int(o["deny"]) & Permission.VIEW_CHANNEL.value for o in everyone)


def message(world: World, found: Json, viewer_id: str) -> Json:
    """Return a message as the page draws it for someone."""
    held = world.reactions.get(found["id"], {})
    return {
        "id": found["id"],
        "channel": found["channel_id"],
        "type": found["type"],
        "author": author(found["author"]),
        "sent": found["timestamp"],
        "edited": bool(found["edited_timestamp"]),
        "content": found["content"],
        "components": found["components"],
        "files": [{"name": f["filename"], "url": f["url"]} for f in found["attachments"]],
        "private": bool(found["flags"] & EPHEMERAL),
        "thinking": bool(found["flags"] & LOADING),
        "calls": _calls(world, found, viewer_id),
        "used": _used(world, found),
        "replies_to": _replied(found),
        "thread": found["id"] if found["id"] in world.channels and "thread" in found else None,
        "reactions": [
            {"emoji": emoji, "count": len(who), "mine": viewer_id in who}
            for emoji, who in held.items()
            if who
        ],
    }


def author(user: Json) -> Json:
    """Return a user as the page draws one."""
    return {"id": user["id"], "name": user["global_name"], "bot": bool(user["bot"])}


def _calls(world: World, found: Json, viewer_id: str) -> bool:
    """Say whether a message pings someone, by name, by role or with all the others."""
    pinged = world.pinged.get(found["id"])
    if not pinged:
        return False
    guild_id = world.channels[found["channel_id"]].get("guild_id")
    roles = world.guilds[guild_id].members[viewer_id]["roles"] if guild_id else ()
    by_role = not set(roles).isdisjoint(pinged.roles)
    return pinged.everyone or viewer_id in pinged.users or by_role


def _used(world: World, found: Json) -> Json | None:
    """Return who used which command, for a message that answers one."""
    metadata = found.get("interaction_metadata")
    if metadata is None or found["type"] not in _USED_COMMAND:
        return None
    named = (
        begun.data["name"]
        for begun in reversed(world.interactions.values())
        if begun.id == metadata["id"]
    )
    slash = "/" if found["type"] == MessageType.CHAT_INPUT_COMMAND else ""
    name = next(named, "")
    return {"by": author(metadata["user"]), "command": f"{slash}{name}" if name else ""}


def _replied(found: Json) -> Json | None:
    quoted = found.get("referenced_message")
    if not quoted:
        return None
    words = quoted["content"] or components.text(quoted["components"])
    return {"id": quoted["id"], "name": quoted["author"]["global_name"], "text": words[:EXCERPT]}


def offered(world: World, where: Json, viewer_id: str) -> list[Json]:
    """Return the commands that someone may use in a channel, by name."""
    bits = world.permissions(viewer_id, where)
    found = (
        command
        for command in commands.usable(world, where["guild_id"])
        if command["type"] in _COMMANDS and _may_use(command, bits)
    )
    return sorted((_command(command) for command in found), key=lambda made: str(made["name"]))


def _may_use(command: Json, bits: int) -> bool:
    needed = command["default_member_permissions"]
    if needed == "0":
        return bits == ALL
    wanted = int(needed or 0) | Permission.USE_APPLICATION_COMMANDS.value
    return bits & wanted == wanted


def _command(command: Json) -> Json:
    return {
        "name": command["name"],
        "menu": command["type"] == CommandType.MESSAGE_MENU,
        "description": command["description"],
        "forms": list(_forms(command["name"], command["description"], command.get("options"))),
    }


def _forms(name: str, description: str, options: list[Json] | None) -> Iterable[Json]:
    """Yield each thing that can be run under a command, with the options it takes."""
    nested = [o for o in options or () if o["type"] <= commands.GROUP]
    if not nested:
        yield {"name": name, "description": description, "options": options or []}
    for part in nested:
        yield from _forms(f"{name} {part['name']}", part["description"], part.get("options"))
