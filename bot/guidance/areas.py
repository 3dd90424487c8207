"""Councils: which one is responsible where a parent lives, and whom to ask there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.cases.nation import Nation
from bot.guidance.directory import Directory, Service, Standing


@dataclass(frozen=True, slots=True)
class LocalService:
    """An area's own SENDIASS."""

    name: str
    url: str
    mark: Standing
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class FormerCouncil:
    """An abolished council that this one has replaced."""

    name: str
    until: str


@dataclass(frozen=True, slots=True)
class Area:
    """A council, or in Northern Ireland the Education Authority."""

    id: str
    name: str
    nation: Nation
    kind: str
    official_name: str | None = None
    region: str | None = None
    aliases: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    """Lower councils inside it. They have no part in SEN."""
    former: tuple[FormerCouncil, ...] = ()
    sendiass: LocalService | None = None
    phone: str | None = None
    url: str | None = None
    to_check: str | None = None
    """What an editor still has to check; never shown to parents."""

    @property
    def full_name(self) -> str:
        """Return the name on the council's letters: it means this area and no other."""
        return self.official_name or self.name


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing an ambiguous name may mean."""

    label: str
    area: str


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A name that means several areas: always ask, never guess."""

    term: str
    why: str
    choices: tuple[Choice, ...]


class How(StrEnum):
    """By which kind of name an area was recognised."""

    NAME = "name"
    ALIAS = "alias"
    DISTRICT = "district"
    FORMER = "former"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Found:
    """The area meant, and how it was recognised, so that a reply can say it."""

    area: Area
    how: How
    matched: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several areas could be meant: ask which."""

    choices: tuple[Choice, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No area was recognised; these are spelt nearest."""

    suggestions: tuple[Area, ...]


Finding = Found | Ambiguous | Unknown


@dataclass(frozen=True, slots=True)
class Key:
    """One way of naming an area."""

    area: str
    how: How
    label: str
    """As a person writes it."""


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas, with every name they go by. Search lives in `area_search`."""

    areas: Mapping[str, Area]
    ambiguous: Mapping[str, AmbiguousName]
    """By its plain form (see `words.plain`)."""
    keys: Mapping[str, tuple[Key, ...]]
    """Plain form of a name → the areas it names."""

    def get(self, area: str) -> Area | None:
        """Return an area by id, or None."""
        return self.areas.get(area)


@dataclass(frozen=True, slots=True)
class AreaSupport:
    """Whom to turn to in an area."""

    local: LocalService | None
    """The area's own SENDIASS where one is known."""
    services: tuple[Service, ...]
    """The nation's services; first the national finder where no local one is known."""


def support_for(area: Area, directory: Directory) -> AreaSupport:
    """Return the local SENDIASS where known, else the finder, and the nation's services."""
    services = directory.first_for(area.nation)
    if area.sendiass is not None:
        services = tuple(s for s in services if s.id != FINDER)
    return AreaSupport(area.sendiass, services)


FINDER = "sendiass-finder"
"""The national finder: needless where the area's own service is known."""
