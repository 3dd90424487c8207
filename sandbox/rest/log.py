"""The record of every request, for tests to look at and for the specification to judge."""

import json
from pathlib import Path
from typing import Any, TextIO

from sandbox.values import Json


class RequestLog:
    """Keeps the latest requests in memory, and all of them in a JSON-lines file if given."""

    def __init__(self, path: Path | None = None, keep: int = 2_000) -> None:
        self.entries: list[Json] = []
        self._keep = keep
        self._path = path
        self._file: TextIO | None = None

    def begin(self, method: str, path: str, query: dict[str, str], body: Any) -> Json:
        """Record a request that has come in; its answer is filled in by `end`."""
        entry: Json = {
            "method": method,
            "path": path,
            "query": query,
            "json": body,
            "status": None,
            "response": None,
        }
        self.entries.append(entry)
        if len(self.entries) > 2 * self._keep:
            del self.entries[: self._keep]
        return entry

    def end(self, entry: Json, status: int | None, raw: bytes | None = None) -> None:
        """Record what a request was answered with; None stands for no answer at all."""
        entry["status"] = status
        entry["response"] = json.loads(raw) if raw else None
        if self._path is not None:
            self._file = self._file or self._path.open("a", encoding="utf-8")
            self._file.write(json.dumps(entry) + "\n")

    def close(self) -> None:
        """Close the file; it is opened again if more is to be written."""
        if self._file is not None:
            self._file.close()
            self._file = None
