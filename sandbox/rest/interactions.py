"""Routes by which the application answers an interaction; their token is in the path."""

from sandbox.rest.call import Call, Reply, Route
from sandbox.values import Json
from sandbox.world import interactions, messages
from sandbox.world.interaction import Interaction
from sandbox.world.kinds import Callback


def answer(call: Call) -> Reply:
    """Take the first answer, and show what became of it if asked `with_response`."""
    body = dict(call.body)
    if call.body.get("files"):
        body["data"] = {**(body.get("data") or {}), "files": call.body["files"]}
    done = interactions.answer(call.world, call.parts["interaction"], call.parts["token"], body)
    if call.query.get("with_response", "").lower() not in ("1", "true"):
        return 204, None
    found: Json = {"interaction": _outline(done)}
    if done.callback in (Callback.MESSAGE, Callback.UPDATE):
        found["resource"] = {"type": int(done.callback), "message": done.original}
    return 200, found


def _outline(done: Interaction) -> Json:
    outline: Json = {"id": done.id, "type": int(done.kind)}
    if done.original is None:
        return outline
    flags = done.original["flags"]
    return outline | {
        "response_message_id": done.original["id"],
        "response_message_loading": bool(flags & messages.LOADING),
        "response_message_ephemeral": bool(flags & messages.EPHEMERAL),
    }


def follow_up(call: Call) -> Reply:
    """Say one more thing."""
    return 200, interactions.follow_up(call.world, call.parts["token"], call.body)


def show(call: Call) -> Reply:
    """Show one of the interaction's messages."""
    return 200, interactions.find(call.world, call.parts["token"], call.parts["message"])


def edit(call: Call) -> Reply:
    """Change one of the interaction's messages."""
    token, message = call.parts["token"], call.parts["message"]
    return 200, interactions.edit(call.world, token, message, call.body)


def delete(call: Call) -> Reply:
    """Delete one of the interaction's messages."""
    interactions.delete(call.world, call.parts["token"], call.parts["message"])
    return 204, None


_BASE = "/webhooks/{app}/{token}"
ROUTES = (
    Route("POST", "/interactions/{interaction}/{token}/callback", answer, open=True),
    Route("POST", _BASE, follow_up, open=True),
    Route("GET", _BASE + "/messages/{message}", show, open=True),
    Route("PATCH", _BASE + "/messages/{message}", edit, open=True),
    Route("DELETE", _BASE + "/messages/{message}", delete, open=True),
)
