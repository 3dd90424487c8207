"""The knowledge in the repository loads, whole and quickly, and is refused whole when it is not."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from bot.cases.nation import Nation
from bot.guidance.entry import Force, ReviewStatus
from bot.guidance.knowledge import load_knowledge
from bot.guidance.problem import KnowledgeRefused

ROOT = Path(__file__).parents[3] / "knowledge"
MODEL = "entries/meetings/supporter-refused-at-meeting.yaml"


def folder(into: Path) -> Path:
    """Make a small knowledge folder: the three fixed files and one entry."""
    (into / "entries/meetings").mkdir(parents=True)
    for name in ("services.yaml", "authorities.yaml", "glossary.yaml", MODEL):
        shutil.copy(ROOT / name, into / name)
    return into


def test_an_entry_is_read_with_its_types(tmp_path: Path) -> None:
    entry = load_knowledge(folder(tmp_path)).entries["supporter-refused-at-meeting"]

    assert entry.nations == (Nation.ENGLAND,)
    assert entry.law[2].force is Force.MUST
    assert entry.review.status is ReviewStatus.DRAFT
    assert entry.review.due.year == 2027
    assert len(entry.asks) == 20
    assert entry.sources[0].url is None


def test_everything_loads_within_a_second() -> None:
    start = time.perf_counter()
    knowledge = load_knowledge(ROOT)
    spent = time.perf_counter() - start

    assert len(knowledge.areas.areas) == 208
    assert len(knowledge.directory.services) > 50
    assert len(knowledge.glossary.terms) > 150
    assert spent < 1.0


def test_the_fingerprint_follows_the_contents(tmp_path: Path) -> None:
    root = folder(tmp_path)
    before = load_knowledge(root).fingerprint
    assert load_knowledge(root).fingerprint == before

    path = root / MODEL
    path.write_text(path.read_text("utf-8").replace("calmly", "kindly"), "utf-8")
    assert load_knowledge(root).fingerprint != before


def test_a_missing_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeRefused) as refused:
        load_knowledge(tmp_path / "nowhere")

    files = {problem.file for problem in refused.value.problems}
    assert files == {"services.yaml", "authorities.yaml", "glossary.yaml", "entries/"}


def test_an_unknown_service_is_refused_where_it_stands(tmp_path: Path) -> None:
    root = folder(tmp_path)
    path = root / MODEL
    text = path.read_text("utf-8").replace("[sendiass-finder, ipsea,", "[sendias-finder, ipsea,")
    path.write_text(text, "utf-8")

    with pytest.raises(KnowledgeRefused) as refused:
        load_knowledge(root)

    (problem,) = refused.value.problems
    line = text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("sendias-finder")
    assert problem.field == "signposts › 1"
    assert "sendiass-finder" in problem.mend


def test_an_entry_in_the_wrong_place_is_refused(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / MODEL).rename(root / "entries/meetings/another-name.yaml")

    with pytest.raises(KnowledgeRefused, match=r"another-name\.yaml, line 1, column 5, field “id”"):
        load_knowledge(root)


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    root = folder(tmp_path)
    path = root / MODEL
    text = path.read_text("utf-8")
    text = text.replace("force: must", "force: shall", 1).replace("nations: [england]", "nation: x")
    path.write_text(text, "utf-8")
    services = root / "services.yaml"
    services.write_text(
        services.read_text("utf-8").replace("crisis: true", "crisis: yes", 1), "utf-8"
    )

    with pytest.raises(KnowledgeRefused) as refused:
        load_knowledge(root)

    told = {(problem.file, problem.field) for problem in refused.value.problems}
    assert (MODEL, "nation") in told
    assert (MODEL, "nations") in told
    assert (MODEL, "law › 3 › force") in told
    assert ("services.yaml", "services › 1 › crisis") in told
