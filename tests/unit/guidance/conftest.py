"""A small knowledge folder to change and break: the directory, one entry, and little else."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.guidance.knowledge import Knowledge, load_knowledge
from bot.guidance.lint import Report, check_knowledge

ROOT = Path(__file__).parents[3] / "knowledge"
MODEL = "entries/meetings/supporter-refused-at-meeting.yaml"

AUTHORITIES = """
areas:
  - {id: cumberland, name: Cumberland, nation: england, kind: unitary}
  - {id: westmorland-and-furness, name: Westmorland and Furness, nation: england, kind: unitary}
ambiguous:
  - term: cumbria
    why: the county council was abolished in 2023
    choices:
      - {label: Cumberland, area: cumberland}
      - {label: Westmorland and Furness, area: westmorland-and-furness}
"""
GLOSSARY = """
terms:
  - term: SENCO
    expansion: Special Educational Needs Co-ordinator
    nations: [england]
    mark: sourced
"""


@dataclass
class Folder:
    """A knowledge folder with what a test does to it."""

    root: Path

    def text(self, name: str = MODEL) -> str:
        return (self.root / name).read_text("utf-8")

    def write(self, text: str, name: str = MODEL) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def swap(self, old: str, new: str, name: str = MODEL) -> None:
        """Replace the first occurrence of a text that must be there."""
        before = self.text(name)
        assert old in before
        self.write(before.replace(old, new, 1), name)

    def check(self, today: date | None = None) -> Report:
        return check_knowledge(self.root, today)

    def load(self) -> Knowledge:
        return load_knowledge(self.root)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "knowledge"
    for name in ("services.yaml", MODEL):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    small = Folder(root)
    small.write(AUTHORITIES, "authorities.yaml")
    small.write(GLOSSARY, "glossary.yaml")
    small.swap("see_also: [where-you-have-a-right-to-be-accompanied, ", "see_also: [")
    small.swap("see_also: [sendiass-what-is-it, complain-about-school]", "see_also: []")
    return small


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge of this repository, loaded once."""
    return load_knowledge(ROOT)
