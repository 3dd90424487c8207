"""The queue panel in the volunteers' channel: one message that is always true."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cases.case import Case, State
from bot.guidance.reply import (
    Action,
    Block,
    Button,
    Divider,
    Heading,
    Paragraph,
    Reply,
    Small,
    Tone,
)
from bot.services.letters.links import ago, message_link
from bot.services.letters.volunteers import state_line
from bot.services.records import Alarm, AlarmState

SHOWN = 6
"""Cases on the panel; the rest are counted. All that is shown fits into plain text as well."""
ALARMS_SHOWN = 3
LISTED = 10
"""How many `/queue` shows."""


def panel_reply(cases: Sequence[Case], alarms: Sequence[Alarm]) -> Reply:
    """Show who waits, longest first, with the ways to open and claim each case."""
    blocks: list[Block] = [Heading("The queue")]
    buttons: list[Button] = []
    if alarms:
        blocks += [Paragraph(_alarm_lines(alarms)), Divider()]
    if not cases:
        blocks.append(Paragraph("Nobody is waiting for a person just now."))
    for place, case in enumerate(cases[:SHOWN], start=1):
        blocks.append(Paragraph(f"**{place}.** {_line(case)}"))
        buttons += _buttons(place, case)
    hidden = len(cases) - SHOWN
    if hidden > 0:
        those = "all of them" if len(cases) <= LISTED else "the first ten"
        blocks.append(Paragraph(f"And {hidden} more wait: `/queue` shows {those}."))
    blocks.append(Small("This message changes by itself. Nothing of what members write is kept."))
    return Reply(tuple(blocks), tuple(buttons))


def _alarm_lines(alarms: Sequence[Alarm]) -> str:
    """Name those to whom nobody has come before the others, and the oldest first."""
    ordered = sorted(alarms, key=lambda a: (a.state is AlarmState.ATTENDED, a.raised_at))
    lines = [
        f"- [someone may be in danger]({message_link(a.guild_id, a.channel_id, a.id)}), "
        f"raised {ago(a.raised_at)}"
        for a in ordered[:ALARMS_SHOWN]
    ]
    hidden = len(alarms) - ALARMS_SHOWN
    if hidden > 0:
        lines.append(f"- And {hidden} more, each with its own call in this channel")
    return "\n".join(("**Look here first:**", *lines))


def _line(case: Case) -> str:
    since = ago(case.waiting_since or case.opened_at)
    link = message_link(case.guild_id, case.channel_id, case.id)
    facts = (f"the wait began {since}", _open_questions(case), state_line(case))
    return " · ".join((f"[Open the thread]({link})", *facts))


def _open_questions(case: Case) -> str:
    waiting, asked = len(case.waiting_parts), len(case.parts)
    questions = f"{asked} question{'s' if asked != 1 else ''}"
    if not waiting:
        return f"{questions}, answered by me alone so far"
    return f"{waiting} of {questions} {'needs' if waiting == 1 else 'need'} a person"


def _buttons(place: int, case: Case) -> tuple[Button, ...]:
    if case.state is State.CLAIMED:
        hold = Button(f"Hand back {place}", Action.HAND_BACK, case.id)
    else:
        hold = Button(f"Claim {place}", Action.CLAIM, case.id, tone=Tone.PRIMARY)
    return hold, Button(f"Resolve {place}", Action.RESOLVE, case.id, tone=Tone.GOOD)
