"""Users, guilds, roles and members."""

from collections.abc import Iterable

from sandbox import permissions
from sandbox.values import Json
from sandbox.world.state import Guild, World
from sandbox.world.users import new_user


def add_user(world: World, name: str, bot: bool = False) -> Json:
    """Add someone with an account, who is in no guild yet."""
    user = new_user(world.new_id(), name, bot)
    world.users[user["id"]] = user
    return user


def add_guild(
    world: World, name: str, owner: Json, bot_permissions: int = permissions.EVERYDAY
) -> Guild:
    """Add a guild with its owner and the bot, the bot holding a role of its own name."""
    guild = Guild(world.new_id(), name, owner["id"], world.stamp())
    world.guilds[guild.id] = guild
    add_role(world, guild, "@everyone", permissions.EVERYDAY, role_id=guild.id)
    add_member(world, guild, owner)
    role = add_role(world, guild, world.bot["global_name"], bot_permissions)
    role |= {"managed": True, "tags": {"bot_id": world.bot_id}}
    add_member(world, guild, world.bot, [role])
    world.emit("GUILD_CREATE", {"id": guild.id, "guild_id": guild.id})
    return guild


def add_role(
    world: World, guild: Guild, name: str, bits: int = 0, role_id: str | None = None
) -> Json:
    """Add a role with permission bits."""
    role: Json = {
        "id": role_id or world.new_id(),
        "name": name,
        "permissions": str(bits),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "position": len(guild.roles),
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }
    guild.roles[role["id"]] = role
    world.emit("GUILD_ROLE_CREATE", {"guild_id": guild.id, "role": role})
    return role


def add_member(world: World, guild: Guild, user: Json, roles: Iterable[Json] = ()) -> Json:
    """Let a user into a guild."""
    member: Json = {
        "user": user,
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [role["id"] for role in roles],
        "joined_at": world.stamp(),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    guild.members[user["id"]] = member
    world.emit("GUILD_MEMBER_ADD", {"guild_id": guild.id, **member})
    return member


def remove_member(world: World, guild: Guild, user: Json) -> None:
    """Let a member leave, or be made to."""
    world.member(guild.id, user["id"])
    del guild.members[user["id"]]
    world.emit("GUILD_MEMBER_REMOVE", {"guild_id": guild.id, "user": user})


def set_roles(world: World, guild: Guild, user_id: str, roles: Iterable[str]) -> Json:
    """Give a member exactly these roles."""
    member = world.member(guild.id, user_id)
    member["roles"] = list(dict.fromkeys(roles))
    world.emit("GUILD_MEMBER_UPDATE", {"guild_id": guild.id, **member})
    return member
