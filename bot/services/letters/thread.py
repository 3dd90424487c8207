"""What we say in the member's own thread after the first reply."""

from __future__ import annotations

from datetime import datetime

from bot.cases.calendar import LONDON, is_working_day, next_working_day
from bot.cases.nation import Nation
from bot.guidance.directory import Directory
from bot.guidance.reply import Action, Block, Button, Paragraph, Reply, Steps, Tone
from bot.services.letters.answer import service_line


def parent_flagged_reply(
    count: int, directory: Directory, nation: Nation, now: datetime, case: int
) -> Reply:
    """Tell a member honestly that nobody has come yet, and that the volunteers were called."""
    if count == 1:
        opening = (
            "No person has been able to reply to you yet, and I am sorry for that. I have just "
            "called this community's volunteers. They come when they can."
        )
    else:
        opening = (
            "You are still waiting for a person here, and I am sorry. I have called the volunteers "
            "again, and those who lead them. I will go on calling them every morning."
        )
    blocks: list[Block] = [Paragraph(opening)]
    if closed := _offices_closed(now):
        blocks.append(Paragraph(closed))
    first = directory.first_for(nation)[:3]
    if first:
        blocks.append(Paragraph("You do not have to wait for us. These can help as well:"))
        blocks.append(Steps(tuple(map(service_line, first))))
    button = Button("I no longer need an answer", Action.HELPED, case, 0, tone=Tone.PLAIN)
    return Reply(tuple(blocks), (button,))


def answer_came_reply() -> Reply:
    """Tell the asker that somebody has answered, after a wait in which they may have given up."""
    words = (
        "Somebody has replied to you here. You had waited a long time, so I did not want you to "
        "miss it."
    )
    return Reply((Paragraph(words),), mention_author=True)


def outcome_reply() -> Reply:
    """Ask, once, how it went: so that the next family knows."""
    words = (
        "May I ask, once, how this turned out? Other families search for the same question, and "
        "however it ended, a line from you would help them. There is no need to reply if you would "
        "rather not."
    )
    return Reply((Paragraph(words),))


def _offices_closed(now: datetime) -> str | None:
    """Say when offices open again, on a day when councils and schools do not answer."""
    if is_working_day(now.astimezone(LONDON).date()):
        return None
    opens = next_working_day(now)
    when = f"{opens:%A} {opens.day} {opens:%B}"
    return f"Today is not a working day, so most offices open again on {when}."
