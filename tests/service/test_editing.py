"""Looking after the knowledge base while it serves."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases.capability import Rank
from bot.cases.command import Resolve, Withdraw
from bot.cases.nation import Nation
from bot.guidance.entry import Entry, ReviewStatus
from bot.guidance.knowledge import Knowledge
from bot.guidance.pages import read_entry
from bot.guidance.plain import plain
from bot.guidance.problem import Problem
from bot.guidance.rules.review import rests_on_memory
from bot.matching.decision import Hearing
from bot.services.editing import (
    CannotMark,
    Editing,
    NotAnEditor,
    ShelfClosed,
    Suggestion,
)
from bot.services.errors import NoSuchEntry
from bot.services.gaps import Gap, Gaps
from bot.services.letters.editing import gaps_reply, reloaded_reply
from bot.services.library import Library, Snapshot
from tests.service.conftest import GWEN, PRIYA, ROOT, Bench, member, volunteer
from tests.service.fakes import ScriptedMatcher

LEAD = volunteer(GWEN, Rank.LEAD)


class PaperShelf:
    """Reads the real files and keeps what is written in memory."""

    def __init__(self) -> None:
        self.written: dict[str, str] = {}
        self.closed = False

    async def read(self, entry: Entry) -> str:
        path = ROOT / "knowledge/entries" / entry.cluster / f"{entry.id}.yaml"
        return path.read_text("utf-8")

    async def write(self, entry: Entry, text: str) -> None:
        if self.closed:
            raise PermissionError
        self.written[entry.id] = text


def no_questions() -> Mapping[str, str]:
    return {}


@pytest.fixture
def shelf() -> PaperShelf:
    return PaperShelf()


@pytest.fixture
def editing(bench: Bench, shelf: PaperShelf) -> Editing:
    return Editing(bench.library, bench.clock, shelf, no_questions)


def sound(knowledge: Knowledge) -> Entry:
    return next(e for e in knowledge.entries.values() if not rests_on_memory(e))


def test_an_entry_is_found_by_its_id_or_its_title(editing: Editing, knowledge: Knowledge) -> None:
    entry = knowledge.entries["annual-review"]
    assert editing.find(" Annual-Review ") is entry
    assert editing.find(entry.title.upper()) is entry
    with pytest.raises(NoSuchEntry):
        editing.find("nothing of the kind")


def test_search_takes_words_in_any_order_and_forgives_a_slip(editing: Editing) -> None:
    assert "annual-review" in {entry.id for entry in editing.search("review annual")}
    assert "annual-review" in {entry.id for entry in editing.search("anual revew")}
    assert len(editing.search("")) == 25


def test_what_is_due_comes_soonest_first(editing: Editing) -> None:
    days = [day for day, _ in editing.due_soonest()]
    assert days == sorted(days)


async def test_a_review_says_who_and_when_in_the_file_and_nothing_else_changes(
    editing: Editing, shelf: PaperShelf, knowledge: Knowledge
) -> None:
    entry = sound(knowledge)
    await editing.review(LEAD, entry.id, "AB, SENDIASS")
    problems: list[Problem] = []
    page = read_entry(shelf.written[entry.id].encode(), "entry.yaml", problems)
    assert page is not None
    review = page.entry.review
    assert review.status is ReviewStatus.REVIEWED
    assert review.reviewed_by == "AB, SENDIASS"
    assert review.checked == editing.today()
    assert replace(page.entry, review=entry.review) == entry


async def test_what_rests_on_memory_stays_a_draft(
    editing: Editing, shelf: PaperShelf, knowledge: Knowledge
) -> None:
    doubtful = next(e for e in knowledge.entries.values() if rests_on_memory(e))
    with pytest.raises(CannotMark):
        await editing.review(LEAD, doubtful.id, "AB")
    assert shelf.written == {}


async def test_a_shelf_that_cannot_be_written_is_said_so(
    editing: Editing, shelf: PaperShelf, knowledge: Knowledge
) -> None:
    shelf.closed = True
    with pytest.raises(ShelfClosed):
        await editing.review(LEAD, sound(knowledge).id, "AB")


async def test_only_editors_change_anything(editing: Editing, shelf: PaperShelf) -> None:
    for actor in (member(), volunteer(PRIYA), volunteer(PRIYA, Rank.ADMIN)):
        with pytest.raises(NotAnEditor):
            await editing.review(actor, "annual-review", "AB")
        with pytest.raises(NotAnEditor):
            await editing.reload(actor)
    assert shelf.written == {}


class Grumpy(ScriptedMatcher):
    """Has unlearnt everything."""

    def hear(self, post: str, *, nation: Nation | None = None) -> Hearing:
        return super().hear("??")


async def test_a_reload_names_frozen_questions_heard_differently(
    bench: Bench, shelf: PaperShelf, knowledge: Knowledge
) -> None:
    first = bench.library.now
    changed = replace(knowledge.entries["suspension"], short="Other words.")
    entries = {**knowledge.entries, "suspension": changed}
    second = Snapshot(
        replace(knowledge, entries=entries), Grumpy(), first.playbook, first.helplines
    )
    library = Library(first, lambda: second)
    questions = {"a": "?suspension", "b": "??"}
    editing = Editing(library, bench.clock, shelf, lambda: questions)
    reloaded = await editing.reload(LEAD)
    library.close()
    assert reloaded.changes.changed == ("suspension",)
    assert [(d.before, d.after) for d in reloaded.differences] == [(("suspension",), ())]
    assert "was suspension, now nothing" in plain(reloaded_reply(reloaded))


async def test_the_nearest_entry_is_ours_and_the_words_are_not_kept(editing: Editing) -> None:
    near = await editing.nearest("~annual-review,suspension purple caravan", Nation.ENGLAND)
    assert near is not None
    assert near.id == "annual-review"
    assert await editing.nearest("story of a caravan", Nation.ENGLAND) is None


class Slow(ScriptedMatcher):
    """Hears nothing until it is told to go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def hear(self, post: str, *, nation: Nation | None = None) -> Hearing:
        assert self.go_on.wait(10)
        return super().hear(post, nation=nation)


async def test_a_form_does_not_wait_for_a_slow_hearing(
    bench: Bench, shelf: PaperShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.editing.NEAREST_WITHIN", 0.01)
    slow = Slow()
    first = replace(bench.library.now, matcher=slow)
    library = Library(first, lambda: first)
    editing = Editing(library, bench.clock, shelf, no_questions)
    assert await editing.nearest("?suspension", Nation.ENGLAND) is None
    slow.go_on.set()
    library.close()


@pytest.mark.parametrize("near", ["annual-review", None])
@pytest.mark.parametrize("text", ["Plain words", 'a "quoted": - &x {y}\n# no', "*"])
def test_any_suggestion_gives_a_file_that_loads(
    editing: Editing, near: str | None, text: str
) -> None:
    draft = editing.draft(Suggestion(text, text, text, near), Nation.WALES)
    problems: list[Problem] = []
    page = read_entry(draft.text.encode(), draft.name, problems)
    assert problems == []
    assert page is not None
    assert draft.name == f"{page.entry.id}.yaml"
    assert page.entry.nations == (Nation.WALES,)
    assert page.entry.review.status is ReviewStatus.DRAFT
    assert page.entry.review.due == editing.today() + timedelta(days=30)


async def test_explaining_shows_evidence_care_and_details(editing: Editing) -> None:
    told = await editing.explain("?suspension I want to die, ring 07700 900123", Nation.ENGLAND)
    assert "suspension" in told
    assert "a test said so" in told
    assert "the card would stand first and alone" in told
    assert "may identify somebody" in told


async def test_gaps_are_grouped_by_what_came_nearest_most_asked_first(
    bench: Bench, knowledge: Knowledge
) -> None:
    await bench.say("?suspension")
    one = await bench.say("??")
    two = await bench.say("?? and ?suspension")
    unclear = await bench.say("~suspension")
    gaps = Gaps(bench.store, bench.library, bench.clock)
    cases = {post.id: await bench.case(post) for post in (one, two, unclear)}
    assert await gaps.of(LEAD) == (
        Gap("annual-review", (cases[two.id], cases[one.id])),
        Gap("suspension", (cases[unclear.id],)),
    )
    text = plain(gaps_reply(await gaps.of(LEAD), knowledge.entries))
    assert "asked 2 times. " in text
    assert "asked once. " in text
    assert f"/{two.channel_id}/{two.id}" in text
    with pytest.raises(NotAnEditor):
        await gaps.of(volunteer(PRIYA))


async def test_a_gap_stays_known_after_a_person_has_answered(bench: Bench) -> None:
    post = await bench.say("??")
    gaps = Gaps(bench.store, bench.library, bench.clock)
    await bench.casework.work(volunteer(PRIYA), post.id, Resolve(PRIYA))
    (gap,) = await gaps.of(LEAD)
    assert [case.id for case in gap.cases] == [post.id]
    assert not gap.cases[0].is_open


async def test_a_gap_that_is_old_or_was_taken_back_is_not_shown(bench: Bench) -> None:
    gaps = Gaps(bench.store, bench.library, bench.clock)
    old = await bench.say("??")
    assert [case.id for gap in await gaps.of(LEAD) for case in gap.cases] == [old.id]
    bench.clock.push(days=91)
    taken_back = await bench.say("??")
    await bench.casework.apply(taken_back.id, lambda _: Withdraw())
    assert await gaps.of(LEAD) == ()
