"""The guild that a newcomer sees, and the people in it. All of them are made up."""

from dataclasses import dataclass

from sandbox import permissions
from sandbox.actors import Person
from sandbox.permissions import Permission
from sandbox.values import Json
from sandbox.world import Guild, World, channels, people
from sandbox.world.kinds import ChannelType
from sandbox.world.users import new_user

# View, send, embed, read history, send in threads, manage threads (292057861120), and what a
# bot needs besides to react and to begin threads.
BOT_PERMISSIONS = 292_057_861_120 | int(
    Permission.ADD_REACTIONS | Permission.CREATE_PUBLIC_THREADS | Permission.ATTACH_FILES
)
STAFF_PERMISSIONS = permissions.EVERYDAY | int(
    Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS
)
TAGS = ("EHCP", "School", "Diagnosis", "Support at home", "Answered")


@dataclass(frozen=True, slots=True)
class Town:
    """A guild for parents: its channels, its roles and the people who can be played."""

    world: World
    guild: Guild
    welcome: Json
    forum: Json
    chat: Json
    volunteers: Json
    volunteer_role: Json
    lead_role: Json
    mother: Person
    father: Person
    knowledgeable: Person
    newcomer: Person
    volunteer: Person
    lead: Person
    admin: Person

    @property
    def people(self) -> tuple[Person, ...]:
        """Return everyone who can be played."""
        members = (self.mother, self.father, self.knowledgeable, self.newcomer)
        return (*members, self.volunteer, self.lead, self.admin)


def build_town(world: World) -> Town:
    """Build the town in an empty world, whose bot is named Alongside there."""
    world.bot.update(new_user(world.bot_id, "Alongside", bot=True))
    admin = people.add_user(world, "Noor")
    guild = people.add_guild(world, "SEN parents together", admin, BOT_PERMISSIONS)
    volunteer_role = people.add_role(world, guild, "Volunteer", STAFF_PERMISSIONS)
    lead_role = people.add_role(world, guild, "Lead", STAFF_PERMISSIONS)
    for role in (volunteer_role, lead_role):
        role["mentionable"] = True

    def person(name: str, *roles: Json) -> Person:
        user = people.add_user(world, name)
        people.add_member(world, guild, user, roles)
        return Person(world, user)

    return Town(
        world=world,
        guild=guild,
        welcome=channels.add_channel(world, guild, "welcome", topic="Start here"),
        forum=channels.add_channel(world, guild, "ask-for-help", ChannelType.FORUM, tags=TAGS),
        chat=channels.add_channel(world, guild, "chat"),
        volunteers=channels.add_channel(
            world, guild, "volunteers", overwrites=_private(guild, volunteer_role, lead_role)
        ),
        volunteer_role=volunteer_role,
        lead_role=lead_role,
        mother=person("Maya"),
        father=person("Callum"),
        knowledgeable=person("Ines"),
        newcomer=person("Tomasz"),
        volunteer=person("Priya", volunteer_role),
        lead=person("Gwen", lead_role),
        admin=Person(world, admin),
    )


def _private(guild: Guild, *roles: Json) -> list[Json]:
    """Return overwrites that hide a channel from all but these roles and the bot."""
    view = int(Permission.VIEW_CHANNEL)
    bots = [role for role in guild.roles.values() if role["managed"]]
    hidden = channels.overwrite({"id": guild.id}, deny=view)
    return [hidden, *(channels.overwrite(role, allow=view) for role in (*roles, *bots))]
