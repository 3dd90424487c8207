"""What editors do with the knowledge: compare, report, draft, mark as reviewed, list links."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest
import yaml

from bot.cases.nation import Nation
from bot.guidance.diff import changes
from bot.guidance.draft import draft_entry, draft_id
from bot.guidance.entry import ReviewStatus
from bot.guidance.knowledge import Knowledge
from bot.guidance.links import links
from bot.guidance.marking import LayoutUnknown, StillOnMemory, mark_reviewed
from bot.guidance.pages import read_entry
from bot.guidance.problem import KnowledgeRefused, Problem
from bot.guidance.render import changes_text, check_text, report_text
from bot.guidance.report import due_by, due_soonest, figures
from bot.guidance.schema import FORMS, schema_text, write_schemas

from .conftest import MODEL, ROOT, Folder

TODAY = date(2026, 12, 1)


def test_a_reload_says_what_changed(folder: Folder) -> None:
    old = folder.load()
    folder.swap("calmly", "kindly")
    folder.write(
        folder.text().replace("id: supporter-", "id: helper-"),
        MODEL.replace("supporter-", "helper-"),
    )
    folder.swap("name: Samaritans", "name: The Samaritans", "services.yaml")
    new = folder.load()

    found = changes(old, new)
    assert found.added == ("helper-refused-at-meeting",)
    assert found.changed == ("supporter-refused-at-meeting",)
    assert found.removed == ()
    assert found.files == ("services",)
    assert changes(new, old).removed == ("helper-refused-at-meeting",)
    assert not changes(new, new)
    assert "Added: helper-refused-at-meeting" in changes_text(found)
    assert changes_text(changes(new, new)) == "Nothing has changed."


def test_the_report_counts_what_is_there(folder: Folder) -> None:
    counted = figures(folder.load())

    assert counted.entries == 1
    assert counted.by_status == {"draft": 1}
    assert counted.by_nation == {"england": 1}
    assert counted.by_mark == {"sourced": 3, "memory": 2}
    assert counted.on_memory == ("supporter-refused-at-meeting",)
    assert 8 < counted.reading_ages["supporter-refused-at-meeting"] < 14
    text = report_text(counted)
    (asks,) = counted.asks.values()
    assert asks >= 20
    assert f"1 entry, {asks} phrasings" in text
    assert "Entries without a source: none." in text


def test_the_report_names_notes_on_memory_too(folder: Folder) -> None:
    before = figures(folder.load())
    folder.write(folder.text().replace("mark: memory", "mark: sourced"))
    after = figures(folder.load())

    assert (before.on_memory, before.noted) == (("supporter-refused-at-meeting",), ())
    assert (after.on_memory, after.noted) == ((), ("supporter-refused-at-meeting",))
    assert "named in their notes (1)" in report_text(after)


def test_without_the_library_the_report_says_why(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("bot.guidance.readability.import_module", missing)

    assert "not measured: the library textstat" in report_text(figures(folder.load()))


def test_reviews_are_listed_soonest_first(knowledge: Knowledge) -> None:
    due = due_soonest(knowledge)

    assert [day for day, _ in due] == sorted(day for day, _ in due)
    assert len(due) == len(knowledge.entries)
    assert all(day <= date(2026, 12, 31) for day, _ in due_by(knowledge, date(2026, 12, 31)))


def test_the_check_is_rendered_for_a_person(folder: Folder) -> None:
    assert "All is well: 1 entry checked, nothing to mend" in check_text(folder.check())

    folder.swap("status: draft", "status: done")
    folder.swap("keywords: [", "keywords: [a, b, c, d, e, ")
    text = check_text(folder.check())
    assert "“done”" in text
    assert text.endswith("1 thing to mend before the check passes.")


AWKWARD = [
    'He said: "no"',
    "- a dash",
    "*star* &and !bang",
    "tab\there",
    "a\x07b\x00c",
    "é🙂\u2028",
    "\ud800",
]


def test_a_draft_is_valid_whatever_was_typed() -> None:
    text = draft_entry(
        title="Can they: refuse *this*?",
        cluster="meetings",
        nation=Nation.WALES,
        short=" ".join(AWKWARD),
        asks=AWKWARD,
        now=AWKWARD,
        keywords=AWKWARD,
        note="from a thread #1",
        today=TODAY,
        taken=["can-they-refuse-this"],
    )
    problems: list[Problem] = []
    page = read_entry(text.encode(), "can-they-refuse-this-2.yaml", problems)

    assert problems == []
    assert page is not None
    assert page.entry.id == "can-they-refuse-this-2"
    assert page.entry.asks[0] == 'He said: "no"'
    assert page.entry.review.status is ReviewStatus.DRAFT
    assert page.entry.nations == (Nation.WALES,)


@pytest.mark.parametrize("title", ["", "???", "🙂", "A" * 500, "Über & „quoted“"])
def test_a_draft_always_has_an_id(title: str) -> None:
    assert 1 <= len(draft_id(title)) <= 60


def test_marking_touches_the_review_alone(folder: Folder) -> None:
    text = folder.text().replace("mark: memory", "mark: sourced")
    marked = mark_reviewed(text, by='Officer "J"', today=TODAY, file=MODEL)

    before, after = text.split("\n"), marked.split("\n")
    changed = [line.strip() for line in after if line not in before]
    assert changed == [
        "status: reviewed",
        'reviewed_by: "Officer ’J’"',
        "checked: 2026-12-01",
        "due: 2027-12-01",
    ]
    again = mark_reviewed(marked, by="Lead", today=date(2027, 1, 5), file=MODEL)
    assert 'reviewed_by: "Lead"' in again
    assert again.count("reviewed_by") == 1


def test_what_rests_on_memory_cannot_be_marked(folder: Folder) -> None:
    with pytest.raises(StillOnMemory):
        mark_reviewed(folder.text(), by="Lead", today=TODAY, file=MODEL)


def test_a_layout_that_cannot_be_kept_is_left_alone(folder: Folder) -> None:
    text = folder.text().replace("mark: memory", "mark: sourced")
    start = text.index("review:")
    flow = text[:start] + "review: {status: draft, checked: 2026-11-23, due: 2027-11-23}\n"
    with pytest.raises(LayoutUnknown):
        mark_reviewed(flow, by="Lead", today=TODAY, file=MODEL)
    with pytest.raises(KnowledgeRefused):
        mark_reviewed("just words", by="Lead", today=TODAY, file=MODEL)


def test_links_are_gathered_with_their_places(folder: Folder) -> None:
    found = links(folder.load())

    assert "supporter-refused-at-meeting" in found["https://childlawadvice.org.uk"]
    assert "services.yaml › ipsea" in found["https://www.ipsea.org.uk"]
    assert list(found) == sorted(found)


@pytest.mark.parametrize("name", FORMS)
def test_the_schema_in_the_folder_is_the_one_of_the_code(name: str) -> None:
    assert (ROOT / "schema" / name).read_text("utf-8") == schema_text(name)
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text(name)))


def test_schemas_are_written_where_editors_look(folder: Folder) -> None:
    written = write_schemas(folder.root)

    assert {path.name for path in written} == set(FORMS)


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        (MODEL, "entry.schema.json"),
        ("services.yaml", "services.schema.json"),
        ("authorities.yaml", "authorities.schema.json"),
        ("glossary.yaml", "glossary.schema.json"),
    ],
)
def test_real_files_fit_the_schema(file: str, schema: str) -> None:
    data = yaml.safe_load((ROOT / file).read_text("utf-8"))
    as_editors_see_it = json.loads(json.dumps(data, default=str))

    jsonschema.validate(as_editors_see_it, json.loads(schema_text(schema)))


def test_the_schema_underlines_a_slip() -> None:
    data = yaml.safe_load((ROOT / MODEL).read_text("utf-8"))
    data["review"]["status"] = "drafted"

    with pytest.raises(jsonschema.ValidationError, match="drafted"):
        jsonschema.validate(
            json.loads(json.dumps(data, default=str)), json.loads(schema_text("entry.schema.json"))
        )
