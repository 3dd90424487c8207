"""Which events a client hears of, and how much of a message it may read.

Source: https://discord.com/developers/docs/events/gateway#gateway-intents
"""

from enum import IntFlag

from sandbox.values import Json
from sandbox.world.state import Event, World


class Intent(IntFlag):
    """What a client asks to be told, as far as this Discord has it."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = int(Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT)
_BY_PREFIX = (
    ("GUILD_MEMBER_", Intent.GUILD_MEMBERS, None),
    ("GUILD_", Intent.GUILDS, None),
    ("CHANNEL_", Intent.GUILDS, Intent.DIRECT_MESSAGES),
    ("THREAD_", Intent.GUILDS, None),
    ("MESSAGE_REACTION_", Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS),
    ("MESSAGE_", Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
    ("TYPING_", Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING),
)
_CONTENT = ("content", "embeds", "attachments", "components")


def needed(name: str, direct: bool) -> int:
    """Return the intent that an event needs; 0 if it goes to everyone."""
    for prefix, in_guild, in_direct in _BY_PREFIX:
        if name.startswith(prefix):
            return int(in_direct or in_guild) if direct else int(in_guild)
    return 0


def readable(world: World, event: Event, intents: int) -> Json:
    """Return an event's payload, with a message's content only if the client may read it.

    Without the intent a client still reads its own messages, those that mention it, and
    direct messages.
    """
    if event.name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
        return event.data
    if intents & Intent.MESSAGE_CONTENT.value or event.guild_id is None:
        return event.data
    concerned = {event.data["author"]["id"], *(user["id"] for user in event.data["mentions"])}
    return event.data if world.bot_id in concerned else without_content(event.data)


def without_content(message: Json) -> Json:
    """Return a message as a client sees it that may not read content."""
    return {**message, **{name: "" if name == "content" else [] for name in _CONTENT}}
