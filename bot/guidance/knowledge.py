"""The whole knowledge as one value: loaded entire or refused, never half."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.guidance.area_search import build_areas
from bot.guidance.areas import Areas
from bot.guidance.directory import Directory
from bot.guidance.entry import Entry
from bot.guidance.glossary import Glossary, build_glossary
from bot.guidance.pages import Pages, read_folder
from bot.guidance.problem import KnowledgeRefused, Problem, Weight
from bot.guidance.references import reference_problems
from bot.guidance.rules.contacts import contact_problems
from bot.guidance.rules.review import review_problems


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the bot may say, and whom it may name."""

    entries: Mapping[str, Entry]
    directory: Directory
    areas: Areas
    glossary: Glossary
    fingerprint: str
    """A hash of the files: the same contents, the same fingerprint."""


def load_knowledge(root: Path) -> Knowledge:
    """Load the folder `knowledge/`. Reads files and blocks: call it off the event loop.

    Raises `KnowledgeRefused` with every problem that keeps it from being served.
    """
    pages = read_folder(root)
    grave = _grave([*pages.problems, *_unservable(pages)])
    if grave:
        raise KnowledgeRefused(grave)
    return _build(pages)


def _unservable(pages: Pages) -> Iterator[Problem]:
    """Yield from the rules that can find something not to be shown to anyone."""
    yield from reference_problems(pages)
    for page in pages.entries:
        yield from review_problems(page)
    if pages.services:
        yield from contact_problems(pages.services, pages.readers["services.yaml"])


def _grave(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.weight is Weight.REFUSE]


def _build(pages: Pages) -> Knowledge:
    """Put the parts together; every one of them was read, or loading has been refused."""
    assert pages.services and pages.authorities and pages.glossary
    services = {service.id: service for service in pages.services.services}
    stops = {stop.nation: stop.services for stop in pages.services.first_stops}
    entries = {page.entry.id: page.entry for page in pages.entries}
    return Knowledge(
        entries=MappingProxyType(dict(sorted(entries.items()))),
        directory=Directory(MappingProxyType(services), MappingProxyType(stops)),
        areas=build_areas(pages.authorities.areas, pages.authorities.ambiguous),
        glossary=build_glossary(pages.glossary.terms, pages.glossary.many_meanings),
        fingerprint=pages.fingerprint,
    )
