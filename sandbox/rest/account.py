"""Routes of the bot's own account, other users, and the gateway's address."""

from sandbox import permissions
from sandbox.rest.call import Call, Reply, Route
from sandbox.values import Json
from sandbox.world import channels
from sandbox.world.state import Guild

_DAILY_IDENTIFIES = 1000
_DAY = 86_400.0


def me(call: Call) -> Reply:
    """Show the bot its own account."""
    private = {"verified": True, "mfa_enabled": False, "email": None, "locale": "en-GB"}
    return 200, call.world.bot | private


def application(call: Call) -> Reply:
    """Show the application, whose flags tell which privileged intents it has."""
    world = call.world
    owner = next((user for user in world.users.values() if not user["bot"]), None)
    return 200, {
        "id": world.bot_id,
        "name": world.bot["global_name"],
        "icon": None,
        "description": "",
        "type": None,
        "bot": world.bot,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": call.gateway.application_flags,
        "flags_new": str(call.gateway.application_flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": owner,
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def emojis(call: Call) -> Reply:
    """List the application's emojis, of which there are none."""
    return 200, {"items": []}


def user(call: Call) -> Reply:
    """Show a user."""
    return 200, call.world.user(call.parts["user"])


def my_guilds(call: Call) -> Reply:
    """List the guilds that the bot is in."""
    mine = [guild for guild in call.world.guilds.values() if call.me in guild.members]
    return 200, [_summary(call, guild) for guild in mine]


def _summary(call: Call, guild: Guild) -> Json:
    bits = permissions.in_guild(guild.id, guild.roles, guild.members[call.me])
    counted = call.query.get("with_counts", "").lower() in ("1", "true")
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": 0}
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "banner": None,
        "owner": guild.owner_id == call.me,
        "permissions": str(bits),
        "features": ["COMMUNITY"],
        **(counts if counted else {}),
    }


def open_direct(call: Call) -> Reply:
    """Open a direct message channel."""
    return 200, channels.direct(call.world, call.world.user(str(call.body["recipient_id"])))


def gateway_url(call: Call) -> Reply:
    """Tell where the gateway is."""
    return 200, {"url": call.gateway.url}


def gateway_for_bot(call: Call) -> Reply:
    """Tell where the gateway is, and how many sessions may still be begun today."""
    now = call.world.clock.now().timestamp()
    today = sum(1 for at in call.gateway.identifies if now - at < _DAY)
    limit = {
        "total": _DAILY_IDENTIFIES,
        "remaining": max(0, _DAILY_IDENTIFIES - today),
        "reset_after": int(_DAY * 1000),
        "max_concurrency": 1,
    }
    return 200, {"url": call.gateway.url, "shards": 1, "session_start_limit": limit}


ROUTES = (
    Route("GET", "/users/@me", me),
    Route("GET", "/users/@me/guilds", my_guilds),
    Route("POST", "/users/@me/channels", open_direct),
    Route("GET", "/users/{user}", user),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/applications/@me", application),
    Route("GET", "/applications/{app}/emojis", emojis),
    Route("GET", "/gateway", gateway_url, open=True),
    Route("GET", "/gateway/bot", gateway_for_bot),
)
