"""Routes of guilds, their members and roles."""

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.rest.call import Call, Reply, Route
from sandbox.values import Json
from sandbox.world import people, shapes


def show(call: Call) -> Reply:
    """Show a guild."""
    guild = call.world.guild(call.parts["guild"])
    found = shapes.guild(call.world, guild)
    if call.query.get("with_counts", "").lower() in ("1", "true"):
        found |= {
            "approximate_member_count": len(guild.members),
            "approximate_presence_count": 0,
        }
    return 200, found


def channels(call: Call) -> Reply:
    """List a guild's channels, without its threads."""
    guild = call.world.guild(call.parts["guild"])
    return 200, [call.world.channels[channel] for channel in guild.channels]


def roles(call: Call) -> Reply:
    """List a guild's roles."""
    return 200, list(call.world.guild(call.parts["guild"]).roles.values())


def role(call: Call) -> Reply:
    """Show a role."""
    return 200, _role(call)


def members(call: Call) -> Reply:
    """List a guild's members in the order of their ids."""
    held = call.world.guild(call.parts["guild"]).members
    after = int(call.query.get("after", 0))
    later = [held[who] for who in sorted(held, key=int) if int(who) > after]
    return 200, later[: call.number("limit", 1, 1000)]


def member(call: Call) -> Reply:
    """Show a member."""
    who = call.parts["user"]
    return 200, call.world.member(call.parts["guild"], call.me if who == "@me" else who)


def edit_member(call: Call) -> Reply:
    """Change a member's name or roles."""
    guild = call.world.guild(call.parts["guild"])
    who = call.me if call.parts["user"] == "@me" else call.parts["user"]
    found = call.world.member(guild.id, who)
    if "nick" in call.body:
        found["nick"] = call.body["nick"]
    if call.body.get("roles") is not None:
        call.world.need_in_guild(call.me, guild.id, Permission.MANAGE_ROLES)
        people.set_roles(call.world, guild, who, [str(r) for r in call.body["roles"]])
    return 200, found


def give_role(call: Call) -> Reply:
    """Give a member a role."""
    held = _member_for_roles(call)
    return _set_roles(call, [*held["roles"], _role(call)["id"]])


def take_role(call: Call) -> Reply:
    """Take a role from a member."""
    held = _member_for_roles(call)
    gone = _role(call)["id"]
    return _set_roles(call, [kept for kept in held["roles"] if kept != gone])


def _member_for_roles(call: Call) -> Json:
    call.world.need_in_guild(call.me, call.parts["guild"], Permission.MANAGE_ROLES)
    return call.world.member(call.parts["guild"], call.parts["user"])


def _set_roles(call: Call, wanted: list[str]) -> Reply:
    guild = call.world.guild(call.parts["guild"])
    people.set_roles(call.world, guild, call.parts["user"], wanted)
    return 204, None


def _role(call: Call) -> Json:
    found = call.world.guild(call.parts["guild"]).roles.get(call.parts["role"])
    if found is None:
        raise errors.UnknownRole
    return found


ROUTES = (
    Route("GET", "/guilds/{guild}", show),
    Route("GET", "/guilds/{guild}/channels", channels),
    Route("GET", "/guilds/{guild}/roles", roles),
    Route("GET", "/guilds/{guild}/roles/{role}", role),
    Route("GET", "/guilds/{guild}/members", members),
    Route("GET", "/guilds/{guild}/members/{user}", member),
    Route("PATCH", "/guilds/{guild}/members/{user}", edit_member),
    Route("PUT", "/guilds/{guild}/members/{user}/roles/{role}", give_role),
    Route("DELETE", "/guilds/{guild}/members/{user}/roles/{role}", take_role),
)
