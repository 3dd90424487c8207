"""What the volunteers read: who waits, since when, for what. Links and our own words only."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cases.case import Case, State
from bot.cases.part import Part, PartStatus
from bot.guidance.entry import Entry
from bot.guidance.reply import Action, Block, Button, Heading, Paragraph, Reply, Steps, Tone
from bot.services.letters.links import ago, message_link
from bot.services.letters.overview import about
from bot.services.records import GuildSettings

LEADS_FROM = 3
"""From this flag of one wait on, the leads are called as well."""
REASONS = {
    "gone": "the thread or channel no longer exists",
    "forbidden": "I am not allowed to write there",
    "locked": "the thread is locked",
    "invalid": "Discord would not accept the message",
    "late": "Discord has not taken it for two minutes, and I keep trying",
}


HERE = (
    "**Volunteers, please look here.** I cannot write in your own channel, so I am calling you in "
    "this thread. An admin can put that right with `/setup`."
)


def flag_reply(
    case: Case, count: int, entries: Mapping[str, Entry], settings: GuildSettings
) -> Reply:
    """Put a silent thread before the volunteers."""
    since = ago(case.waiting_since or case.opened_at)
    if count == 1:
        opening = f"A member's wait began {since}, and no person has replied."
    else:
        opening = f"Still nobody: a member's wait began {since}. This is call {count}."
    return Reply(
        (Heading("Someone is waiting"), Paragraph(opening), Steps(part_lines(case, entries))),
        case_buttons(case),
        mention_role=_called(count, settings),
    )


def flag_here_reply(count: int, settings: GuildSettings) -> Reply:
    """Call the volunteers in the member's own thread: a reply there is all that is needed."""
    return Reply((Paragraph(HERE),), mention_role=_called(count, settings))


def _called(count: int, settings: GuildSettings) -> int | None:
    role = settings.lead_role if count >= LEADS_FROM else settings.volunteer_role
    return role or settings.volunteer_role


def case_reply(case: Case, entries: Mapping[str, Entry]) -> Reply:
    """Show one case to a volunteer: where it stands, its questions, what can be done."""
    blocks: tuple[Block, ...] = (
        Heading(state_line(case)),
        Paragraph(
            f"Asked {ago(case.opened_at)}."
            + (
                f" The wait for a person began {ago(case.waiting_since)}."
                if case.waiting_since
                else ""
            )
        ),
        Steps(part_lines(case, entries)),
    )
    return Reply(blocks, case_buttons(case))


def undelivered_reply(guild_id: int, channel_id: int, subject: int, reason: str) -> Reply:
    """Tell the volunteers that a member did not get our reply."""
    words = (
        f"A reply of mine could not be delivered: {REASONS.get(reason, 'Discord refused it')}. "
        "Please look after this member yourselves."
    )
    link = message_link(guild_id, channel_id, subject)
    return Reply((Heading("A reply did not arrive"), Paragraph(words)), (Button("Open", url=link),))


def part_lines(case: Case, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """Say of every question of a case where it stands."""
    return tuple(f"Question {part.number}: {_part_words(part, entries)}" for part in case.parts)


def state_line(case: Case) -> str:
    """Say where a case stands, and with whom."""
    match case.state:
        case State.WAITING_HUMAN:
            return "Waiting for a volunteer"
        case State.CLAIMED:
            return f"With <@{case.claimed_by}>"
        case State.SNOOZED:
            until = ago(case.snoozed_until) if case.snoozed_until else "later"
            return f"Set aside until {until}"
        case State.WAITING_ASKER:
            return "A person has replied"
        case State.RESOLVED:
            return "Resolved"
        case State.WITHDRAWN:
            return "Withdrawn by the member"


def case_buttons(case: Case) -> tuple[Button, ...]:
    """Return what a volunteer can do with a case just now."""
    open_it = Button("Open", url=message_link(case.guild_id, case.channel_id, case.id))
    if not case.is_open:
        return open_it, Button("Reopen", Action.REOPEN, case.id)
    if case.claimed_by is None:
        hold = Button("Claim", Action.CLAIM, case.id, tone=Tone.PRIMARY)
    else:
        hold = Button("Hand back", Action.HAND_BACK, case.id)
    return (
        open_it,
        hold,
        Button("Set aside until tomorrow", Action.SNOOZE, case.id),
        Button("Resolve", Action.RESOLVE, case.id, tone=Tone.GOOD),
    )


def _part_words(part: Part, entries: Mapping[str, Entry]) -> str:
    entry = entries.get(part.entry or "")
    match part.status:
        case PartStatus.ANSWERED:
            return f"answered with “{entry.title}”" if entry else "answered"
        case PartStatus.CLOSED:
            return "dealt with"
        case PartStatus.NEEDS_WORD:
            return f"about {about(part, entries)}; the member was asked which entry fits"
        case PartStatus.NEEDS_HUMAN if entry is not None:
            return f"“{entry.title}” was not enough: **needs a person**"
        case _:
            return f"about {about(part, entries)}: **needs a person**"
