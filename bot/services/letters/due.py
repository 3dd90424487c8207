"""What is due for review, on demand and once a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.guidance.entry import Entry, ReviewStatus
from bot.guidance.reply import Block, Heading, Paragraph, Reply, Small, Steps

LISTED = 15
DUE_WITHIN = 7
"""Days ahead that the weekly note looks."""


def stale_reply(due: Sequence[tuple[date, Entry]], today: date) -> Reply:
    """List what is due for review, soonest first."""
    late = sum(day <= today for day, _ in due)
    opening = f"{late} are due now." if late else "None is due yet."
    return Reply(
        (
            Heading("Due for review, soonest first"),
            Paragraph(f"{opening} These come first:"),
            Steps(tuple(_due_line(day, entry, today) for day, entry in due[:LISTED])),
        )
    )


def review_due_reply(due: Sequence[tuple[date, Entry]], today: date) -> Reply:
    """Tell the editors, once a week, what is due by its end."""
    blocks: list[Block] = [
        Heading("Due for review this week"),
        Paragraph("Parents rely on these being right. Whoever knows one of them best:"),
        Steps(tuple(_due_line(day, entry, today) for day, entry in due[:LISTED])),
    ]
    if len(due) > LISTED:
        blocks.append(Paragraph(f"And {len(due) - LISTED} more: `/knowledge stale` lists them."))
    blocks.append(Small("`/knowledge review` marks an entry once you have read it."))
    return Reply(tuple(blocks))


def _due_line(day: date, entry: Entry, today: date) -> str:
    state = "reviewed" if entry.review.status is ReviewStatus.REVIEWED else "draft"
    late = " — due now" if day <= today else ""
    return f"{day_words(day)}: **{entry.title}** (`{entry.id}`, {state}){late}"


def day_words(when: date) -> str:
    """Write a day as people in the UK do."""
    return f"{when.day} {when:%B %Y}"
