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
from bot.services.records import Alarm

SHOWN = 6
"""Cases on the panel; the rest are counted, and `/queue` shows them."""


def panel_reply(cases: Sequence[Case], alarms: Sequence[Alarm]) -> Reply:
    """Show who waits, longest first, with the ways to open and claim each case."""
    blocks: list[Block] = [Heading("The queue")]
    buttons: list[Button] = []
    if alarms:
        lines = "\n".join(
            f"- [someone may be in danger]({message_link(a.guild_id, a.channel_id, a.id)}), "
            f"raised {ago(a.raised_at)}"
            for a in alarms
        )
        blocks += [Paragraph(f"**Look here first:**\n{lines}"), Divider()]
    if not cases:
        blocks.append(Paragraph("Nobody is waiting for a person just now."))
    for place, case in enumerate(cases[:SHOWN], start=1):
        blocks.append(Paragraph(f"**{place}.** {_line(case)}"))
        buttons += _buttons(place, case)
    hidden = len(cases) - SHOWN
    if hidden > 0:
        blocks.append(Paragraph(f"And {hidden} more: `/queue` shows all of them."))
    blocks.append(Small("This message changes by itself. Nothing of what members write is kept."))
    return Reply(tuple(blocks), tuple(buttons))


def _line(case: Case) -> str:
    waiting = len(case.waiting_parts)
    questions = f"{waiting} of {len(case.parts)} questions need a person"
    since = ago(case.waiting_since or case.opened_at)
    link = message_link(case.guild_id, case.channel_id, case.id)
    return f"[Open the thread]({link}) · the wait began {since} · {questions} · {state_line(case)}"


def _buttons(place: int, case: Case) -> tuple[Button, ...]:
    if case.state is State.CLAIMED:
        hold = Button(f"Hand back {place}", Action.HAND_BACK, case.id)
    else:
        hold = Button(f"Claim {place}", Action.CLAIM, case.id, tone=Tone.PRIMARY)
    return hold, Button(f"Resolve {place}", Action.RESOLVE, case.id, tone=Tone.GOOD)
