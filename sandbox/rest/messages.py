"""Routes of messages and pins."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from sandbox import errors
from sandbox.permissions import Permission
from sandbox.rest.call import Call, Reply, Route
from sandbox.values import Json
from sandbox.world import messages, sending
from sandbox.world.kinds import TALKABLE

_BULK_AGE = timedelta(days=14)


def create(call: Call) -> Reply:
    """Send a message; the same nonce a second time answers with the first one's message."""
    return 200, sending.send(call.world, call.world.bot, call.channel, call.body)


def listing(call: Call) -> Reply:
    """List messages, the newest first, on one side of a message or around it."""
    call.world.need(call.me, call.channel, Permission.READ_MESSAGE_HISTORY)
    if call.channel["type"] not in TALKABLE:
        raise errors.NotATextChannel
    held = call.world.messages[call.channel["id"]]
    return 200, _window(held, call.query, call.number("limit", 50, 100))


def _window(held: dict[str, Json], query: dict[str, str], limit: int) -> list[Json]:
    """Return at most `limit` messages beside a pivot, newest first."""
    # Ids only grow, so a channel's messages lie in the order of their ids.
    ids = list(held)
    if "after" in query:
        start = bisect_right(ids, int(query["after"]), key=int)
        return _public(held, ids[start:], limit)[::-1]
    if "around" in query:
        start = bisect_left(ids, int(query["around"]), key=int)
        older = _public(held, reversed(ids[:start]), limit // 2)
        newer = _public(held, ids[start:], limit - len(older))
        return newer[::-1] + older
    start = bisect_left(ids, int(query.get("before", 1 << 63)), key=int)
    return _public(held, reversed(ids[:start]), limit)


def _public(held: dict[str, Json], ids: Iterable[str], limit: int) -> list[Json]:
    public = (held[each] for each in ids if not held[each]["flags"] & messages.EPHEMERAL)
    return list(islice(public, limit))


def show(call: Call) -> Reply:
    """Show a message."""
    call.world.need(call.me, call.channel, Permission.READ_MESSAGE_HISTORY)
    return 200, call.message


def edit(call: Call) -> Reply:
    """Change a message of the bot's own."""
    message = call.message
    call.world.need(call.me, call.channel)
    if message["author"]["id"] != call.me and set(call.body) - {"flags"}:
        raise errors.NotYourMessage
    sending.need_open(call.world, call.channel)
    return 200, messages.edit(call.world, message, call.body)


def delete(call: Call) -> Reply:
    """Delete a message."""
    message = call.message
    call.world.need(call.me, call.channel)
    if message["author"]["id"] != call.me:
        call.world.need(call.me, call.channel, Permission.MANAGE_MESSAGES)
    messages.delete(call.world, message)
    return 204, None


def delete_many(call: Call) -> Reply:
    """Delete 2 to 100 messages that are not older than two weeks."""
    call.world.need(call.me, call.channel, Permission.MANAGE_MESSAGES)
    ids = [str(message) for message in call.body["messages"]]
    if not 2 <= len(ids) <= 100:
        raise errors.InvalidForm.at(
            "messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length."
        )
    held = call.world.messages[call.channel["id"]]
    found = [held[message] for message in ids if message in held]
    oldest = (call.world.clock.now() - _BULK_AGE).isoformat()
    if any(message["timestamp"] < oldest for message in found):
        raise errors.TooOldToBulkDelete
    messages.delete_many(call.world, call.channel, found)
    return 204, None


def pins(call: Call) -> Reply:
    """List the pinned messages."""
    call.world.need(call.me, call.channel, Permission.READ_MESSAGE_HISTORY)
    pinned = [m for m in call.world.messages[call.channel["id"]].values() if m["pinned"]]
    items = [{"pinned_at": message["timestamp"], "message": message} for message in pinned]
    return 200, {"items": items[::-1], "has_more": False}


def pin(call: Call) -> Reply:
    """Pin a message."""
    return _set_pin(call, pinned=True)


def unpin(call: Call) -> Reply:
    """Unpin a message."""
    return _set_pin(call, pinned=False)


def _set_pin(call: Call, pinned: bool) -> Reply:
    # Discord split the pin permission off; those who held the old one kept both.
    bits = call.world.permissions(call.me, call.channel)
    if not bits & (Permission.PIN_MESSAGES | Permission.MANAGE_MESSAGES).value:
        raise errors.MissingPermissions
    messages.pin(call.world, call.channel, call.message, call.world.bot, pinned)
    return 204, None


ROUTES = (
    Route("POST", "/channels/{channel}/messages", create),
    Route("GET", "/channels/{channel}/messages", listing),
    Route("POST", "/channels/{channel}/messages/bulk-delete", delete_many),
    Route("GET", "/channels/{channel}/messages/pins", pins),
    Route("PUT", "/channels/{channel}/messages/pins/{message}", pin),
    Route("DELETE", "/channels/{channel}/messages/pins/{message}", unpin),
    Route("GET", "/channels/{channel}/messages/{message}", show),
    Route("PATCH", "/channels/{channel}/messages/{message}", edit),
    Route("DELETE", "/channels/{channel}/messages/{message}", delete),
)
