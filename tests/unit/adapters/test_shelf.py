"""The knowledge folder: what counts as a change of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.shelf import FolderShelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entry = tmp_path / "entries/meetings/meeting-by-phone.yaml"
    entry.parent.mkdir(parents=True)
    for file in (entry, tmp_path / "services.yaml", tmp_path / "urgent.yaml"):
        file.write_text("a: b\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["entries/meetings/meeting-by-phone.yaml", "services.yaml", "urgent.yaml"]
)
async def test_any_file_that_is_served_from_counts(folder: Path, name: str) -> None:
    shelf = FolderShelf(folder)
    before = await shelf.fingerprint()
    assert await shelf.fingerprint() == before
    (folder / name).write_text("a: c\n", encoding="utf-8")
    assert await shelf.fingerprint() != before
    (folder / name).unlink()
    assert await shelf.fingerprint() != before


@pytest.mark.parametrize("name", ["entries/meetings/.one.tmp", "entries/one.yaml~", "README.md"])
async def test_what_is_not_read_does_not_count(folder: Path, name: str) -> None:
    shelf = FolderShelf(folder)
    before = await shelf.fingerprint()
    (folder / name).write_text("half", encoding="utf-8")
    assert await shelf.fingerprint() == before
