"""Rules without which knowledge cannot be served: ids unique and pointing at something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from bot.guidance.area_form import AuthoritiesFile
from bot.guidance.directory_form import ServicesFile
from bot.guidance.pages import Page, Pages
from bot.guidance.problem import Problem, Weight, did_you_mean, quoted
from bot.guidance.reader import Reader


def reference_problems(pages: Pages) -> Iterator[Problem]:
    """Yield everything that does not fit together between files."""
    yield from _entry_ids(pages)
    services = {service.id for service in pages.services.services} if pages.services else None
    entries = {page.entry.id for page in pages.entries}
    for page in pages.entries:
        if services is not None:
            yield from _unknown(page, "signposts", services, Weight.REFUSE)
        yield from _unknown(page, "see_also", entries, Weight.MEND)
    if pages.services:
        yield from _directory(pages.services, pages.readers["services.yaml"])
    if pages.authorities:
        yield from _areas(pages.authorities, pages.readers["authorities.yaml"])


def _entry_ids(pages: Pages) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for page in pages.entries:
        entry, reader = page.entry, page.reader
        path = PurePosixPath(reader.file)
        if entry.id != path.stem or path.suffix != ".yaml":
            mend = f"Name the file {entry.id}.yaml, or change the id to {path.stem}."
            yield reader.problem(
                ("id",), quoted(entry.id), "the file’s name without .yaml", mend, Weight.REFUSE
            )
        if path.parent.as_posix() != f"entries/{entry.cluster}":
            mend = (
                f"Move the file to entries/{entry.cluster}/, or write cluster: {path.parent.name}"
            )
            yield reader.problem(
                ("cluster",), quoted(entry.cluster), "the folder’s name", mend, Weight.REFUSE
            )
        if entry.id in first:
            mend = "Give one of the two another id, or join them."
            found = f"an id already used in {first[entry.id]}"
            yield reader.problem(("id",), found, "an id of its own", mend, Weight.REFUSE)
        first.setdefault(entry.id, reader.file)


def _unknown(page: Page, field: str, known: set[str], weight: Weight) -> Iterator[Problem]:
    listed: tuple[str, ...] = getattr(page.entry, field)
    what = "a service in services.yaml" if field == "signposts" else "the id of another entry"
    for number, each in enumerate(listed):
        if each not in known or each == page.entry.id:
            mend = did_you_mean(each, sorted(known), "Correct the id, or delete the item.")
            yield page.reader.problem((field, number), quoted(each), what, mend, weight)


def _directory(file: ServicesFile, reader: Reader) -> Iterator[Problem]:
    known = [service.id for service in file.services]
    yield from _twice(reader, "services", known)
    for place, stop in enumerate(file.first_stops):
        for number, each in enumerate(stop.services):
            if each not in known:
                mend = did_you_mean(each, known, "Correct the id.")
                at = ("first_stops", place, "services", number)
                yield reader.problem(at, quoted(each), "a service’s id", mend, Weight.REFUSE)


def _areas(file: AuthoritiesFile, reader: Reader) -> Iterator[Problem]:
    known = [area.id for area in file.areas]
    yield from _twice(reader, "areas", known)
    for place, name in enumerate(file.ambiguous):
        for number, choice in enumerate(name.choices):
            if choice.area not in known:
                mend = did_you_mean(choice.area, known, "Correct the id.")
                at = ("ambiguous", place, "choices", number, "area")
                yield reader.problem(at, quoted(choice.area), "an area’s id", mend, Weight.REFUSE)


def _twice(reader: Reader, field: str, ids: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, each in enumerate(ids):
        if each in seen:
            mend = "Give one of the two another id."
            at = (field, number, "id")
            yield reader.problem(at, quoted(each), "each id once", mend, Weight.REFUSE)
        seen.add(each)
