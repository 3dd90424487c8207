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
    fingerprint: str


def read_folder(root: Path) -> Pages:
    """Read every knowledge file below `root`, collecting all problems rather than the first."""
    files = {raw.name: raw for raw in _raw_files(root)}
    problems: list[Problem] = []
    pages = Pages(
        entries=[],
        services=_fixed(files, "services.yaml", SERVICES, problems),
        authorities=_fixed(files, "authorities.yaml", AUTHORITIES, problems),
        glossary=_fixed(files, "glossary.yaml", GLOSSARY, problems),
        problems=problems,
        fingerprint=_fingerprint(files.values()),
    )
    for name in sorted(files):
        if name.startswith("entries/"):
            page = read_entry(files[name].data, name, problems)
            pages.entries += [page] if page else []
    if not any(name.startswith("entries/") for name in files):
        problems.append(_missing("entries/", "at least one entry", "Check the folder’s name."))
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


def _fixed(
    files: dict[str, RawFile], name: str, form: Record[T], problems: list[Problem]
) -> T | None:
    """Read one of the three files that must be there."""
    if name not in files:
        problems.append(_missing(name, "this file", "Put it back, or check the folder’s name."))
        return None
    reader = Reader(name)
    value = _read(files[name].data, name, form, reader)
    problems += reader.problems
    return value


def _missing(name: str, expected: str, mend: str) -> Problem:
    return Problem(name, 1, 1, "", "nothing there", expected, mend)


def _raw_files(root: Path) -> Iterable[RawFile]:
    """Read the files that count; one byte more than allowed is enough to refuse a large one."""
    fixed = [root / name for name in ("services.yaml", "authorities.yaml", "glossary.yaml")]
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
