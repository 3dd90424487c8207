"""Routes by which the application registers its commands."""

from sandbox import errors
from sandbox.rest.call import Call, Reply, Route
from sandbox.world import commands


def listing(call: Call) -> Reply:
    """List the commands of a guild, or the global ones."""
    return 200, commands.registered(call.world, _guild(call))


def put_all(call: Call) -> Reply:
    """Replace them all."""
    return 200, commands.put_all(call.world, _guild(call), call.json)


def put(call: Call) -> Reply:
    """Register one; a new name is answered with 201."""
    known = {(c["name"], c["type"]) for c in commands.registered(call.world, _guild(call))}
    made = commands.put(call.world, _guild(call), call.body)
    return 200 if (made["name"], made["type"]) in known else 201, made


def show(call: Call) -> Reply:
    """Show one."""
    return 200, commands.get(call.world, _guild(call), call.parts["command"])


def edit(call: Call) -> Reply:
    """Change one."""
    return 200, commands.edit(call.world, _guild(call), call.parts["command"], call.body)


def delete(call: Call) -> Reply:
    """Take one away."""
    commands.delete(call.world, _guild(call), call.parts["command"])
    return 204, None


def _guild(call: Call) -> str | None:
    if call.parts["app"] != call.me:
        raise errors.MissingAccess
    guild_id = call.parts.get("guild")
    return None if guild_id is None else call.world.guild(guild_id).id


_BASES = ("/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands")
ROUTES = tuple(
    route
    for base in _BASES
    for route in (
        Route("GET", base, listing),
        Route("PUT", base, put_all),
        Route("POST", base, put),
        Route("GET", base + "/{command}", show),
        Route("PATCH", base + "/{command}", edit),
        Route("DELETE", base + "/{command}", delete),
    )
)
