"""One instance at a time: a lock that ends with the process, however the process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.adapters.sqlite.errors import AlreadyRunning


class Lock:
    """Holds `flock` on a file beside the database. The file is empty and stays."""

    def __init__(self, path: Path) -> None:
        self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.release()
            raise AlreadyRunning from error

    def release(self) -> None:
        """Let the next instance start. Releasing twice changes nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
