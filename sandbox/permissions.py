"""Discord's permission bits and how a member's permissions in a channel come about.

Source: https://discord.com/developers/docs/topics/permissions
"""

from collections.abc import Iterable
from enum import IntFlag

from sandbox.values import Json


class Permission(IntFlag):
    """One bit a permission, named as in Discord's documentation."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51


ALL = (1 << 53) - 1
EVERYDAY = int(
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_APPLICATION_COMMANDS
)

_ADMINISTRATOR = int(Permission.ADMINISTRATOR)
_VIEW = int(Permission.VIEW_CHANNEL)


def in_guild(guild_id: str, roles: dict[str, Json], member: Json) -> int:
    """Return the bits a member's roles give in the whole guild."""
    bits = int(roles[guild_id]["permissions"])
    for role in member["roles"]:
        bits |= int(roles[role]["permissions"])
    return ALL if bits & _ADMINISTRATOR else bits


def in_channel(bits: int, guild_id: str, member: Json, overwrites: list[Json]) -> int:
    """Return guild-wide `bits` after a channel's overwrites: everyone, then roles, then member."""
    if bits == ALL:
        return ALL
    named = {overwrite["id"]: overwrite for overwrite in overwrites}
    layers = ([guild_id], member["roles"], [member["user"]["id"]])
    for layer in layers:
        bits = _apply(bits, [named[who] for who in layer if who in named])
    return bits if bits & _VIEW else 0


def _apply(bits: int, overwrites: Iterable[Json]) -> int:
    allow = deny = 0
    for overwrite in overwrites:
        allow |= int(overwrite.get("allow") or 0)
        deny |= int(overwrite.get("deny") or 0)
    return bits & ~deny | allow
