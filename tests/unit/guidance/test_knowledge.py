"""The knowledge loads whole and quickly, and is refused whole when something is wrong."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.cases.nation import Nation
from bot.guidance.entry import Force, ReviewStatus
from bot.guidance.knowledge import load_knowledge
from bot.guidance.lint import check_knowledge
from bot.guidance.problem import KnowledgeRefused
from bot.guidance.render import check_text

from .conftest import MODEL, ROOT, Folder


def test_an_entry_is_read_with_its_types(folder: Folder) -> None:
    entry = folder.load().entries["supporter-refused-at-meeting"]

    assert entry.nations == (Nation.ENGLAND,)
    assert entry.law[2].force is Force.MUST
    assert entry.review.status is ReviewStatus.DRAFT
    assert entry.review.due.year == 2027
    assert len(entry.asks) >= 20
    assert entry.sources[0].url is None
    assert entry.answer_at is None


def test_everything_loads_within_a_second() -> None:
    start = time.process_time()
    knowledge = load_knowledge(ROOT)
    spent = time.process_time() - start

    assert len(knowledge.areas.areas) == 208
    assert len(knowledge.directory.services) > 50
    assert len(knowledge.glossary.terms) > 150
    assert spent < 1.0


def test_the_fingerprint_follows_the_contents(folder: Folder) -> None:
    before = folder.load().fingerprint
    assert folder.load().fingerprint == before

    folder.swap("calmly", "kindly")
    assert folder.load().fingerprint != before


def test_a_missing_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeRefused) as refused:
        load_knowledge(tmp_path / "nowhere")

    files = {problem.file for problem in refused.value.problems}
    assert files == {"services.yaml", "authorities.yaml", "glossary.yaml", "entries/"}


def test_an_unknown_service_is_refused_where_it_stands(folder: Folder) -> None:
    folder.swap("[sendiass-finder, ipsea,", "[sendias-finder, ipsea,")

    with pytest.raises(KnowledgeRefused) as refused:
        folder.load()

    (problem,) = refused.value.problems
    line = folder.text().splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("sendias-finder")
    assert problem.field == "signposts › 1"
    assert "sendiass-finder" in problem.mend


def test_an_entry_in_the_wrong_place_is_refused(folder: Folder) -> None:
    (folder.root / MODEL).rename(folder.root / "entries/meetings/another-name.yaml")

    with pytest.raises(KnowledgeRefused, match=r"another-name\.yaml, line 1, column 5, field “id”"):
        folder.load()


def test_an_id_used_twice_is_refused(folder: Folder) -> None:
    folder.write(
        folder.text().replace("cluster: meetings", "cluster: transport"),
        MODEL.replace("meetings/", "transport/"),
    )

    with pytest.raises(KnowledgeRefused, match="an id already used in entries/meetings/"):
        folder.load()


def test_all_mistakes_of_all_files_are_told_at_once(folder: Folder) -> None:
    folder.swap("force: must", "force: shall")
    folder.swap("nations: [england]", "nation: x")
    folder.swap("crisis: true", "crisis: yes", "services.yaml")

    with pytest.raises(KnowledgeRefused) as refused:
        folder.load()

    told = {(problem.file, problem.field) for problem in refused.value.problems}
    assert {(MODEL, "nation"), (MODEL, "law › 3 › force")} < told
    assert (MODEL, "nations") not in told
    assert ("services.yaml", "services › 1 › crisis") in told


def test_a_dangling_see_also_can_be_served_but_fails_the_check(folder: Folder) -> None:
    folder.swap("see_also: []", "see_also: [no-such-entry]")

    assert folder.load().entries
    assert [problem.found for problem in folder.check().problems] == ["“no-such-entry”"]


def test_a_file_with_another_ending_is_not_passed_over_in_silence(folder: Folder) -> None:
    folder.write("anything", "entries/meetings/new-entry.yaml.txt")

    assert len(folder.load().entries) == 1
    (problem,) = folder.check().problems
    assert problem.file == "entries/meetings/new-entry.yaml.txt"
    assert problem.found == "a file that is not read"


def test_a_file_that_cannot_be_opened_is_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bot.guidance.folder._bytes", closed)

    with pytest.raises(KnowledgeRefused, match="cannot be opened"):
        folder.load()


def test_the_knowledge_of_this_repository_is_clean() -> None:
    report = check_knowledge(ROOT)

    assert report.clean, check_text(report)
    assert report.entries >= 140
