"""Every public address the knowledge names, for a check on demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bot.guidance.knowledge import Knowledge


def links(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """Return each address with the places that name it, both in a steady order."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for url, where in _named(knowledge):
        found[url].add(where)
    return {url: tuple(sorted(found[url])) for url in sorted(found)}


def _named(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for entry in knowledge.entries.values():
        urls = [line.url for line in entry.law] + [source.url for source in entry.sources]
        yield from ((url, entry.id) for url in urls if url)
    for service in knowledge.directory.services.values():
        if service.url:
            yield service.url, f"services.yaml › {service.id}"
    for area in knowledge.areas.areas.values():
        urls = [area.url, area.sendiass.url if area.sendiass else None]
        yield from ((url, f"authorities.yaml › {area.id}") for url in urls if url)
