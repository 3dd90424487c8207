"""One nursery for all: what it loads, it loads once a run."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.bench import served
from tests.faults.nursery import Nursery, forking, nursery


@pytest.fixture(scope="session")
def forker() -> Iterator[subprocess.Popen[str]]:
    with forking() as process:
        yield process


@pytest.fixture
async def home(tmp_path: Path, forker: subprocess.Popen[str]) -> AsyncIterator[Nursery]:
    """Serve a town to bots that are processes of their own."""
    async with served(seed=1) as (server, town), nursery(server, town, tmp_path, forker) as home:
        yield home
