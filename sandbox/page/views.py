"""What one person sees of the town, for the page."""

from dataclasses import dataclass

from sandbox.actors import NotAllowed, Person
from sandbox.errors import UnknownChannel
from sandbox.page import shapes
from sandbox.page.clockface import clock_shape
from sandbox.server import Server
from sandbox.town import Town
from sandbox.values import Json
from sandbox.world import World
from sandbox.world.kinds import THREADS

PARTS = {
    "mother": "a mother",
    "father": "another parent",
    "knowledgeable": "knows the law well",
    "newcomer": "new here",
    "volunteer": "a volunteer",
    "lead": "leads the volunteers",
    "admin": "owns the server",
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone at the page."""

    server: Server
    town: Town
    person: Person

    @property
    def world(self) -> World:
        """Return the world that is looked at."""
        return self.server.world

    @property
    def connected(self) -> bool:
        """Say whether the bot is connected to the gateway."""
        return bool(self.server.gateway.live)

    def state(self) -> Json:
        """Return all that this person sees, but for the messages."""
        guild = self.town.guild
        return {
            "guild": {"id": guild.id, "name": guild.name},
            "me": self.person.id,
            "people": [self._played(name, part) for name, part in PARTS.items()],
            "members": [shapes.author(member["user"]) for member in guild.members.values()],
            "roles": [
                {"id": role["id"], "name": role["name"]}
                for role in guild.roles.values()
                if role["id"] != guild.id
            ],
            "bot": {**shapes.author(self.world.bot), "connected": self.connected},
            "channels": self.channels(),
            "commands": shapes.offered(self.world, self.town.welcome, self.person.id),
            "clock": clock_shape(self.server.clock),
            "newest": self.world.new_id(),
        }

    def _played(self, name: str, part: str) -> Json:
        person: Person = getattr(self.town, name)
        guild = self.town.guild
        roles = [guild.roles[role]["name"] for role in guild.members[person.id]["roles"]]
        return {**shapes.author(person.user), "part": part, "roles": roles}

    def channels(self) -> list[Json]:
        """Return the channels this person sees, in the guild's order, then the threads."""
        guild = self.town.guild
        found = [self.world.channels[channel] for channel in guild.channels]
        found += [
            channel
            for channel in self.world.channels.values()
            if channel["type"] in THREADS and channel["guild_id"] == guild.id
        ]
        return [self.channel(each) for each in found if self.sees(each)]

    def sees(self, channel: Json) -> bool:
        """Say whether this person sees a channel of the guild."""
        return "guild_id" in channel and self.world.sees(self.person.id, channel)

    def channel(self, channel: Json) -> Json:
        """Return a channel as this person sees it."""
        return shapes.channel(self.world, channel, self.person.id)

    def message(self, message: Json) -> Json:
        """Return a message as this person sees it."""
        return shapes.message(self.world, message, self.person.id)

    def messages(self, channel_id: str) -> list[Json]:
        """Return a channel's messages, oldest first; none if this person does not see it."""
        try:
            found = self.person.read(channel_id)
        except (NotAllowed, UnknownChannel):
            return []
        return [self.message(message) for message in found]
