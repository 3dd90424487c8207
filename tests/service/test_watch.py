"""The knowledge files are looked at every few seconds, and taken into use once they lie still."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.bootstrap import build
from bot.care.node import PlaybookError
from bot.guidance.entry import Entry
from bot.guidance.problem import KnowledgeRefused, Problem
from bot.services.library import Library, Snapshot, TookTooLong
from bot.services.watch import TRY_AGAIN, Watch
from bot.settings import Settings
from tests.service.conftest import Bench
from tests.service.fakes import FakeClock

FAULT = Problem("services.yaml", 3, 7, "phone", "“Jo’s own words”", "a number", "Mend it.")


@dataclass
class Folder:
    """A folder as the watch sees it, and what loading it gives."""

    first: Snapshot
    state: str = "first"
    words: str = "First."
    fault: Exception | None = None
    built: list[str] = field(default_factory=list)

    async def state_now(self) -> str:
        return self.state

    def build(self) -> Snapshot:
        self.built.append(self.state)
        if self.fault:
            raise self.fault
        return self.snapshot()

    def snapshot(self) -> Snapshot:
        known = self.first.knowledge
        entries = {**known.entries, "suspension": self.entry()}
        return replace(self.first, knowledge=replace(known, entries=entries), files=self.state)

    def entry(self) -> Entry:
        return replace(self.first.knowledge.entries["suspension"], short=self.words)

    def save(self, state: str, *, fault: Exception | None = None) -> None:
        self.state, self.words, self.fault = state, f"Words of {state}.", fault


@dataclass
class Desk:
    """A folder under watch."""

    folder: Folder
    library: Library
    watch: Watch
    clock: FakeClock

    async def look(self, times: int) -> None:
        for _ in range(times):
            await self.watch.look()

    @property
    def serves(self) -> str:
        return self.library.now.knowledge.entries["suspension"].short


@pytest.fixture
async def desk(bench: Bench) -> AsyncIterator[Desk]:
    folder = Folder(bench.library.now)
    library = Library(folder.snapshot(), folder.build)
    yield Desk(folder, library, Watch(library, bench.clock, folder.state_now), bench.clock)
    library.close()


async def test_files_that_have_not_changed_are_not_loaded_again(desk: Desk) -> None:
    await desk.look(5)
    assert desk.folder.built == []


async def test_a_change_is_taken_into_use_once_it_has_stayed_for_one_further_look(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    desk.folder.save("second")
    await desk.look(1)
    assert desk.serves == "First."
    await desk.look(1)
    assert desk.serves == "Words of second."
    await desk.look(3)
    assert desk.folder.built == ["second"]
    (told,) = caplog.messages
    assert told == "knowledge reloaded on change: 0 added, 1 changed, 0 removed; suspension"


async def test_files_still_being_written_are_left_until_they_lie_still(desk: Desk) -> None:
    for state in ("half", "more", "nearly"):
        desk.folder.save(state)
        await desk.look(1)
    assert desk.folder.built == []
    desk.folder.save("whole")
    await desk.look(2)
    assert desk.folder.built == ["whole"]


async def test_a_change_taken_back_before_it_was_used_is_no_change(desk: Desk) -> None:
    desk.folder.save("second")
    await desk.look(1)
    desk.folder.save("first")
    await desk.look(3)
    assert desk.folder.built == []


async def test_what_an_editor_has_reloaded_already_is_not_loaded_again(desk: Desk) -> None:
    desk.folder.save("second")
    await desk.look(1)
    await desk.library.reload()
    await desk.look(3)
    assert desk.folder.built == ["second"]


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        (KnowledgeRefused([FAULT]), "services.yaml, line 3, column 7, field “phone”"),
        (PlaybookError("urgent.yaml › cards", "no such card"), "urgent.yaml › cards"),
    ],
)
async def test_a_refused_state_is_named_once_and_the_last_good_one_serves(
    desk: Desk, caplog: pytest.LogCaptureFixture, fault: Exception, where: str
) -> None:
    desk.folder.save("broken", fault=fault)
    await desk.look(6)
    assert desk.serves == "First."
    assert desk.folder.built == ["broken"]
    (told,) = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert where in told
    assert "still serves" in told
    desk.folder.save("mended")
    await desk.look(2)
    assert desk.serves == "Words of mended."


async def test_a_refusal_shows_places_and_never_what_stands_there(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.folder.save("broken", fault=KnowledgeRefused([FAULT]))
    await desk.look(2)
    assert "Mend it." in caplog.text
    assert "own words" not in caplog.text


async def test_a_state_broken_twice_is_named_twice(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for state in ("broken", "first", "broken"):
        desk.folder.save(state, fault=KnowledgeRefused([FAULT]))
        await desk.look(3)
    assert desk.folder.built == ["broken", "broken"]
    assert len(caplog.records) == 2


@pytest.mark.parametrize("fault", [TookTooLong(), OSError("the disk")])
async def test_what_may_pass_is_tried_again_after_a_while(desk: Desk, fault: Exception) -> None:
    desk.folder.save("second", fault=fault)
    await desk.look(4)
    assert desk.folder.built == ["second"]
    desk.folder.fault = None
    desk.clock.at += TRY_AGAIN
    await desk.look(1)
    assert desk.serves == "Words of second."


async def test_a_library_made_by_hand_is_measured_from_the_first_look(bench: Bench) -> None:
    folder = Folder(bench.library.now)
    library = Library(folder.first, folder.build)
    watch = Watch(library, bench.clock, folder.state_now)
    for _ in range(3):
        await watch.look()
    assert folder.built == []
    folder.save("second")
    await watch.look()
    await watch.look()
    assert folder.built == ["second"]
    library.close()


async def test_the_running_house_takes_a_saved_file_into_use(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.watch.LOOK_EVERY", 0.01)
    settings = Settings(token=None, author_key=b"k" * 32, data=tmp_path, knowledge=tmp_path)
    built = asyncio.Event()
    loop = asyncio.get_running_loop()

    def build_anew() -> Snapshot:
        loop.call_soon_threadsafe(built.set)
        return bench.library.now

    library = Library(replace(bench.library.now, files="before"), build_anew)
    app = await build(settings, clock=bench.clock, store=bench.store, library=library)
    app.house.steward.start()
    async with asyncio.timeout(10):
        await built.wait()
    await app.house.steward.stop()
    await app.client.close()
    library.close()
