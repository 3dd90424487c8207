from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.memory import MemoryStore
from bot.adapters.sqlite import SqliteStore
from bot.services.ports import Store
from tests.contract.values import NOW


@pytest.fixture(params=["sqlite", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Give each test both stores, one after the other."""
    made: Store = (
        MemoryStore()
        if request.param == "memory"
        else await SqliteStore.open(tmp_path / "alongside.sqlite3", NOW)
    )
    try:
        yield made
    finally:
        await made.close()
