"""The store's twin in memory: the same answers as SQLite, for tests and trials."""

from bot.adapters.memory.store import MemoryStore

__all__ = ["MemoryStore"]
