"""What authorities.yaml must look like."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.nation import Nation
from bot.guidance.areas import AmbiguousName, Area, Choice, FormerCouncil, LocalService
from bot.guidance.directory import Standing
from bot.guidance.kinds import OneOf, Text, link, name
from bot.guidance.records import Field, Many, Record


@dataclass(frozen=True, slots=True)
class AuthoritiesFile:
    """What authorities.yaml holds."""

    areas: tuple[Area, ...]
    ambiguous: tuple[AmbiguousName, ...]


AREA = Record(
    Area,
    (
        Field("id", name("leeds"), "A short name that never changes."),
        Field("name", Text(100, "Leeds"), "The short name."),
        Field(
            "official_name",
            Text(100, "Leeds City Council"),
            "The full name, on its letters.",
            needed=False,
        ),
        Field("nation", OneOf(Nation), "The nation it lies in."),
        Field("kind", name("county"), "What kind of council."),
        Field("region", Text(60, "South West"), "The region.", needed=False),
        Field(
            "aliases", Many(Text(100)), "Other names, in small letters.", needed=False, otherwise=()
        ),
        Field(
            "districts", Many(Text(100)), "Lower councils inside it.", needed=False, otherwise=()
        ),
        Field(
            "former",
            Many(
                Record(
                    FormerCouncil,
                    (
                        Field("name", Text(100), "The old council’s name."),
                        Field("until", Text(20, "2023-04-01"), "When it ended."),
                    ),
                )
            ),
            "Councils it has replaced.",
            needed=False,
            otherwise=(),
        ),
        Field(
            "sendiass",
            Record(
                LocalService,
                (
                    Field("name", Text(150), "The name of the local service."),
                    Field("url", link(), "Its website."),
                    Field("mark", OneOf(Standing), "verified or unverified."),
                    Field("phone", Text(40), "Its number, where known.", needed=False),
                ),
            ),
            "The area’s own SENDIASS, where known.",
            needed=False,
        ),
        Field("phone", Text(40), "A number for SEN questions.", needed=False),
        Field("url", link(), "Its website.", needed=False),
        Field(
            "to_check", Text(500), "What an editor still has to check; never shown.", needed=False
        ),
    ),
)

AUTHORITIES = Record(
    AuthoritiesFile,
    (
        Field("areas", Many(AREA, 1, 600), "All councils responsible for SEN."),
        Field(
            "ambiguous",
            Many(
                Record(
                    AmbiguousName,
                    (
                        Field("term", Text(60, "cumbria"), "The name people use."),
                        Field("why", Text(200), "Why it means more than one."),
                        Field(
                            "choices",
                            Many(
                                Record(
                                    Choice,
                                    (
                                        Field("label", Text(90), "What the button says."),
                                        Field("area", name("leeds"), "The area’s id."),
                                    ),
                                ),
                                2,
                                40,
                            ),
                            "What it may mean.",
                        ),
                    ),
                )
            ),
            "Names that must be asked about.",
            needed=False,
            otherwise=(),
        ),
    ),
)
