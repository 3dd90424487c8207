"""What a person does at the page: one short function for each thing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.actors import (
    BadOption,
    CommandMissing,
    Invocation,
    NoAnswer,
    NotAllowed,
    NotOffered,
    Person,
)
from sandbox.calendar import until_months_later
from sandbox.errors import ApiError
from sandbox.server import Server
from sandbox.town import Town
from sandbox.values import Json
from sandbox.world.kinds import Callback

DEADLINE = 3.5
"""Real seconds for a first answer: Discord's three, and a little for the way back."""
COMPLETION = 3.0
FURTHEST = 400 * 86_400.0
_UNANSWERED = "{bot} did not answer in time."
_ABSENT = "{bot} is not connected, so nothing can answer."


@dataclass(frozen=True, slots=True)
class Sitting:
    """The table a person sits at."""

    server: Server
    town: Town

    def person(self, body: Json) -> Person:
        """Return who acts, or raise NotAllowed."""
        for person in self.town.people:
            if person.id == body.get("as"):
                return person
        raise NotAllowed("There is nobody by that id.")

    def message(self, body: Json) -> Json:
        """Return the message that is meant."""
        return self.server.world.message(str(body["channel"]), str(body["message"]))


Action = Callable[[Sitting, Json], Awaitable[Json]]


async def serve_action(action: Action, sitting: Sitting, body: Json) -> tuple[int, Json]:
    """Do something; return the status and what the page is told."""
    try:
        return 200, await action(sitting, body)
    except (NotAllowed, ApiError) as refusal:
        return 403, {"error": f"That is not allowed here: {refusal}"}
    except (BadOption, CommandMissing, NotOffered) as misfit:
        return 409, {"error": str(misfit)}
    except (KeyError, TypeError, ValueError) as wrong:
        return 400, {"error": f"The page asked for something odd: {wrong!r}"}


async def send(sitting: Sitting, body: Json) -> Json:
    """Send a message, perhaps as a reply."""
    replied = sitting.message(body) if body.get("message") else None
    sent = await sitting.person(body).send(body["channel"], str(body["text"]), replied)
    return {"id": sent["id"]}


async def edit(sitting: Sitting, body: Json) -> Json:
    """Change one's own message."""
    await sitting.person(body).edit(sitting.message(body), str(body["text"]))
    return {}


async def delete(sitting: Sitting, body: Json) -> Json:
    """Delete a message."""
    await sitting.person(body).delete(sitting.message(body))
    return {}


async def react(sitting: Sitting, body: Json) -> Json:
    """Add a reaction, or take it back."""
    person = sitting.person(body)
    change = person.react if body["on"] else person.unreact
    await change(sitting.message(body), str(body["emoji"]))
    return {}


async def post(sitting: Sitting, body: Json) -> Json:
    """Make a forum post."""
    title, words, tags = str(body["title"]), str(body["text"]), list(body.get("tags") or [])
    thread = await sitting.person(body).post(body["channel"], title, words, tags)
    return {"id": thread["id"]}


async def archive(sitting: Sitting, body: Json) -> Json:
    """Close a thread, or open it again."""
    await sitting.person(body).archive(body["channel"], bool(body["archived"]))
    return {}


async def slash(sitting: Sitting, body: Json) -> Json:
    """Use a slash command."""
    person = sitting.person(body)
    begun = await person.slash(body["channel"], body["name"], **body["options"])
    return await _first_answer(sitting, begun)


async def complete(sitting: Sitting, body: Json) -> Json:
    """Ask the bot to complete what is being typed."""
    person = sitting.person(body)
    begun = await person.autocomplete(
        body["channel"], body["name"], body["option"], body["typed"], **body["options"]
    )
    try:
        answer = await begun.answer(wait=COMPLETION)
    except NoAnswer:
        return {"choices": []}
    return {"choices": list(answer.choices)}


async def menu(sitting: Sitting, body: Json) -> Json:
    """Use a command from a message's menu."""
    begun = await sitting.person(body).context_menu(body["name"], sitting.message(body))
    return await _first_answer(sitting, begun)


async def click(sitting: Sitting, body: Json) -> Json:
    """Press a button."""
    begun = await sitting.person(body).click(sitting.message(body), body["custom_id"])
    return await _first_answer(sitting, begun)


async def select(sitting: Sitting, body: Json) -> Json:
    """Choose from a select."""
    chosen = list(body["values"])
    begun = await sitting.person(body).select(sitting.message(body), body["custom_id"], chosen)
    return await _first_answer(sitting, begun)


async def submit(sitting: Sitting, body: Json) -> Json:
    """Send a form that was shown."""
    person = sitting.person(body)
    shown = sitting.server.world.interactions.get(str(body["handle"]))
    if shown is None or shown.user["id"] != person.id:
        raise NotOffered("This form is no longer open.")
    begun = await person.submit_modal(Invocation(sitting.server.world, shown), body["values"])
    return await _first_answer(sitting, begun)


async def clock(sitting: Sitting, body: Json) -> Json:
    """Push the clock, and return once the bot has done what fell due."""
    seconds = float(body.get("seconds") or 0)
    if body.get("months"):
        now = sitting.server.clock.now()
        seconds = until_months_later(now, int(body["months"]))
    if not 0 < seconds <= FURTHEST:
        raise ValueError(seconds)
    wait = 10.0 if sitting.server.gateway.live else 0.0
    settled = await sitting.server.clock.advance(seconds, wait=wait)
    return {"settled": settled}


async def _first_answer(sitting: Sitting, begun: Invocation) -> Json:
    """Wait for the bot's first answer; a form goes back to the page, messages come by stream."""
    bot = sitting.server.world.bot["global_name"]
    if not sitting.server.gateway.live:
        return {"error": _ABSENT.format(bot=bot)}
    try:
        await begun.acknowledged(DEADLINE)
    except NoAnswer:
        return {"error": _UNANSWERED.format(bot=bot)}
    interaction = begun.interaction
    if interaction.callback is Callback.MODAL:
        return {"modal": interaction.outcome, "handle": interaction.token}
    return {}


ACTIONS: dict[str, Action] = {
    action.__name__: action
    for action in (
        send,
        edit,
        delete,
        react,
        post,
        archive,
        slash,
        complete,
        menu,
        click,
        select,
        submit,
        clock,
    )
}
