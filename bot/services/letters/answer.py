"""One question's answer: short first, then what to do, what the law says, and how sure we are."""

from __future__ import annotations

from datetime import date

from bot.cases.nation import Nation
from bot.guidance.directory import Directory, Service
from bot.guidance.entry import Deadline, Entry, Force, LawLine, Mark, ReviewStatus, Unit
from bot.guidance.reply import (
    Action,
    Block,
    Button,
    Heading,
    Paragraph,
    Reply,
    Small,
    Steps,
    Tone,
)

FORCES = {
    Force.MUST: "Law",
    Force.SHOULD: "Guidance",
    Force.CASE: "Court decision",
    Force.PRACTICE: "Usual practice",
    Force.ABSENT: "No rule found",
}
UNITS = {
    Unit.CALENDAR_DAYS: ("calendar day", "calendar days"),
    Unit.SCHOOL_DAYS: ("school day", "school days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.WEEKS: ("week", "weeks"),
    Unit.MONTHS: ("month", "months"),
    Unit.YEARS: ("year", "years"),
}
UNCHECKED = "from memory, not yet checked"
MOST_SERVICES = 4


def answer_reply(
    entry: Entry,
    directory: Directory,
    nation: Nation,
    *,
    case: int = 0,
    part: int = 0,
    has_words: bool = False,
) -> Reply:
    """Compose the answer an entry gives to somebody in a nation.

    With a case, the reader can say whether it helped.
    """
    blocks: list[Block] = [Heading(entry.title), Paragraph(entry.short)]
    if entry.now:
        blocks += [Heading("What you can do now"), Steps(entry.now, numbered=True)]
    if entry.law:
        blocks += [Heading("What the law and guidance say"), Steps(tuple(map(law_line, entry.law)))]
    if entry.deadlines:
        blocks += [Heading("Time limits"), Steps(tuple(map(deadline_line, entry.deadlines)))]
    if entry.careful:
        blocks += [Heading("Please be careful"), Steps(entry.careful)]
    services = [each for each in directory.of(entry.signposts) if each.serves(nation)]
    if services:
        lines = tuple(map(service_line, services[:MOST_SERVICES]))
        blocks += [Heading("Who can help"), Steps(lines)]
    blocks.append(Small(standing(entry)))
    return Reply(tuple(blocks), _buttons(case, part, has_words))


def law_line(line: LawLine) -> str:
    """Write what a law says with its force and where it stands, so that nobody has to trust us."""
    doubt = f" ({UNCHECKED})" if line.mark is Mark.MEMORY else ""
    where = f"[{line.ref}]({line.url})" if line.url else line.ref
    return f"**{FORCES[line.force]}:** {line.says} — {where}{doubt}"


def deadline_line(deadline: Deadline) -> str:
    """Write a time limit with its unit, which must never be guessed."""
    one, many = UNITS[deadline.unit]
    unit = one if deadline.within == 1 else many
    doubt = f" ({UNCHECKED})" if deadline.mark is Mark.MEMORY else ""
    return f"{deadline.what}: **{deadline.within} {unit}**, from {deadline.counted_from}{doubt}"


def service_line(service: Service) -> str:
    """Write who a service is and how to reach it; a number nobody has checked says so."""
    ways = [way for way in (service.phone_line, service.text_line, service.url) if way]
    return f"**{service.name}**: {service.purpose}. {' · '.join(ways)}".strip()


def standing(entry: Entry) -> str:
    """Say when the entry was last checked, and whether a qualified person has reviewed it."""
    checked = f"Last checked on {_day(entry.review.checked)}."
    if entry.review.status is ReviewStatus.REVIEWED:
        judged = "Reviewed by a person with the knowledge to judge it."
    else:
        judged = "Draft: written from the sources named, not yet reviewed by a qualified person."
    return f"{checked} {judged} General information, not legal advice."


def _day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def _buttons(case: int, part: int, has_words: bool) -> tuple[Button, ...]:
    if not case:
        return ()
    buttons = [
        Button("This helped", Action.HELPED, case, part, tone=Tone.GOOD),
        Button("I still need a person", Action.STILL_STUCK, case, part),
    ]
    if has_words:
        buttons.append(Button("What do these words mean?", Action.EXPLAIN_WORDS, case, part))
    return tuple(buttons)
