"""Who a message names, and who it truly pings.

Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.values import Json

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Pinged:
    """Who is called by a message: ids of users and of roles, and whether everyone is."""

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


def pings(text: str, allowed: Json | None, replied_to: str | None) -> Pinged:
    """Return whom a text names and its author lets it ping, before any permission is looked at."""
    users = _allowed(_USER.findall(text), "users", allowed)
    if replied_to is not None and (allowed is None or allowed.get("replied_user")):
        users = (*users, replied_to)
    everyone = bool(_EVERYONE.search(text)) and (allowed is None or "everyone" in _parse(allowed))
    roles = _allowed(_ROLE.findall(text), "roles", allowed)
    return Pinged(tuple(dict.fromkeys(users)), roles, everyone)


def narrow(pinged: Pinged, users: Iterable[str], roles: Iterable[str], everyone: bool) -> Pinged:
    """Keep only the users and roles that can be pinged, and everyone only if permitted."""
    reachable, callable_roles = set(users), set(roles)
    return Pinged(
        tuple(user for user in pinged.users if user in reachable),
        tuple(role for role in pinged.roles if role in callable_roles),
        pinged.everyone and everyone,
    )


def _parse(allowed: Json) -> list[str]:
    return list(allowed.get("parse") or [])


def _allowed(named: list[str], kind: str, allowed: Json | None) -> tuple[str, ...]:
    unique = tuple(dict.fromkeys(named))
    if allowed is None or kind in _parse(allowed):
        return unique
    listed = {str(who) for who in allowed.get(kind) or []}
    return tuple(who for who in unique if who in listed)
