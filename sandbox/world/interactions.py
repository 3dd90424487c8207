"""The life of an interaction once begun: answered by the application, and followed up.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from datetime import timedelta

from sandbox import errors
from sandbox.values import Json
from sandbox.world import messages
from sandbox.world.interaction import Interaction
from sandbox.world.kinds import (
    INTERACTION_ANSWERED,
    Callback,
    CommandType,
    InteractionType,
    MessageFlag,
    MessageType,
)
from sandbox.world.state import World


def answer(world: World, interaction_id: str, token: str, body: Json) -> Interaction:
    """Take the application's first answer.

    Raises UnknownInteraction after the deadline, AlreadyAcknowledged the second time.
    """
    begun = world.interactions.get(token)
    if begun is None or begun.id != interaction_id:
        raise errors.UnknownInteraction
    if begun.callback is not None:
        raise errors.AlreadyAcknowledged
    if world.clock.now() - begun.made_at > timedelta(seconds=world.interaction_deadline):
        raise errors.UnknownInteraction
    callback = Callback(int(body["type"]))
    data = dict(body.get("data") or {})
    _need_fitting(begun, callback)
    _apply(world, begun, callback, data)
    begun.callback = callback
    _tell(world, begun)
    return begun


def _need_fitting(begun: Interaction, callback: Callback) -> None:
    """Raise InvalidForm if this kind of interaction cannot be answered in this way."""
    choosing = begun.kind is InteractionType.AUTOCOMPLETE
    sourceless = begun.source is None and callback in (Callback.UPDATE, Callback.DEFERRED_UPDATE)
    nested = begun.kind is InteractionType.MODAL and callback is Callback.MODAL
    if choosing != (callback is Callback.CHOICES) or sourceless or nested:
        raise errors.InvalidForm.at(
            "type", "INTERACTION_APPLICATION_INVALID_TYPE", "Invalid response type."
        )


def _apply(world: World, begun: Interaction, callback: Callback, data: Json) -> None:
    if callback is Callback.MESSAGE:
        begun.original = _say(world, begun, data)
        begun.completed = True
    elif callback is Callback.DEFERRED_MESSAGE:
        begun.original = _say(world, begun, {"flags": data.get("flags")}, loading=True)
    elif callback is Callback.UPDATE and begun.source is not None:
        begun.original = messages.edit(
            world, begun.source, data, private_to=_private(begun, begun.source)
        )
        begun.completed = True
    elif callback is Callback.DEFERRED_UPDATE:
        begun.original = begun.source
    else:
        begun.outcome = data
        begun.completed = True


def _first_kind(begun: Interaction) -> MessageType:
    if begun.kind is not InteractionType.COMMAND:
        return MessageType.DEFAULT
    menu = begun.data.get("type", 1) != CommandType.SLASH
    return MessageType.CONTEXT_MENU_COMMAND if menu else MessageType.CHAT_INPUT_COMMAND


def _say(world: World, begun: Interaction, data: Json, loading: bool = False) -> Json:
    flags = int(data.get("flags") or 0)
    extra: Json = {
        "webhook_id": world.bot_id,
        "application_id": world.bot_id,
        "interaction_metadata": _metadata(begun),
    }
    if begun.callback is not None and begun.original is not None:
        said_to = {"type": 0, "message_id": begun.original["id"], "channel_id": begun.channel["id"]}
        extra["message_reference"] = said_to
    if loading:
        extra["flags"] = flags & messages.EPHEMERAL | messages.LOADING
    return messages.create(
        world,
        begun.channel,
        world.bot,
        data,
        kind=_first_kind(begun) if begun.callback is None else MessageType.REPLY,
        private_to=begun.user["id"] if flags & messages.EPHEMERAL else None,
        extra=extra,
    )


def _metadata(begun: Interaction) -> Json:
    """Return how a message came about, for everyone who sees it."""
    found: Json = {
        "id": begun.id,
        "type": int(begun.kind),
        "user": begun.user,
        "authorizing_integration_owners": {"0": begun.channel.get("guild_id", "0")},
    }
    if begun.kind is InteractionType.COMPONENT and begun.source is not None:
        found["interacted_message_id"] = begun.source["id"]
    if begun.opener is not None:
        found["triggering_interaction_metadata"] = _metadata(begun.opener)
    return found


def _private(begun: Interaction, message: Json) -> str | None:
    return begun.user["id"] if message["flags"] & messages.EPHEMERAL else None


def live(world: World, token: str) -> Interaction:
    """Return an answered interaction whose token still serves."""
    begun = world.interactions.get(token)
    if begun is None:
        raise errors.UnknownWebhook
    if world.clock.now() - begun.made_at > timedelta(seconds=world.token_lifetime):
        raise errors.InvalidWebhookToken
    if begun.callback is None:
        raise errors.UnknownWebhook
    return begun


def follow_up(world: World, token: str, body: Json) -> Json:
    """Say one more thing; the first after a deferred answer completes that one instead."""
    begun = live(world, token)
    waiting = begun.original
    if waiting is not None and waiting["flags"] & messages.LOADING:
        return edit(world, token, "@original", body)
    message = _say(world, begun, body)
    begun.followups.append(message)
    begun.completed = True
    _tell(world, begun)
    return message


def find(world: World, token: str, message_id: str) -> Json:
    """Return one of an interaction's messages; `@original` names the first."""
    begun = live(world, token)
    said = [begun.original, *begun.followups]
    wanted = begun.original["id"] if message_id == "@original" and begun.original else message_id
    for message in said:
        if message is not None and message["id"] == wanted:
            return world.message(message["channel_id"], message["id"])
    raise errors.UnknownMessage


def edit(world: World, token: str, message_id: str, body: Json) -> Json:
    """Change one of an interaction's messages."""
    begun = live(world, token)
    message = find(world, token, message_id)
    waiting = bool(message["flags"] & messages.LOADING)
    wanted = dict(body)
    if waiting:
        # What was deferred as ephemeral stays so, whatever the completing message asks for.
        asked = int(body.get("flags") or 0) & MessageFlag.COMPONENTS_V2.value
        wanted["flags"] = asked
    messages.edit(world, message, wanted, touch=not waiting, private_to=_private(begun, message))
    begun.completed = True
    _tell(world, begun)
    return message


def delete(world: World, token: str, message_id: str) -> None:
    """Delete one of an interaction's messages."""
    begun = live(world, token)
    message = find(world, token, message_id)
    messages.delete(world, message, _private(begun, message))
    begun.completed = True
    _tell(world, begun)


def _tell(world: World, begun: Interaction) -> None:
    data = {"id": begun.id, "token": begun.token, "user_id": begun.user["id"]}
    world.emit(INTERACTION_ANSWERED, data, begun.channel, private_to=begun.user["id"])
