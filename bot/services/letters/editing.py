"""What volunteers and editors read about the knowledge base itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.guidance.entry import Entry
from bot.guidance.problem import KnowledgeRefused, Problem
from bot.guidance.render import changes_text
from bot.guidance.reply import Block, Heading, Paragraph, Reply, Small, Steps
from bot.services.editing import Reloaded
from bot.services.gaps import Gap
from bot.services.letters.due import day_words
from bot.services.letters.links import message_link
from bot.services.letters.overview import CLUSTERS
from bot.services.replay import Difference

LISTED = 15
LINKS = 5
PROBLEMS = 5
SHORT = 90
NOTHING_DIFFERS = "Every frozen question is heard as before."
STILL_SERVING = (
    "The files hold mistakes, so nothing has changed: what was loaded before still serves."
)
NO_GAPS = (
    "No question of the last three months is without an entry. Closed questions leave this list "
    "after 30 days."
)


def listed_reply(entries: Sequence[Entry], text: str) -> Reply:
    """List the entries found for a few words."""
    if not entries:
        return Reply((Paragraph("No entry fits those words."),))
    lines = tuple(f"**{entry.title}** (`{entry.id}`)" for entry in entries[:LISTED])
    blocks: list[Block] = [Heading("Entries"), Steps(lines)]
    if len(entries) > LISTED:
        blocks.append(Paragraph(f"And {len(entries) - LISTED} more: please say a little more."))
    blocks.append(Small("`/knowledge show` shows one of them in full."))
    return Reply(tuple(blocks))


def gaps_reply(gaps: Sequence[Gap], entries: Mapping[str, Entry]) -> Reply:
    """List what no entry covered, with links to where it was asked and no word of it."""
    if not gaps:
        return Reply((Paragraph(NO_GAPS),))
    return Reply(
        (
            Heading("Questions no entry covered"),
            Steps(tuple(_gap_line(gap, entries) for gap in gaps[:LISTED])),
            Small(
                "Links only: nothing of what members write is kept. "
                "Closed questions are listed for 30 days."
            ),
        )
    )


def reloaded_reply(reloaded: Reloaded) -> Reply:
    """Say what a reload changed, and which frozen questions it is heard in differently."""
    blocks: list[Block] = [
        Heading("The knowledge base has been loaded anew"),
        Paragraph(changes_text(reloaded.changes)),
    ]
    if not reloaded.changes:
        return Reply(tuple(blocks))
    differ = reloaded.differences
    if not differ:
        return Reply((*blocks, Paragraph(NOTHING_DIFFERS)))
    blocks.append(Paragraph(f"**Frozen questions now heard differently: {len(differ)}.**"))
    blocks.append(Steps(tuple(map(_difference_line, differ[:LISTED]))))
    blocks.append(Small("`python -m evaluation posts` says whether that is for the better."))
    return Reply(tuple(blocks))


def refused_reply(refused: KnowledgeRefused) -> Reply:
    """Say where the mistakes are and how to mend them, one by one."""
    problems = refused.problems
    blocks: list[Block] = [Paragraph(STILL_SERVING)]
    blocks += [Paragraph(problem_text(problem)) for problem in problems[:PROBLEMS]]
    if len(problems) > PROBLEMS:
        rest = len(problems) - PROBLEMS
        blocks.append(Paragraph(f"And {rest} more. `alongside knowledge check` prints them all."))
    return Reply(tuple(blocks))


def problem_text(problem: Problem) -> str:
    """Write one mistake in an entry's file so that a volunteer finds it."""
    where = f"**{problem.file}, line {problem.line}**"
    field = f", field “{problem.field}”" if problem.field else ""
    return (
        f"{where}{field}\nFound: {problem.found}\nExpected: {problem.expected}\n"
        f"To mend: {problem.mend}"
    )


def reviewed_words(entry: Entry) -> str:
    """Confirm a review, and say what is left to do with the file."""
    return (
        f"Thank you. “{entry.title}” is marked as reviewed by {entry.review.reviewed_by}, and is "
        f"due again on {day_words(entry.review.due)}. The file has changed on the machine that "
        "runs me: whoever keeps the files should take the change over."
    )


def _difference_line(differ: Difference) -> str:
    was, now = (", ".join(each) or "nothing" for each in (differ.before, differ.after))
    question = differ.question
    short = question if len(question) <= SHORT else f"{question[:SHORT].rstrip()}…"
    return f"“{short}”: was {was}, now {now}"


def _gap_line(gap: Gap, entries: Mapping[str, Entry]) -> str:
    near = entries.get(gap.near or "")
    if near is None:
        topic = "Near nothing we have"
    else:
        topic = f"Near “{near.title}”, on {CLUSTERS.get(near.cluster, near.cluster)}"
    times = "once" if len(gap.cases) == 1 else f"{len(gap.cases)} times"
    links = " · ".join(
        f"[{place}]({message_link(case.guild_id, case.channel_id, case.id)})"
        for place, case in enumerate(gap.cases[:LINKS], start=1)
    )
    return f"{topic}: asked {times}. {links}"
