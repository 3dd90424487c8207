"""The first reply to a post: what was heard, what is answered, and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cases.nation import Nation
from bot.cases.part import Part, PartStatus
from bot.guidance.entry import Entry
from bot.guidance.knowledge import Knowledge
from bot.guidance.reply import Action, Block, Button, Paragraph, Reply, Small, Steps, Tone
from bot.services.letters.answer import service_line

MOST_OFFERS = 3
MOST_BUTTONS = 25
LABEL = 80
"""Discord's limit on a button's label."""
NONE_OF_THESE = 9
"""The place that stands for "none of these" among the offers of a part."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
CLUSTERS = {
    "meetings": "meetings with school",
    "sen-support": "support in school",
    "transitions": "moving on or changing class",
    "law-and-vocabulary": "the law or the words used",
    "ehc-assessment": "an Education, Health and Care (EHC) assessment",
    "ehc-plan": "an Education, Health and Care (EHC) plan",
    "appeals": "an appeal",
    "exclusions": "being sent home or excluded",
    "attendance-and-anxiety": "attendance or anxiety",
    "discrimination": "fair treatment",
    "transport": "transport",
    "complaints": "a complaint",
    "records-and-data": "records",
    "health-and-camhs": "health",
    "early-years": "the early years",
    "post-16": "what comes after 16",
    "social-care": "social care",
    "money-and-benefits": "money or benefits",
    "wellbeing": "how you are all coping",
    "home-education": "education at home",
    "nations": "one of the four nations",
}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an overview must know besides the questions themselves."""

    case: int
    above: Mapping[int, str]
    """Links to answers given higher up in this conversation, by part."""
    nation: Nation
    away: bool
    private: str | None
    """The neutral line about a detail that may identify somebody, where one was found."""
    given: frozenset[str] = frozenset()
    """The entries given in answer to other questions of the same person here."""
    own_case: bool = True
    """False for an answer given privately, which no volunteer sees."""


def overview_reply(
    parts: tuple[Part, ...], knowledge: Knowledge, circumstances: Circumstances
) -> Reply:
    """Name every question heard, and say of each whether it is answered or who will."""
    marked = len(_unclear(parts)) > 1
    lines = tuple(_line(part, knowledge.entries, circumstances, marked=marked) for part in parts)
    blocks: list[Block] = [Paragraph(_opening(parts, circumstances))]
    blocks.append(Steps(lines, numbered=len(lines) > 1))
    blocks.append(Paragraph(_promise(parts, circumstances)))
    if circumstances.private:
        blocks.append(Paragraph(circumstances.private))
    first = knowledge.directory.first_for(circumstances.nation)[:3]
    if first:
        blocks.append(Paragraph("**People you can talk to, free of charge:**"))
        blocks.append(Steps(tuple(map(service_line, first))))
    blocks.append(
        Small(
            "I am a bot. People wrote my words; I only choose which fit. I keep no text of yours: "
            "`/privacy` tells more. If somebody is in danger now, ring 999."
        )
    )
    return Reply(tuple(blocks), _offers(parts, knowledge.entries, circumstances))


def _offers(
    parts: tuple[Part, ...], entries: Mapping[str, Entry], circumstances: Circumstances
) -> tuple[Button, ...]:
    """Return the "did you mean" buttons of every question that was close.

    What is answered already is not offered again.
    """
    buttons: list[Button] = []
    case = circumstances.case
    given = circumstances.given | {part.entry for part in parts}
    asking = _unclear(parts)
    # Each question keeps its "None of these" within what Discord draws of buttons.
    most = min(MOST_OFFERS, MOST_BUTTONS // len(asking) - 1) if asking else 0
    for part in asking:
        for place, entry in enumerate(part.near[:most]):
            if entry in entries and entry not in given:
                label = _short(entries[entry].title, part.number if len(asking) > 1 else 0)
                argument = part.number * 10 + place
                buttons.append(Button(label, Action.CHOOSE, case, argument, tone=Tone.PRIMARY))
        label = _short("None of these", part.number if len(asking) > 1 else 0)
        argument = part.number * 10 + NONE_OF_THESE
        buttons.append(Button(label, Action.NONE_OF_THESE, case, argument))
    return tuple(buttons)


def _unclear(parts: tuple[Part, ...]) -> list[Part]:
    return [part for part in parts if part.status is PartStatus.NEEDS_WORD]


def about(part: Part, entries: Mapping[str, Entry]) -> str:
    """Say what a question seems to be about, from our own words alone."""
    near = next((entries[entry] for entry in part.near if entry in entries), None)
    return CLUSTERS.get(near.cluster, "something else") if near else "something I do not know"


def _opening(parts: tuple[Part, ...], circumstances: Circumstances) -> str:
    count = len(parts)
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    heard = f"I heard {number} question{'s' if count != 1 else ''} in what you wrote."
    if circumstances.away:
        return (
            "I am sorry: I was away when you wrote, so this comes late. "
            f"The volunteers have been told first. {heard}"
        )
    return f"Thank you for writing this here. {heard}"


def _line(
    part: Part, entries: Mapping[str, Entry], circumstances: Circumstances, *, marked: bool
) -> str:
    entry = entries.get(part.entry or "")
    if entry is not None and part.number in circumstances.above:
        return f"**{entry.title}** — answered [higher up]({circumstances.above[part.number]})."
    if entry is not None:
        return f"**{entry.title}** — answered below."
    if part.status is PartStatus.NEEDS_WORD:
        which = f"marked {part.number}" if marked else "below"
        return (
            f"**A question that may be about {about(part, entries)}** — which of the buttons "
            f"{which} comes nearest?"
        )
    subject = about(part, entries)
    if not circumstances.own_case:
        return f"**A question about {subject}** — I have no answer I trust for this one."
    return (
        f"**A question about {subject}** — I have no answer I trust for this one. "
        "It waits for a volunteer."
    )


def _promise(parts: tuple[Part, ...], circumstances: Circumstances) -> str:
    if not circumstances.own_case:
        return (
            "Only you can see this. If you would like a person to look at it, please post your "
            "question in the help channel."
        )
    if any(part.waits_for_a_person for part in parts):
        return (
            "The volunteers can see your questions and which of them still wait. If no person has "
            "replied here in four hours, I will call them and tell you so."
        )
    return (
        "The volunteers can see your post too. If no person has replied here in four hours, I "
        "will call them and tell you so."
    )


def _short(title: str, part: int) -> str:
    label = f"{part}: {title}" if part else title
    return label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…"
