"""Routes of channels and of the permissions on them."""

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.rest.call import Call, Reply, Route
from sandbox.world import channels, threads
from sandbox.world.kinds import THREADS, ChannelType


def show(call: Call) -> Reply:
    """Show a channel or thread."""
    call.world.need(call.me, call.channel)
    return 200, call.channel


def edit(call: Call) -> Reply:
    """Change a channel or thread."""
    channel = call.channel
    if channel["type"] == ChannelType.DM:
        raise errors.WrongChannelType
    if channel["type"] in THREADS:
        threads.need_to_edit(call.world, call.me, channel, call.body)
        return 200, threads.edit(call.world, channel, call.body)
    call.world.need(call.me, channel, Permission.MANAGE_CHANNELS)
    return 200, channels.edit_channel(call.world, channel, call.body)


def delete(call: Call) -> Reply:
    """Delete a channel or thread."""
    channel = call.channel
    thread = channel["type"] in THREADS
    wanted = Permission.MANAGE_THREADS if thread else Permission.MANAGE_CHANNELS
    call.world.need(call.me, channel, wanted)
    channels.delete_channel(call.world, channel)
    return 200, channel


def create(call: Call) -> Reply:
    """Make a channel in a guild."""
    world, body = call.world, call.body
    world.need_in_guild(call.me, call.parts["guild"], Permission.MANAGE_CHANNELS)
    made = channels.add_channel(
        world,
        world.guild(call.parts["guild"]),
        body["name"],
        ChannelType(int(body.get("type") or 0)),
        overwrites=body.get("permission_overwrites") or (),
        topic=body.get("topic"),
    )
    return 201, channels.edit_channel(world, made, body)


def put_overwrite(call: Call) -> Reply:
    """Set what a role or member may do in a channel."""
    call.world.need(call.me, call.channel, Permission.MANAGE_ROLES)
    given = {
        "id": call.parts["target"],
        "type": int(call.body["type"]),
        "allow": str(call.body.get("allow") or 0),
        "deny": str(call.body.get("deny") or 0),
    }
    channels.set_overwrite(call.world, call.channel, given)
    return 204, None


def drop_overwrite(call: Call) -> Reply:
    """Take away what was set for a role or member in a channel."""
    call.world.need(call.me, call.channel, Permission.MANAGE_ROLES)
    channels.drop_overwrite(call.world, call.channel, call.parts["target"])
    return 204, None


def typing(call: Call) -> Reply:
    """Show that the bot is typing."""
    channel = call.channel
    call.world.need(call.me, channel)
    moment = int(call.world.clock.now().timestamp())
    said = {"channel_id": channel["id"], "user_id": call.me, "timestamp": moment}
    where = {"guild_id": channel["guild_id"]} if "guild_id" in channel else {}
    call.world.emit("TYPING_START", said | where, channel)
    return 204, None


ROUTES = (
    Route("GET", "/channels/{channel}", show),
    Route("PATCH", "/channels/{channel}", edit),
    Route("DELETE", "/channels/{channel}", delete),
    Route("POST", "/guilds/{guild}/channels", create),
    Route("PUT", "/channels/{channel}/permissions/{target}", put_overwrite),
    Route("DELETE", "/channels/{channel}/permissions/{target}", drop_overwrite),
    Route("POST", "/channels/{channel}/typing", typing),
)
