"""The ledger of erasures beside the database: it outlives the restoring of an older backup."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from bot.services import kept
from bot.services.kept import Erasure
from bot.services.ports import StoreUnwritable


def read(path: Path) -> list[Erasure]:
    """Return the erasures of a ledger; none when there is no file."""
    if not path.exists():
        return []
    return list(kept.erasures_in(path.read_text("ascii", "replace")))


def append(path: Path, erasures: Iterable[Erasure]) -> None:
    """Add erasures, on the disk when this returns. Raises `StoreUnwritable`."""
    lines = "".join(map(kept.ledger_line, erasures)).encode("ascii")
    if not lines:
        return
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            # A line that a crash cut short must not swallow this one.
            whole = not size or os.pread(file.fileno(), 1, size - 1) == b"\n"
            file.write(lines if whole else b"\n" + lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreUnwritable(StoreUnwritable.__doc__) from error
