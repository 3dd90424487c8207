"""The knowledge folder read file by file: values where sound, located problems where not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.guidance.area_form import AUTHORITIES, AuthoritiesFile
from bot.guidance.directory_form import SERVICES, ServicesFile
from bot.guidance.entry import Entry
from bot.guidance.entry_form import ENTRY
from bot.guidance.folder import FIXED, RawFile, fingerprint, read_files
from bot.guidance.glossary_form import GLOSSARY, GlossaryFile
from bot.guidance.problem import Problem
from bot.guidance.reader import Reader
from bot.guidance.records import Record
from bot.guidance.safe_yaml import Refused, read_yaml

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """An entry with the reader that knows where each of its fields stands."""

    entry: Entry
    reader: Reader


@dataclass(slots=True)
class Pages:
    """Everything read from the folder, sound or not."""

    entries: list[Page]
    services: ServicesFile | None
    authorities: AuthoritiesFile | None
    glossary: GlossaryFile | None
    problems: list[Problem]
    readers: dict[str, Reader]
    """The three fixed files, by name: where each of their fields stands."""
    fingerprint: str


def read_folder(root: Path) -> Pages:
    """Read every knowledge file below `root`, collecting all problems rather than the first."""
    files, unread = read_files(root)
    readers = {name: Reader(name) for name in FIXED}
    pages = Pages(
        entries=[],
        services=_fixed(files, SERVICES, readers["services.yaml"]),
        authorities=_fixed(files, AUTHORITIES, readers["authorities.yaml"]),
        glossary=_fixed(files, GLOSSARY, readers["glossary.yaml"]),
        problems=unread,
        readers=readers,
        fingerprint=fingerprint(files.values()),
    )
    pages.problems += [problem for reader in readers.values() for problem in reader.problems]
    for name in sorted(files):
        if name.startswith("entries/"):
            page = read_entry(files[name].data, name, pages.problems)
            pages.entries += [page] if page else []
    if not any(name.startswith("entries/") for name in files):
        pages.problems.append(
            _missing("entries/", "at least one entry", "Check the folder’s name.")
        )
    return pages


def read_entry(data: bytes, name: str, problems: list[Problem]) -> Page | None:
    """Read one entry file; what is wrong is added to `problems`."""
    reader = Reader(name)
    entry = _read(data, name, ENTRY, reader)
    problems += reader.problems
    return Page(entry, reader) if entry else None


def _read(data: bytes, name: str, form: Record[T], reader: Reader) -> T | None:
    try:
        return form.read(read_yaml(data, name), (), reader)
    except Refused as refused:
        reader.problems.append(refused.problem)
        return None


def _fixed(files: dict[str, RawFile], form: Record[T], reader: Reader) -> T | None:
    """Read one of the three files that must be there."""
    raw = files.get(reader.file)
    if raw is None:
        mend = "Put it back, or check the folder’s name."
        reader.problems.append(_missing(reader.file, "this file", mend))
        return None
    return _read(raw.data, raw.name, form, reader)


def _missing(name: str, expected: str, mend: str) -> Problem:
    return Problem(name, 1, 1, "", "nothing there", expected, mend)
