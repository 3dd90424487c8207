"""Reactions to messages."""

from sandbox.values import Json
from sandbox.world.state import World


def react(world: World, message: Json, user: Json, emoji: str) -> None:
    """Add someone's reaction; a second one alike changes nothing."""
    who = world.reactions.setdefault(message["id"], {}).setdefault(emoji, [])
    if user["id"] in who:
        return
    who.append(user["id"])
    _recount(world, message)
    channel = world.channels[message["channel_id"]]
    data = _event(channel, message, user, emoji) | {"message_author_id": message["author"]["id"]}
    if "guild_id" in channel:
        data["member"] = world.guilds[channel["guild_id"]].members[user["id"]]
    world.emit("MESSAGE_REACTION_ADD", data, channel)


def unreact(world: World, message: Json, user: Json, emoji: str) -> None:
    """Take someone's reaction back, if there is one."""
    who = world.reactions.get(message["id"], {}).get(emoji, [])
    if user["id"] not in who:
        return
    who.remove(user["id"])
    _recount(world, message)
    channel = world.channels[message["channel_id"]]
    world.emit("MESSAGE_REACTION_REMOVE", _event(channel, message, user, emoji), channel)


def clear(world: World, message: Json, emoji: str | None = None) -> None:
    """Take everyone's reactions away, or everyone's of one emoji."""
    held = world.reactions.get(message["id"], {})
    if emoji is None:
        held.clear()
    else:
        held.pop(emoji, None)
    _recount(world, message)
    channel = world.channels[message["channel_id"]]
    data: Json = {"channel_id": channel["id"], "message_id": message["id"]}
    data |= {"guild_id": channel["guild_id"]} if "guild_id" in channel else {}
    name = "MESSAGE_REACTION_REMOVE_ALL"
    if emoji is not None:
        name, data["emoji"] = "MESSAGE_REACTION_REMOVE_EMOJI", partial_emoji(emoji)
    world.emit(name, data, channel)


def partial_emoji(emoji: str) -> Json:
    """Return an emoji as reactions carry it: a custom one is written `name:id`."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}


def _event(channel: Json, message: Json, user: Json, emoji: str) -> Json:
    data: Json = {
        "user_id": user["id"],
        "channel_id": channel["id"],
        "message_id": message["id"],
        "emoji": partial_emoji(emoji),
        "type": 0,
        "burst": False,
    }
    return data | {"guild_id": channel["guild_id"]} if "guild_id" in channel else data


def _recount(world: World, message: Json) -> None:
    held = world.reactions.get(message["id"], {})
    message["reactions"] = [
        {
            "emoji": partial_emoji(emoji),
            "count": len(who),
            "count_details": {"burst": 0, "normal": len(who)},
            "burst_colors": [],
            "me_burst": False,
            "me": world.bot_id in who,
        }
        for emoji, who in held.items()
        if who
    ]
