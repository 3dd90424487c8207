"""How a person calls on the application: the interaction that is sent to it."""

import secrets
from datetime import timedelta

from sandbox.values import Json
from sandbox.world import shapes
from sandbox.world.interaction import Interaction
from sandbox.world.kinds import InteractionType
from sandbox.world.state import World


def begin(
    world: World,
    user: Json,
    channel: Json,
    kind: InteractionType,
    data: Json,
    *,
    source: Json | None = None,
    opener: Interaction | None = None,
) -> Interaction:
    """Begin an interaction and send it to the application."""
    begun = Interaction(
        id=world.new_id(),
        token=secrets.token_urlsafe(40),
        kind=kind,
        user=user,
        channel=channel,
        data=data,
        made_at=world.clock.now(),
        source=source,
        opener=opener,
    )
    _forget_old(world)
    world.interactions[begun.token] = begun
    world.emit("INTERACTION_CREATE", _payload(world, begun), channel)
    return begun


def _forget_old(world: World) -> None:
    """Drop interactions whose tokens have long expired; they are kept in the order they came."""
    limit = world.clock.now() - timedelta(seconds=2 * world.token_lifetime)
    while world.interactions:
        first = next(iter(world.interactions))
        if world.interactions[first].made_at > limit:
            return
        del world.interactions[first]


def _payload(world: World, begun: Interaction) -> Json:
    channel, user = begun.channel, begun.user
    bits = str(world.permissions(user["id"], channel))
    payload: Json = {
        "id": begun.id,
        "application_id": world.bot_id,
        "type": int(begun.kind),
        "token": begun.token,
        "version": 1,
        "data": begun.data,
        "channel_id": channel["id"],
        "channel": {**channel, "permissions": bits},
        "locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": {"0": channel.get("guild_id", "0")},
        "context": 0 if "guild_id" in channel else 1,
        "attachment_size_limit": 10_485_760,
        "app_permissions": str(world.permissions(world.bot_id, channel)),
    }
    if begun.source is not None:
        payload["message"] = shapes.message_event(world, channel, begun.source)
    return payload | _who(world, channel, user, bits)


def _who(world: World, channel: Json, user: Json, bits: str) -> Json:
    if "guild_id" not in channel:
        return {"user": user}
    guild = world.guilds[channel["guild_id"]]
    return {
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": "en-GB", "features": ["COMMUNITY"]},
        "guild_locale": "en-GB",
        "member": {**guild.members[user["id"]], "permissions": bits},
    }
