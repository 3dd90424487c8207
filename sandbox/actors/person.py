"""What a person can do: the same doors for tests and for the page."""

from collections.abc import Sequence
from typing import Any

from sandbox.actors import forms, options
from sandbox.actors.answers import Answer, Invocation
from sandbox.actors.refusals import CommandMissing, NotAllowed, NotOffered
from sandbox.actors.writer import Writer, permitted
from sandbox.clock import SandboxClock
from sandbox.permissions import ALL, Permission
from sandbox.values import Json, Ref
from sandbox.world import calling, commands, components, messages
from sandbox.world.interaction import Interaction
from sandbox.world.kinds import CommandType, InteractionType

_MENU_KEYS = ("id", "name", "type", "guild_id")


class Person(Writer):
    """Someone at the keyboard. Only what their permissions let them do can be done."""

    def _commands(self, channel: Json) -> list[Json]:
        return commands.usable(self.world, channel.get("guild_id"))

    def _begin(
        self,
        channel: Json,
        kind: InteractionType,
        data: Json,
        source: Json | None = None,
        opener: Interaction | None = None,
    ) -> Invocation:
        with permitted():
            self.world.need(self.id, channel)
            begun = calling.begin(
                self.world, self.user, channel, kind, data, source=source, opener=opener
            )
        return Invocation(self.world, begun)

    def _may_use(self, channel: Json, command: Json) -> None:
        """Raise NotAllowed unless the command is there for this person."""
        if "guild_id" not in channel:
            return
        bits = self.world.permissions(self.id, channel)
        needed = int(command["default_member_permissions"] or 0)
        # "0" stands for administrators alone; null for everybody.
        for_admins = command["default_member_permissions"] == "0" and bits != ALL
        wanted = needed | Permission.USE_APPLICATION_COMMANDS.value
        if for_admins or bits & wanted != wanted:
            raise NotAllowed

    async def slash(self, channel: Ref, name: str, /, **given: Any) -> Invocation:
        """Use a slash command; subcommands are named by their words, as in "queue show"."""
        where = self._channel(channel)
        wanted = options.named(self._commands(where), name)
        self._may_use(where, wanted.command)
        data = options.data(self.world, where.get("guild_id"), wanted, given)
        return self._begin(where, InteractionType.COMMAND, data)

    async def autocomplete(
        self, channel: Ref, name: str, option: str, typed: str, /, **given: Any
    ) -> Invocation:
        """Type into an option that completes itself."""
        where = self._channel(channel)
        wanted = options.named(self._commands(where), name)
        self._may_use(where, wanted.command)
        if not wanted.options.get(option, {}).get("autocomplete"):
            raise NotOffered(f"/{name} does not complete {option}")
        data = options.data(
            self.world, where.get("guild_id"), wanted, {**given, option: typed}, option
        )
        return self._begin(where, InteractionType.AUTOCOMPLETE, data)

    async def context_menu(self, name: str, target: Json) -> Invocation:
        """Use a command from the menu of a message."""
        message = self._message(target)
        where = self._channel(message["channel_id"])
        for command in self._commands(where):
            if command["name"] == name and command["type"] == CommandType.MESSAGE_MENU:
                self._may_use(where, command)
                data: Json = {key: command[key] for key in _MENU_KEYS if key in command}
                data |= {"target_id": message["id"]}
                data |= {"resolved": {"messages": {message["id"]: message}}}
                return self._begin(where, InteractionType.COMMAND, data)
        raise CommandMissing(f"{name!r} is not in the menu of messages here")

    async def click(self, message: Json, button: str) -> Invocation:
        """Press a button, named by its custom_id or its label."""
        found = self._shown(message)
        part = self._part(found, button)
        if part["type"] != components.BUTTON:
            raise NotOffered(f"{button!r} is not a button")
        data = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"]}
        return self._press(found, data)

    async def select(self, message: Json, custom_id: str, values: Sequence[Any]) -> Invocation:
        """Choose from a select."""
        found = self._shown(message)
        part = self._part(found, custom_id)
        if part["type"] not in components.SELECTS:
            raise NotOffered(f"{custom_id!r} is not a select")
        picked = forms.chosen(part, values)
        data = {"custom_id": part["custom_id"], "component_type": part["type"], "values": picked}
        if part["type"] in components.ENTITY_SELECTS:
            # A select of strings carries no `resolved`: a client would read its values from it.
            guild = self._channel(found["channel_id"]).get("guild_id")
            data["resolved"] = options.resolved(self.world, guild, picked)
        return self._press(found, data | {"id": part["id"]})

    def _shown(self, message: Json) -> Json:
        """Return a message as it now is; one for another's eyes only is not there."""
        found = self._message(message)
        with permitted():
            shown = messages.shown_to(self.world, self._channel(found["channel_id"]), self.id)
        if found not in shown:
            raise NotAllowed("this message is not shown to this person")
        return found

    def _part(self, message: Json, name: str) -> Json:
        part = components.find(message["components"], name)
        if part is None or part.get("disabled"):
            raise NotOffered(f"the message offers no {name!r} that can be used")
        return part

    def _press(self, message: Json, data: Json) -> Invocation:
        where = self._channel(message["channel_id"])
        return self._begin(where, InteractionType.COMPONENT, data, source=message)

    async def submit_modal(self, shown: Invocation, values: forms.Values) -> Invocation:
        """Fill in the form that an interaction was answered with, by custom_id, and send it."""
        answer: Answer = await shown.answer()
        if answer.modal is None:
            raise NotOffered("the interaction was not answered with a form")
        parts = forms.submitted(answer.modal, values)
        data = {"custom_id": answer.modal["custom_id"], "components": parts}
        begun = shown.interaction
        picked = [str(v) for part in components.walk(parts) for v in part.get("values") or []]
        guild = begun.channel.get("guild_id")
        data["resolved"] = options.resolved(self.world, guild, picked)
        return self._begin(begun.channel, InteractionType.MODAL, data, begun.source, begun)

    async def advance_time(self, seconds: float, settle: bool = True) -> bool:
        """Let time pass for everyone; with `settle`, until the bot has done what fell due."""
        if not isinstance(self.world.clock, SandboxClock):
            raise TypeError("this world's clock cannot be pushed")
        return await self.world.clock.advance(seconds, settle=settle)
