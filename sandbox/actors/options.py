"""What a person types after a slash, held against the command as it is registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sandbox.actors.refusals import BadOption, CommandMissing
from sandbox.values import Json, id_of
from sandbox.world.commands import GROUP, SUBCOMMAND
from sandbox.world.state import World


class OptionType(IntEnum):
    """What an option takes."""

    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10


_PYTHON: Mapping[int, tuple[type, ...]] = {
    OptionType.STRING: (str,),
    OptionType.INTEGER: (int,),
    OptionType.BOOLEAN: (bool,),
    OptionType.NUMBER: (int, float),
}
_ENTITIES = frozenset({6, 7, 8, 9})


@dataclass(frozen=True, slots=True)
class Named:
    """A command, the path of subcommands under it, and the options that the last one takes."""

    command: Json
    path: tuple[Json, ...]

    @property
    def options(self) -> dict[str, Json]:
        """Return the options by name."""
        last = self.path[-1] if self.path else self.command
        return {option["name"]: option for option in last.get("options") or []}


def named(commands: list[Json], name: str) -> Named:
    """Find a slash command by its words ("queue show"), or raise CommandMissing."""
    first, *rest = name.split()
    for command in commands:
        if command["name"] == first and command["type"] == 1:
            return Named(command, _path(command, rest, name))
    raise CommandMissing(f"/{name} is not registered here")


def _path(command: Json, words: list[str], name: str) -> tuple[Json, ...]:
    found: list[Json] = []
    held = command
    while subs := {o["name"]: o for o in held.get("options") or [] if o["type"] <= GROUP}:
        if not words or words[0] not in subs:
            raise CommandMissing(f"/{name} is not registered here; there are {sorted(subs)}")
        held = subs[words.pop(0)]
        found.append(held)
        if held["type"] == SUBCOMMAND:
            break
    if words:
        raise CommandMissing(f"/{name} is not registered here")
    return tuple(found)


def data(
    world: World, guild_id: str | None, wanted: Named, given: Mapping[str, Any], focused: str = ""
) -> Json:
    """Return the interaction's data for these options; raise BadOption if they do not fit.

    While `focused` is being typed, nothing is required yet and its value is free.
    """
    spec = wanted.options
    unknown = set(given) - set(spec)
    missing = {n for n, o in spec.items() if o.get("required") and n not in given}
    if unknown or (missing and not focused):
        raise BadOption(f"unknown options {sorted(unknown)}, missing {sorted(missing)}")
    filled = [_filled(spec[name], value, name == focused) for name, value in given.items()]
    for step in reversed(wanted.path):
        filled = [{"name": step["name"], "type": step["type"], "options": filled}]
    ids = [id_of(v) for n, v in given.items() if spec[n]["type"] in _ENTITIES]
    made = {
        "id": wanted.command["id"],
        "name": wanted.command["name"],
        "type": 1,
        "options": filled,
        "resolved": resolved(world, guild_id, ids),
    }
    own = wanted.command.get("guild_id")
    return made | {"guild_id": own} if own else made


def _filled(option: Json, value: Any, typing: bool) -> Json:
    kind = option["type"]
    if kind in _ENTITIES:
        value = id_of(value)
    elif not typing:
        _check(option, value)
    made = {"name": option["name"], "type": kind, "value": value}
    return made | {"focused": True} if typing else made


def _check(option: Json, value: Any) -> None:
    wanted = _PYTHON.get(option["type"], (object,))
    misfit = not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted)
    if misfit and object not in wanted:
        raise BadOption(f"{option['name']} does not take {value!r}")
    choices = [choice["value"] for choice in option.get("choices") or []]
    if choices and value not in choices:
        raise BadOption(f"{option['name']} takes one of {choices}, not {value!r}")
    size = len(value) if isinstance(value, str) else value
    low = option.get("min_length" if isinstance(value, str) else "min_value")
    high = option.get("max_length" if isinstance(value, str) else "max_value")
    if (low is not None and size < low) or (high is not None and size > high):
        raise BadOption(f"{option['name']} takes {low} to {high}, not {value!r}")


def resolved(world: World, guild_id: str | None, ids: list[str]) -> Json:
    """Return the objects behind ids, as interactions carry them."""
    found: Json = {}
    guild = world.guilds.get(guild_id or "")
    for each in ids:
        if each in world.users:
            found.setdefault("users", {})[each] = world.users[each]
            if guild is not None and each in guild.members:
                member = {k: v for k, v in guild.members[each].items() if k != "user"}
                found.setdefault("members", {})[each] = member | {"permissions": "0"}
        elif guild is not None and each in guild.roles:
            found.setdefault("roles", {})[each] = guild.roles[each]
        elif each in world.channels:
            bits = {"permissions": "0"}
            found.setdefault("channels", {})[each] = world.channels[each] | bits
    return found
