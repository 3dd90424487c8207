"""The snapshot in use is replaced whole, one build at a time, or not at all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.services.library import Library, Snapshot, TookTooLong
from tests.service.conftest import Bench


@contextmanager
def opened(first: Snapshot, build: Callable[[], Snapshot], **more: float) -> Iterator[Library]:
    library = Library(first, build, **more)
    try:
        yield library
    finally:
        library.close()


def other(first: Snapshot, word: str) -> Snapshot:
    """Return a snapshot that serves another wording."""
    suspension = replace(first.knowledge.entries["suspension"], short=word)
    entries = {**first.knowledge.entries, "suspension": suspension}
    return replace(first, knowledge=replace(first.knowledge, entries=entries))


async def test_an_older_build_never_replaces_a_newer_one(bench: Bench) -> None:
    first = bench.library.now
    begun, go_on = threading.Event(), threading.Event()
    words = iter(("Older.", "Newer."))

    def build() -> Snapshot:
        word = next(words)
        if word == "Older.":
            begun.set()
            assert go_on.wait(10)
        return other(first, word)

    with opened(first, build) as library:
        older = asyncio.create_task(library.reload())
        await asyncio.to_thread(begun.wait, 10)
        newer = asyncio.create_task(library.reload())
        await asyncio.sleep(0)
        assert library.now is first
        go_on.set()
        await asyncio.gather(older, newer)
        assert library.now.knowledge.entries["suspension"].short == "Newer."


async def test_a_build_that_takes_too_long_is_refused_and_its_late_result_thrown_away(
    bench: Bench,
) -> None:
    first = bench.library.now
    go_on, built = threading.Event(), threading.Event()

    def build() -> Snapshot:
        go_on.wait(10)
        built.set()
        return other(first, "Late.")

    with opened(first, build, patience=0.01) as library:
        with pytest.raises(TookTooLong, match="still serves"):
            await library.reload()
        go_on.set()
        await asyncio.to_thread(built.wait, 10)
        await asyncio.sleep(0)
        assert library.now is first


async def test_a_reload_after_one_that_took_too_long_serves_what_it_built(bench: Bench) -> None:
    first = bench.library.now
    go_on = threading.Event()
    words = iter(("Late.", "In time."))

    def build() -> Snapshot:
        word = next(words)
        if word == "Late.":
            go_on.wait(10)
        return other(first, word)

    with opened(first, build, patience=0.05) as library:
        with pytest.raises(TookTooLong):
            await library.reload()
        go_on.set()
        await library.reload()
        assert library.now.knowledge.entries["suspension"].short == "In time."
