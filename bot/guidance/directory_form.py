"""What services.yaml must look like."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.nation import Nation
from bot.guidance.directory import FirstStops, Service, Standing
from bot.guidance.entry_form import NATIONS
from bot.guidance.kinds import OneOf, Text, day, flag, link, name
from bot.guidance.records import Field, Many, Record


@dataclass(frozen=True, slots=True)
class ServicesFile:
    """What services.yaml holds."""

    services: tuple[Service, ...]
    first_stops: tuple[FirstStops, ...]


SERVICE = Record(
    Service,
    (
        Field("id", name("ipsea"), "A short name that never changes."),
        Field("name", Text(150, "IPSEA"), "The name the organisation uses."),
        Field("purpose", Text(400, "Free advice on SEND law"), "What it is for, in a line."),
        NATIONS,
        Field(
            "mark",
            OneOf(Standing),
            "verified (read on the owner’s page or a public body’s) or unverified.",
        ),
        Field("verified_on", day(), "The day it was last verified.", needed=False),
        Field(
            "phone",
            Text(40, "0800 1111"),
            "The number, as printed. Leave empty where none is certain.",
            needed=False,
        ),
        Field("text", Text(60, "SHOUT to 85258"), "How to reach it by text message.", needed=False),
        Field("hours", Text(150, "Mon–Fri 9am to 5pm"), "When it answers.", needed=False),
        Field("url", link(), "Its website.", needed=False),
        Field(
            "crisis",
            flag(),
            "true where it may be shown to someone in danger.",
            needed=False,
            otherwise=False,
        ),
        Field("note", Text(500), "Shown to parents beside it.", needed=False),
        Field("source", Text(400), "Where it was seen; for editors.", needed=False),
        Field(
            "to_check", Text(500), "What an editor still has to check; never shown.", needed=False
        ),
    ),
)

SERVICES = Record(
    ServicesFile,
    (
        Field(
            "first_stops",
            Many(
                Record(
                    FirstStops,
                    (
                        Field("nation", OneOf(Nation), "The nation."),
                        Field(
                            "services", Many(name("ipsea"), 1, 12), "Ids of services, best first."
                        ),
                    ),
                ),
                1,
                5,
            ),
            "Whom to try first in each nation.",
        ),
        Field("services", Many(SERVICE, 1, 400), "All services."),
    ),
)
