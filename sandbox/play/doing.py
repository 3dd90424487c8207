"""Carrying out the steps that do something."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.actors import (
    BadOption,
    CommandMissing,
    Invocation,
    NoAnswer,
    NotAllowed,
    NotOffered,
    Person,
    StillThinking,
)
from sandbox.calendar import until_months_later, until_next
from sandbox.play.hearing import folded, text_of
from sandbox.play.places import Places
from sandbox.play.problems import CannotPlay
from sandbox.play.steps import Advance, Archive, Click, Post, Say, Select, Slash, Step, Submit
from sandbox.server import Server
from sandbox.values import Json
from sandbox.world import components, until

PATIENCE = 10.0
"""Real seconds for a command to be registered, a button to appear, or due work to be done."""
_ANSWER = 8.0
_REFUSALS = (NotAllowed, NotOffered, CommandMissing, BadOption, NoAnswer, StillThinking)


class Doing:
    """Does what a scenario says, as the people of the town."""

    def __init__(self, server: Server, places: Places) -> None:
        self._server = server
        self._world = server.world
        self._places = places
        self._last: dict[str, Invocation] = {}
        self._verbs: dict[type[Step], Callable[[Any], Awaitable[str]]] = {
            Post: self._post,
            Say: self._say,
            Slash: self._slash,
            Click: self._click,
            Select: self._select,
            Submit: self._submit,
            Archive: self._archive,
            Advance: self._advance,
        }

    async def do(self, step: Step) -> str:
        """Carry out a step; return what was done in words. Raises CannotPlay."""
        try:
            return await self._verbs[type(step)](step)
        except _REFUSALS as refusal:
            raise CannotPlay(f"{type(refusal).__name__}: {refusal}") from refusal

    async def _post(self, step: Post) -> str:
        forum = self._places.channel(step.forum)
        person = self._places.person(step.who)
        unknown = set(step.tags) - {tag["name"] for tag in forum.get("available_tags") or []}
        if unknown:
            raise CannotPlay(f"#{step.forum} has no tag {', '.join(sorted(unknown))}")
        thread = await person.post(forum, step.title, step.body, step.tags)
        self._places.remember(step.name, thread)
        return f"{step.who} posts in #{step.forum}: {step.title}\n{step.body}"

    async def _say(self, step: Say) -> str:
        channel, person = self._places.channel(step.place), self._places.person(step.who)
        replied = None
        if step.to:
            replied = await self._shown(person, channel, lambda m: folded(step.to) in _words(m))
        await person.send(channel, step.text, replied)
        return f"{step.who} writes in “{channel['name']}”:\n{step.text}"

    async def _slash(self, step: Slash) -> str:
        channel, person = self._places.channel(step.place), self._places.person(step.who)
        options = {name: self._places.value(given) for name, given in step.options.items()}
        await until(self._world, lambda: self._registered(step.command), PATIENCE)
        begun = await person.slash(channel, step.command, **options)
        await self._answered(step.who, begun)
        given = " ".join(f"{name}: {value}" for name, value in step.options.items())
        return f"{step.who} uses /{step.command} {given}".rstrip()

    def _registered(self, command: str) -> bool:
        first = command.split(maxsplit=1)[0]
        return any(found["name"] == first for found in self._world.commands.values())

    async def _click(self, step: Click) -> str:
        channel, person = self._places.channel(step.place), self._places.person(step.who)
        message = await self._holding(person, channel, step.button, step.on)
        await self._answered(step.who, await person.click(message, step.button))
        return f"{step.who} presses “{step.button}” in “{channel['name']}”"

    async def _select(self, step: Select) -> str:
        channel, person = self._places.channel(step.place), self._places.person(step.who)
        message = await self._holding(person, channel, step.menu, step.on)
        chosen = self._places.values(step.choose)
        await self._answered(step.who, await person.select(message, step.menu, chosen))
        return f"{step.who} chooses {', '.join(step.choose)} from {step.menu}"

    async def _submit(self, step: Submit) -> str:
        if step.who not in self._last:
            raise CannotPlay(f"no form was shown to {step.who}")
        person = self._places.person(step.who)
        values = {name: self._places.value(given) for name, given in step.values.items()}
        await self._answered(step.who, await person.submit_modal(self._last[step.who], values))
        return f"{step.who} fills in and sends the form"

    async def _archive(self, step: Archive) -> str:
        channel = self._places.channel(step.place)
        await self._places.person(step.who).archive(channel, step.archived)
        return f"{step.who} {'archives' if step.archived else 'opens'} “{channel['name']}”"

    async def _advance(self, step: Advance) -> str:
        clock = self._server.clock
        seconds = step.seconds
        if step.months:
            seconds = until_months_later(clock.now(), step.months)
        if step.weekday is not None and step.at is not None:
            seconds = until_next(clock.now(), step.weekday, step.at)
        if not await clock.advance(seconds, wait=PATIENCE):
            raise CannotPlay("the bot did not tell that it had done what fell due")
        return f"time passes: {_length(seconds)}"

    async def _answered(self, who: str, begun: Invocation) -> None:
        await begun.answer(wait=_ANSWER)
        self._last[who] = begun

    async def _holding(self, person: Person, channel: Json, part: str, on: str) -> Json:
        def holds(message: Json) -> bool:
            found = components.find(message["components"], part)
            return bool(found and not found.get("disabled")) and folded(on) in _words(message)

        return await self._shown(person, channel, holds)

    async def _shown(self, person: Person, channel: Json, fits: Callable[[Json], bool]) -> Json:
        """Return the newest message that a person sees and that fits, once there is one."""

        def found() -> Json | None:
            return next((m for m in reversed(person.read(channel)) if fits(m)), None)

        await until(self._world, lambda: found() is not None, PATIENCE)
        message = found()
        if message is None:
            raise CannotPlay(f"no message in “{channel['name']}” has what is wanted")
        return message


def _words(message: Json) -> str:
    return folded(text_of(message))


def _length(seconds: float) -> str:
    days, rest = divmod(round(seconds), 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    said = [f"{n} {unit}" for n, unit in ((days, "days"), (hours, "h"), (minutes, "min")) if n]
    return " ".join(said) or f"{seconds:.0f} s"
