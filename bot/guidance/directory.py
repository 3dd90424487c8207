"""The directory of services: who can help, in which nation, and how far each line was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.cases.nation import Nation


class Standing(StrEnum):
    """How far a contact has been checked."""

    VERIFIED = "verified"
    """Read on a page of the organisation or of a public body."""
    UNVERIFIED = "unverified"
    """Seen elsewhere or remembered: shown with a caution, or left out."""


CAUTION = "check before you rely on it"


@dataclass(frozen=True, slots=True)
class Service:
    """One organisation a parent can turn to."""

    id: str
    name: str
    purpose: str
    nations: tuple[Nation, ...]
    mark: Standing
    phone: str | None = None
    text: str | None = None
    """How to reach it by text message, in words: “SHOUT to 85258”."""
    hours: str | None = None
    url: str | None = None
    crisis: bool = False
    """May be shown to someone in danger; such lines are checked first and most often."""
    verified_on: date | None = None
    note: str | None = None
    """Shown to parents."""
    source: str | None = None
    """Where the contact was seen; for editors."""
    to_check: str | None = None
    """What an editor still has to check; never shown to parents."""

    @property
    def phone_line(self) -> str | None:
        """Say the number, with a caution where it has not been checked."""
        return _with_caution(self.phone, self.mark)

    @property
    def text_line(self) -> str | None:
        """Say how to text, with a caution where it has not been checked."""
        return _with_caution(self.text, self.mark)

    def serves(self, nation: Nation) -> bool:
        """Tell whether people in a nation can use it."""
        return Nation.UK in self.nations or nation in self.nations or nation is Nation.UK


def _with_caution(contact: str | None, mark: Standing) -> str | None:
    if contact is None or mark is Standing.VERIFIED:
        return contact
    return f"{contact} ({CAUTION})"


@dataclass(frozen=True, slots=True)
class FirstStops:
    """Whom to try first in a nation, best first."""

    nation: Nation
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """All services by id."""

    services: Mapping[str, Service]
    first_stops: Mapping[Nation, tuple[str, ...]]

    def get(self, service: str) -> Service | None:
        """Return a service, or None where the id is unknown."""
        return self.services.get(service)

    def of(self, ids: tuple[str, ...]) -> tuple[Service, ...]:
        """Return the services of some ids, in that order, passing over unknown ones."""
        return tuple(self.services[each] for each in ids if each in self.services)

    def first_for(self, nation: Nation) -> tuple[Service, ...]:
        """Return the services to name first to someone who lives in a nation."""
        return self.of(self.first_stops.get(nation, ()))

    def crisis_for(self, nation: Nation) -> tuple[Service, ...]:
        """Return the services for someone in danger in a nation, as the file orders them."""
        return tuple(s for s in self.services.values() if s.crisis and s.serves(nation))
