"""Routes of reactions."""

from urllib.parse import unquote

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.rest.call import Call, Reply, Route
from sandbox.values import Json
from sandbox.world import reactions, sending


def add(call: Call) -> Reply:
    """React as the bot."""
    message = call.message
    call.world.need(call.me, call.channel, Permission.READ_MESSAGE_HISTORY)
    held = call.world.reactions.get(message["id"], {})
    if not held.get(_emoji(call)):
        call.world.need(call.me, call.channel, Permission.ADD_REACTIONS)
    sending.need_open(call.world, call.channel)
    reactions.react(call.world, message, call.world.bot, _emoji(call))
    return 204, None


def remove_own(call: Call) -> Reply:
    """Take the bot's reaction back."""
    sending.need_open(call.world, call.channel)
    reactions.unreact(call.world, call.message, call.world.bot, _emoji(call))
    return 204, None


def remove(call: Call) -> Reply:
    """Take someone's reaction away."""
    call.world.need(call.me, call.channel, Permission.MANAGE_MESSAGES)
    user = call.world.user(call.parts["user"])
    reactions.unreact(call.world, call.message, user, _emoji(call))
    return 204, None


def clear(call: Call) -> Reply:
    """Take all reactions away, or all of one emoji."""
    call.world.need(call.me, call.channel, Permission.MANAGE_MESSAGES)
    emoji = _emoji(call) if "emoji" in call.parts else None
    reactions.clear(call.world, call.message, emoji)
    return 204, None


def who(call: Call) -> Reply:
    """List who reacted with an emoji."""
    message = call.message
    held = call.world.reactions.get(message["id"], {}).get(_emoji(call), [])
    later: list[Json] = [
        call.world.users[user] for user in held if int(user) > int(call.query.get("after", 0))
    ]
    return 200, later[: call.number("limit", 25, 100)]


def _emoji(call: Call) -> str:
    """Return the emoji of the path. A word in letters is no emoji."""
    emoji = unquote(call.parts["emoji"])
    if emoji.isascii() and ":" not in emoji and not emoji[:1].isdigit():
        raise errors.UnknownEmoji
    return emoji


_BASE = "/channels/{channel}/messages/{message}/reactions"
ROUTES = (
    Route("PUT", _BASE + "/{emoji}/@me", add),
    Route("DELETE", _BASE + "/{emoji}/@me", remove_own),
    Route("DELETE", _BASE + "/{emoji}/{user}", remove),
    Route("DELETE", _BASE + "/{emoji}", clear),
    Route("DELETE", _BASE, clear),
    Route("GET", _BASE + "/{emoji}", who),
)
