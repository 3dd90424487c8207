"""The fixed card shown when someone may be in danger, and the other fixed words of care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.care.concern import Concern, Flow
from bot.care.node import Node, PlaybookError

if TYPE_CHECKING:
    from bot.care.playbook import Playbook

STALE_AFTER = timedelta(days=180)
"""How long a number may stand unchecked before volunteers are warned."""


class Nation(StrEnum):
    """Where the family lives, as far as we know. Numbers differ."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """How well a service's details are known."""

    CONFIRMED = "confirmed"
    """Seen on a page of the organisation or of a public body."""
    LISTED = "listed"
    """Seen in several public directories, not on the owner's page."""
    MEMORY = "memory"
    """Nobody has checked it yet; the card says so."""


@dataclass(frozen=True, slots=True)
class Service:
    """A helpline or service, ready to print."""

    id: str
    line: str
    """What to do, in words: “Samaritans: call 116 123, free, day and night”."""
    call: str | None
    text: str | None
    url: str
    verified_on: date
    standing: Standing

    def stale(self, today: date) -> bool:
        """Say whether this was last checked more than 180 days before `today`."""
        return today - self.verified_on > STALE_AFTER


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown first and alone. Fixed words: nothing of the post is in it."""

    flow: Flow
    nation: Nation
    opening: str
    lines: tuple[str, ...]
    services: tuple[Service, ...]
    closing: str

    def stale(self, today: date) -> tuple[Service, ...]:
        """Return the services on this card whose check is over 180 days old."""
        return tuple(service for service in self.services if service.stale(today))


class Note(StrEnum):
    """The short fixed texts around the card."""

    ALERT = "alert"
    """To volunteers, with a link and nothing of the post."""
    ALERT_AGAIN = "alert-again"
    ALERT_LEADS = "alert-leads"
    HONEST = "honest"
    """In the thread, when nobody has come after 10 minutes."""
    STAND_DOWN = "stand-down"
    WITHHELD = "withheld"
    """Why the answer to the question is not shown yet."""
    PRIVACY = "privacy"
    EDIT_REQUEST = "edit-request"


@dataclass(frozen=True, slots=True)
class Words:
    """Every fixed text and service of the playbook."""

    services: Mapping[str, Service]
    cards: Mapping[tuple[Flow, Nation], Card]
    notes: Mapping[Note, str]


def card_for(playbook: Playbook, concern: Concern, nation: Nation | str | None) -> Card:
    """Return the card that fits `concern`; a nation we do not know gets the UK-wide services."""
    known = Nation.UNKNOWN
    if nation is not None and nation in set(Nation):
        known = Nation(nation)
    return playbook.words.cards[concern.flow, known]


def note(playbook: Playbook, kind: Note) -> str:
    """Return one of the short fixed texts."""
    return playbook.words.notes[kind]


def stale_services(playbook: Playbook, today: date) -> tuple[Service, ...]:
    """Return every service not checked for more than 180 days, longest first."""
    old = [s for s in playbook.words.services.values() if s.stale(today)]
    return tuple(sorted(old, key=lambda service: service.verified_on))


def read_words(root: Node) -> Words:
    """Read services, cards and notes. Every flow needs a card and every card every nation."""
    services = {s.id: s for s in (_service(node) for node in root.get("services").each())}
    cards: dict[tuple[Flow, Nation], Card] = {}
    for flow in Flow:
        node = root.get("cards").get(flow.value)
        for card in _cards(flow, node, services):
            cards[card.flow, card.nation] = card
    notes = {kind: root.get("notes").get(kind.value).text() for kind in Note}
    return Words(services, cards, notes)


def _service(node: Node) -> Service:
    node.only("id", "line", "call", "text", "url", "verified_on", "standing", "source")
    call, text = node.maybe("call"), node.maybe("text")
    return Service(
        id=node.get("id").text(),
        line=node.get("line").text(),
        call=call.text() if call else None,
        text=text.text() if text else None,
        url=node.get("url").text(),
        verified_on=node.get("verified_on").day(),
        standing=node.get("standing").one_of(Standing),
    )


def _cards(flow: Flow, node: Node, services: Mapping[str, Service]) -> list[Card]:
    node.only("opening", "lines", "closing", "services")
    opening, closing = node.get("opening").text(), node.get("closing").text()
    lines = tuple(line.text() for line in node.get("lines").each())
    by_nation = node.get("services").only(*Nation)
    return [
        Card(
            flow,
            nation,
            opening,
            lines,
            tuple(_named(item, services) for item in by_nation.get(nation.value).each()),
            closing,
        )
        for nation in Nation
    ]


def _named(node: Node, services: Mapping[str, Service]) -> Service:
    name = node.text()
    if name not in services:
        raise PlaybookError(node.where, f"“{name}” is not the id of a service in this file")
    return services[name]
