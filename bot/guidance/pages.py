"""The knowledge folder read file by file: values where sound, located problems where not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.guidance.area_form import AUTHORITIES, AuthoritiesFile
from bot.guidance.directory_form import SERVICES, ServicesFile
from bot.guidance.entry import Entry
from bot.guidance.entry_form import ENTRY
from bot.guidance.glossary_form import GLOSSARY, GlossaryFile
from bot.guidance.problem import Problem
from bot.guidance.reader import Reader
from bot.guidance.records import Record
from bot.guidance.safe_yaml import MAX_BYTES, Refused, read_yaml

T = TypeVar("T")
MAX_FILES = 2_000
FIXED = ("services.yaml", "authorities.yaml", "glossary.yaml")


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as it lies on the disk: its name inside the folder, and its bytes."""

    name: str
    data: bytes


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
    files = {raw.name: raw for raw in _raw_files(root)}
    readers = {name: Reader(name) for name in FIXED}
    pages = Pages(
        entries=[],
        services=_fixed(files, SERVICES, readers["services.yaml"]),
        authorities=_fixed(files, AUTHORITIES, readers["authorities.yaml"]),
        glossary=_fixed(files, GLOSSARY, readers["glossary.yaml"]),
        problems=[problem for reader in readers.values() for problem in reader.problems],
        readers=readers,
        fingerprint=_fingerprint(files.values()),
    )
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


def _raw_files(root: Path) -> Iterable[RawFile]:
    """Read the files that count; one byte more than allowed is enough to refuse a large one."""
    fixed = [root / name for name in FIXED]
    entries = sorted((root / "entries").rglob("*.y*ml"))[:MAX_FILES]
    for path in (*fixed, *entries):
        if path.is_file():
            with path.open("rb") as file:
                yield RawFile(path.relative_to(root).as_posix(), file.read(MAX_BYTES + 1))


def _fingerprint(files: Iterable[RawFile]) -> str:
    """Hash names and contents: the same knowledge has the same fingerprint everywhere."""
    digest = hashlib.sha256()
    for raw in sorted(files, key=lambda raw: raw.name):
        digest.update(raw.name.encode() + b"\0" + hashlib.sha256(raw.data).digest())
    return digest.hexdigest()
