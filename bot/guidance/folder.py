"""The knowledge folder on the disk: which files count, their bytes, and their fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.guidance.problem import Problem, Weight
from bot.guidance.safe_yaml import MAX_BYTES

FIXED = ("services.yaml", "authorities.yaml", "glossary.yaml")
MAX_ENTRIES = 2_000


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as it lies on the disk: its name inside the folder, and its bytes."""

    name: str
    data: bytes


def read_files(root: Path) -> tuple[dict[str, RawFile], list[Problem]]:
    """Read every file that counts, by name; say which could not be read or is passed over."""
    files: dict[str, RawFile] = {}
    problems: list[Problem] = []
    for path in _paths(root):
        name = path.relative_to(root).as_posix()
        if path.suffix != ".yaml":
            problems.append(_passed_over(name))
            continue
        if len(files) >= MAX_ENTRIES:
            found, expected = "one file too many", f"at most {MAX_ENTRIES:,} files"
            problems.append(Problem(name, 1, 1, "", found, expected, "Move old entries away."))
            break
        try:
            files[name] = RawFile(name, _bytes(path))
        except OSError as fault:
            found = f"a file that cannot be opened ({fault.strerror})"
            mend = "Check who may read the file, and that it is still there."
            problems.append(Problem(name, 1, 1, "", found, "a readable file", mend))
    return files, problems


def _paths(root: Path) -> Iterator[Path]:
    """Yield the fixed files that are there, then everything below entries but hidden files."""
    yield from (root / name for name in FIXED if (root / name).is_file())
    for path in sorted((root / "entries").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _bytes(path: Path) -> bytes:
    """Read a file; one byte more than allowed is enough to refuse a large one."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _passed_over(name: str) -> Problem:
    mend = "Rename it so that it ends in .yaml, or move it out of entries/."
    found, expected = "a file that is not read", "only files whose names end in .yaml"
    return Problem(name, 1, 1, "", found, expected, mend, Weight.MEND)


def fingerprint(files: Iterable[RawFile]) -> str:
    """Hash names and contents: the same knowledge has the same fingerprint everywhere."""
    digest = hashlib.sha256()
    for raw in sorted(files, key=lambda raw: raw.name):
        name = raw.name.encode("utf-8", "surrogateescape")
        digest.update(name + b"\0" + hashlib.sha256(raw.data).digest())
    return digest.hexdigest()
