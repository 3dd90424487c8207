"""The application's registered commands, global and of one guild."""

import re
from collections.abc import Iterable

from sandbox import errors
from sandbox.values import Json
from sandbox.world.kinds import COMMANDS_CHANGED, CommandType
from sandbox.world.state import World

_NAME = re.compile(r"[-_'\w]{1,32}")
SUBCOMMAND, GROUP = 1, 2


def registered(world: World, guild_id: str | None) -> list[Json]:
    """Return the commands of a guild, or the global ones."""
    return [found for found in world.commands.values() if found.get("guild_id") == guild_id]


def usable(world: World, guild_id: str | None) -> list[Json]:
    """Return every command that shows up in a guild, or in direct messages."""
    own = registered(world, guild_id) if guild_id else []
    return own + [c for c in registered(world, None) if guild_id or _in_direct(c)]


def _in_direct(command: Json) -> bool:
    contexts = command.get("contexts")
    return 1 in contexts if contexts is not None else command.get("dm_permission") is not False


def put_all(world: World, guild_id: str | None, given: Iterable[Json]) -> list[Json]:
    """Replace all commands of a guild, or all global ones; those of the same name keep their id."""
    made = [_made(world, guild_id, body) for body in given]
    for old in registered(world, guild_id):
        del world.commands[old["id"]]
    world.commands |= {command["id"]: command for command in made}
    _tell(world, guild_id)
    return made


def put(world: World, guild_id: str | None, given: Json) -> Json:
    """Register one command, in place of the one of the same name and kind."""
    command = _made(world, guild_id, given)
    world.commands[command["id"]] = command
    _tell(world, guild_id)
    return command


def edit(world: World, guild_id: str | None, command_id: str, given: Json) -> Json:
    """Change a command."""
    command = get(world, guild_id, command_id)
    made = _made(world, guild_id, {**command, **given}) | {"id": command_id}
    world.commands[command_id] = made
    _tell(world, guild_id)
    return made


def get(world: World, guild_id: str | None, command_id: str) -> Json:
    """Return a command, or raise UnknownCommand."""
    found = world.commands.get(command_id)
    if found is None or found.get("guild_id") != guild_id:
        raise errors.UnknownCommand
    return found


def delete(world: World, guild_id: str | None, command_id: str) -> None:
    """Take a command away."""
    get(world, guild_id, command_id)
    del world.commands[command_id]
    _tell(world, guild_id)


def _tell(world: World, guild_id: str | None) -> None:
    world.emit(COMMANDS_CHANGED, {"guild_id": guild_id})


def _made(world: World, guild_id: str | None, body: Json) -> Json:
    kind = int(body.get("type") or CommandType.SLASH)
    _check(body, kind)
    same = (
        old["id"]
        for old in registered(world, guild_id)
        if (old["name"], old["type"]) == (body["name"], kind)
    )
    needed = body.get("default_member_permissions")
    made = {key: value for key, value in body.items() if value is not None}
    made |= {
        "id": next(same, None) or world.new_id(),
        "application_id": world.bot_id,
        "version": world.new_id(),
        "type": kind,
        "description": body.get("description") or "",
        "default_member_permissions": None if needed is None else str(needed),
        "nsfw": bool(body.get("nsfw")),
    }
    return made | {"guild_id": guild_id} if guild_id else made


def _check(body: Json, kind: int) -> None:
    """Raise InvalidForm for a name or description that Discord would not take."""
    name = body["name"]
    slash = kind == CommandType.SLASH
    if slash and (not _NAME.fullmatch(name) or name != name.lower()):
        raise errors.InvalidForm.at(
            "name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"
        )
    if slash and not 1 <= len(body.get("description") or "") <= 100:
        raise errors.InvalidForm.at(
            "description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
        )
    if len(body.get("options") or []) > 25:
        raise errors.InvalidForm.at(
            "options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
        )
    if len(name) > 32:
        raise errors.InvalidForm.at(
            "name", "BASE_TYPE_MAX_LENGTH", "Must be 32 or fewer in length."
        )
