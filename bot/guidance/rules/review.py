"""When an entry is due again, and what may call itself reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.guidance.entry import Deadline, Entry, LawLine, Mark, ReviewStatus
from bot.guidance.pages import Page
from bot.guidance.problem import Problem, Weight

MONTHLY = frozenset(
    {
        "send-reform-what-is-happening",
        "individual-support-plans-proposed",
        "home-education-and-sen",
        "northern-ireland-sen",
    }
)
"""What changes while it is read: reform, commencement, Northern Ireland."""
SCHOOL_YEAR = frozenset({"attendance-and-anxiety", "exclusions", "transport"})
"""Clusters to check each August or September, with the exam year's rules."""
SCHOOL_YEAR_IDS = frozenset({"exam-access-arrangements"})
TAX_YEAR = frozenset({"money-and-benefits"})
"""Clusters to check each April."""
TAX_YEAR_IDS = frozenset({"restraint-and-seclusion"})


def review_problems(page: Page) -> Iterator[Problem]:
    """Yield what does not hold together in the review block."""
    yield from _memory(page)
    yield from _dates(page)
    review = page.entry.review
    if review.status is ReviewStatus.REVIEWED and review.reviewed_by is None:
        mend = "Add reviewed_by: with a role or initials, or write status: draft."
        expected = "who reviewed it"
        yield page.reader.problem(("review", "status"), "reviewed", expected, mend, Weight.MEND)


def rests_on_memory(entry: Entry) -> bool:
    """Tell whether any statement still has to be confirmed."""
    marked: tuple[LawLine | Deadline, ...] = (*entry.law, *entry.deadlines)
    return any(each.mark is Mark.MEMORY for each in marked)


def _memory(page: Page) -> Iterator[Problem]:
    entry = page.entry
    if not rests_on_memory(entry):
        return
    if entry.review.status is ReviewStatus.REVIEWED:
        mend = "Confirm each line marked memory and write sourced; until then status: draft."
        expected = "draft while a line is marked memory"
        yield page.reader.problem(("review", "status"), "reviewed", expected, mend, Weight.REFUSE)
    if not any("memory" in note.lower() for note in entry.review.notes):
        mend = "Add a note that begins “Rests on memory:” and names each such statement."
        expected = "a note on what rests on memory"
        yield page.reader.problem(("review", "notes"), "no such note", expected, mend, Weight.MEND)


def _dates(page: Page) -> Iterator[Problem]:
    review, at = page.entry.review, ("review", "due")
    latest = latest_due(page.entry)
    if review.due <= review.checked:
        mend = f"Write a later day, for example: {latest.isoformat()}"
        expected = "a day after checked"
        yield page.reader.problem(at, review.due.isoformat(), expected, mend, Weight.MEND)
    elif review.due > latest:
        expected = f"{latest.isoformat()} at the latest, for what this entry is about"
        mend = f"Write due: {latest.isoformat()}"
        yield page.reader.problem(at, review.due.isoformat(), expected, mend, Weight.MEND)


def future_problems(page: Page, today: date) -> Iterator[Problem]:
    """Yield a day of checking that has not come yet.

    Only worth a look: where every entry is named, the machine's own clock is behind.
    """
    checked = page.entry.review.checked
    if checked > today:
        expected = f"a day not after today, {today.isoformat()}"
        mend = "Write the day on which somebody last looked; or set this computer’s date."
        found = checked.isoformat()
        yield page.reader.problem(("review", "checked"), found, expected, mend, Weight.ADVISE)


def latest_due(entry: Entry) -> date:
    """Return the last day an entry may be left unchecked, by what it is about."""
    checked = entry.review.checked
    if entry.id in MONTHLY:
        return checked + timedelta(days=31)
    if entry.id in SCHOOL_YEAR_IDS or entry.cluster in SCHOOL_YEAR:
        return _next(checked, month=9, day=30)
    if entry.id in TAX_YEAR_IDS or entry.cluster in TAX_YEAR:
        return _next(checked, month=4, day=30)
    return _year_after(checked)


def _next(after: date, month: int, day: int) -> date:
    this_year = date(after.year, month, day)
    return this_year if this_year > after else date(after.year + 1, month, day)


def _year_after(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if leap_day else day.replace(year=day.year + 1)
