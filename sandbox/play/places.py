"""Who and what a scenario's words stand for in the town."""

from collections.abc import Sequence
from typing import Any

from sandbox.actors import Person
from sandbox.play.problems import CannotPlay
from sandbox.town import Town
from sandbox.values import Json
from sandbox.world.kinds import THREADS

PEOPLE = ("mother", "father", "knowledgeable", "newcomer", "volunteer", "lead", "admin")


class Places:
    """Finds people, channels, threads and roles by the names a scenario gives them."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._threads: dict[str, str] = {}

    def remember(self, name: str, thread: Json) -> None:
        """Let a thread be called by a name from now on."""
        self._threads[name] = thread["id"]

    def person(self, name: str) -> Person:
        """Return somebody of the town."""
        found: Person = getattr(self.town, name)
        return found

    def channel(self, name: str) -> Json:
        """Return a channel by its name, or a thread by its own or given name."""
        channels = self.town.world.channels
        if name in self._threads and self._threads[name] in channels:
            return channels[self._threads[name]]
        wanted = name.removeprefix("#")
        named = [found for found in channels.values() if found.get("name") == wanted]
        # Channels go before threads: a thread may be titled as a channel is named.
        named.sort(key=lambda found: found["type"] in THREADS)
        if not named:
            raise CannotPlay(f"there is no channel or thread called {name!r}")
        return named[0]

    def role(self, name: str) -> Json:
        """Return a role by its name."""
        for role in self.town.guild.roles.values():
            if role["name"] == name:
                return role
        raise CannotPlay(f"there is no role called {name!r}")

    def value(self, given: Any) -> Any:
        """Return what a value stands for: "#name" a channel's id, "@name" a role's or person's."""
        if not isinstance(given, str) or given[:1] not in "#@" or len(given) < 2:
            return given
        if given[0] == "#":
            return self.channel(given)["id"]
        name = given[1:]
        return self.person(name).id if name in PEOPLE else self.role(name)["id"]

    def values(self, given: Sequence[str]) -> list[Any]:
        """Return what several values stand for."""
        return [self.value(one) for one in given]

    def author(self, name: str) -> str:
        """Return the id of somebody of the town, or of the bot."""
        return self.town.world.bot_id if name == "bot" else self.person(name).id

    def called(self, user_id: str) -> str:
        """Return what a scenario calls somebody."""
        for name in PEOPLE:
            if self.person(name).id == user_id:
                return name
        return str(self.town.world.users[user_id]["global_name"])
