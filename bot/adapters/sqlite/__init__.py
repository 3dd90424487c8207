"""The store on disk: one SQLite file, one connection, on one thread."""

from bot.adapters.sqlite.errors import AlreadyRunning, ForeignFile, NewerFile, StoreDamaged
from bot.adapters.sqlite.opening import OpenReport
from bot.adapters.sqlite.store import SqliteStore

__all__ = [
    "AlreadyRunning",
    "ForeignFile",
    "NewerFile",
    "OpenReport",
    "SqliteStore",
    "StoreDamaged",
]
