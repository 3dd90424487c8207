"""The larger payloads, put together from the world as Discord sends them."""

from sandbox.values import Json
from sandbox.world.kinds import THREADS
from sandbox.world.state import Guild, World

# The intent without which a client is told of no member but itself.
GUILD_MEMBERS = 1 << 1


def member_without_user(member: Json) -> Json:
    """Return a member as it rides on a message: the user is already there."""
    return {key: value for key, value in member.items() if key != "user"}


def message_event(world: World, channel: Json, message: Json) -> Json:
    """Return a message as the gateway sends it, with guild and member."""
    if "guild_id" not in channel:
        return {**message, "channel_type": channel["type"]}
    event = {**message, "guild_id": channel["guild_id"], "channel_type": channel["type"]}
    member = world.guilds[channel["guild_id"]].members.get(message["author"]["id"])
    if member is not None:
        event["member"] = member_without_user(member)
    return event


def thread_with_member(world: World, thread: Json) -> Json:
    """Return a thread with the bot's own membership, if it has one."""
    mine = world.thread_members[thread["id"]].get(world.bot_id)
    return thread if mine is None else {**thread, "member": mine}


def active_threads(world: World, guild_id: str, parent_id: str | None = None) -> list[Json]:
    """Return the threads that are not archived and that the bot can see."""
    return [
        channel
        for channel in world.channels.values()
        if channel["type"] in THREADS
        and channel["guild_id"] == guild_id
        and parent_id in (None, channel["parent_id"])
        and not channel["thread_metadata"]["archived"]
        and world.sees(world.bot_id, channel)
    ]


def thread_list(world: World, channel: Json) -> Json:
    """Return what THREAD_LIST_SYNC says of one channel."""
    threads = active_threads(world, channel["guild_id"], channel["id"])
    mine = (world.thread_members[thread["id"]].get(world.bot_id) for thread in threads)
    return {
        "guild_id": channel["guild_id"],
        "channel_ids": [channel["id"]],
        "threads": threads,
        "members": [member for member in mine if member is not None],
    }


def guild(world: World, found: Guild) -> Json:
    """Return a guild as the REST interface shows it."""
    return {
        "id": found.id,
        "name": found.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": ["COMMUNITY"],
        "banner": None,
        "owner_id": found.owner_id,
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": list(found.roles.values()),
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-GB",
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create(world: World, found: Guild, intents: int) -> Json:
    """Return a guild as the gateway first shows it to a client with these intents."""
    members = list(found.members.values())
    if not intents & GUILD_MEMBERS:
        members = [found.members[world.bot_id]]
    return {
        **guild(world, found),
        "joined_at": found.members[world.bot_id]["joined_at"],
        "large": False,
        "unavailable": False,
        "member_count": len(found.members),
        "voice_states": [],
        "members": members,
        "channels": [world.channels[channel_id] for channel_id in found.channels],
        "threads": [thread_with_member(world, t) for t in active_threads(world, found.id)],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
