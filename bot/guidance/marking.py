"""Marking an entry as reviewed in its file, touching nothing but the review block."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.guidance.entry import Entry, ReviewStatus
from bot.guidance.pages import Page, read_entry
from bot.guidance.problem import KnowledgeRefused, Problem
from bot.guidance.rules.review import latest_due, rests_on_memory


class StillOnMemory(Exception):
    """Part of this entry is still marked as written from memory. Confirm those lines first."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class LayoutUnknown(Exception):
    """The review block of this file is laid out unusually: write the review in by hand."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


def mark_reviewed(text: str, *, by: str, today: date, file: str) -> str:
    """Return an entry file's text with the review block saying who reviewed it, and when.

    Comments and layout stay. Raises `StillOnMemory` where a line awaits confirmation,
    `LayoutUnknown` where nothing but the block cannot be changed, and `KnowledgeRefused` where
    the file cannot be read.
    """
    page = _page(text, file)
    if rests_on_memory(page.entry):
        raise StillOnMemory
    due = latest_due(replace(page.entry, review=replace(page.entry.review, checked=today)))
    values = {
        "status": ReviewStatus.REVIEWED.value,
        "checked": today.isoformat(),
        "due": due.isoformat(),
        "reviewed_by": _quoted(by),
    }
    marked = _rewrite(text, page, values)
    _confirm(marked, file, page.entry, due)
    return marked


def _page(text: str, file: str) -> Page:
    problems: list[Problem] = []
    page = read_entry(text.encode(), file, problems)
    if page is None:
        raise KnowledgeRefused(problems)
    return page


def _rewrite(text: str, page: Page, values: dict[str, str]) -> str:
    """Put each value where its field stands, or on a new line after the status."""
    lines = text.split("\n")
    places = page.reader.places
    status_line, status_column = places["review", "status"]
    for name, value in values.items():
        place = places.get(("review", name))
        if place:
            line, column = place
            lines[line - 1] = lines[line - 1][: column - 1] + value
    if ("review", "reviewed_by") not in places:
        indent = lines[status_line - 1][: status_column - 1].split("status")[0]
        lines.insert(status_line, f"{indent}reviewed_by: {values['reviewed_by']}")
    return "\n".join(lines)


def _confirm(marked: str, file: str, before: Entry, due: date) -> None:
    """Refuse a result in which anything but the review has changed."""
    try:
        after = _page(marked, file).entry
    except KnowledgeRefused:
        raise LayoutUnknown from None
    wanted = replace(before, review=after.review)
    sound = after.review.status is ReviewStatus.REVIEWED and after.review.due == due
    if after != wanted or not sound or after.review.notes != before.review.notes:
        raise LayoutUnknown


def _quoted(by: str) -> str:
    tidy = "".join(letter for letter in " ".join(by.split()) if letter.isprintable())
    return '"' + tidy.replace("\\", "").replace('"', "’")[:80].strip() + '"'
