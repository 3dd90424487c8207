"""The knowledge folder as the place where entries' files lie."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from bot.guidance.entry import Entry
from bot.guidance.folder import RawFile, fingerprint, read_files
from bot.guidance.lint import Report, check_knowledge

URGENT = "urgent.yaml"
_SIGNED = re.compile(r"^  signed_off_by: *[\"']?(.+?)[\"']? *$", re.MULTILINE)
"""One line of a large file, found without building all of it."""
_NOBODY = "nobody"


class FolderShelf:
    """Reads and replaces entries' files below `entries/`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def read(self, entry: Entry) -> str:
        """Return an entry's file as text. Raises `OSError`."""
        return await asyncio.to_thread(self._path(entry).read_text, "utf-8")

    async def write(self, entry: Entry, text: str) -> None:
        """Replace an entry's file in one step, so that a crash leaves the old one or the new one.

        Raises `OSError`.
        """
        await asyncio.to_thread(_replace, self._path(entry), text)

    async def check(self) -> Report:
        """Check every file by every rule, as `alongside knowledge check` does."""
        return await asyncio.to_thread(check_knowledge, self._root)

    async def fingerprint(self) -> str:
        """Return a hash of every file here that counts."""
        return await asyncio.to_thread(files_fingerprint, self._root)

    async def signed_off_by(self) -> str | None:
        """Return who has signed the wording of the safety cards off; None while nobody has."""
        text = await asyncio.to_thread((self._root / URGENT).read_text, "utf-8")
        found = _SIGNED.search(text)
        return None if found is None or found[1].lower().startswith(_NOBODY) else found[1]

    def _path(self, entry: Entry) -> Path:
        """Find an entry's file: by its cluster as a rule, else wherever a file has its name."""
        usual = self._root / "entries" / entry.cluster / f"{entry.id}.yaml"
        if usual.is_file():
            return usual
        return next((self._root / "entries").rglob(f"{entry.id}.y*ml"), usual)


def files_fingerprint(root: Path) -> str:
    """Hash the knowledge files and the safety cards: the same contents, the same hash. Blocks."""
    files, _ = read_files(root)
    cards = root / URGENT
    more = [RawFile(URGENT, cards.read_bytes())] if cards.is_file() else []
    return fingerprint([*files.values(), *more])


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
