"""What members read about what is kept of them: short, plain, and the same as the notice."""

from __future__ import annotations

from bot.guidance.reply import Heading, Paragraph, Reply, Steps
from bot.services.records import Held

KEPT = (
    "Ids and times of your question and of my replies: numbers, no words.",
    "A code in place of your name. Only this bot can compare it, and it cannot be turned back.",
    "Which of our own answers you were given, and whether a person still owes you a reply.",
    "Whether somebody was worried about you, so that a volunteer comes. That goes after 7 days.",
)
NEVER = (
    "What you write, its title, your name or nickname, pictures or files.",
    "Anything for training a computer: I learn only from what our own people wrote.",
)
UNTIL = (
    "A closed question becomes a bare count after 30 days.",
    "What volunteers did with it goes after 90 days, backups after 14.",
    "If you delete your message, nobody is called for it any more. If this server removes me, all "
    "I keep of it goes at once.",
)
YOURS = (
    "`/my-data` shows what is kept about you.",
    "`/forget-me` erases it at once. Nobody has to agree.",
    "`/quiet` stops me from answering you, here in this server.",
)
WHO = (
    "The people who run this server run me. They can see what you post, because you post it here; "
    "so can Discord, under its own privacy policy. To complain, or to ask anything, write to a "
    "volunteer lead. You can also complain to the Information Commissioner: https://ico.org.uk."
)
WARNING = (
    "**This cannot be undone.** Volunteers will no longer see any open question of yours in their "
    "queue, so nobody is reminded to answer it. What you wrote stays where it is: only you can "
    "delete that."
)
QUIET_ON = (
    "I will not answer what you post in this server from now on. Volunteers still see your "
    "questions. If a post shows that somebody may be in danger, I still say where help is. "
    "`/quiet off` brings me back."
)
QUIET_OFF = "I will answer your questions in this server again."
NOT_FORGOTTEN = "Nothing has been erased. `/forget-me` is there whenever you want it."


def privacy_reply() -> Reply:
    """Say what is kept, what never is, for how long, and what a member can do."""
    return Reply(
        (
            Heading("Your privacy"),
            Paragraph("**What I keep:**"),
            Steps(KEPT),
            Paragraph("**What I never keep:**"),
            Steps(NEVER),
            Paragraph("**For how long:**"),
            Steps(UNTIL),
            Paragraph("**What you can do:**"),
            Steps(YOURS),
            Paragraph(WHO),
        )
    )


def held_reply(held: Held) -> Reply:
    """Show a member what is kept about them."""
    silence = "You asked me not to answer you in a server: yes." if held.silenced else ""
    if not (held.open_cases or held.closed_cases or held.alarms or held.silenced):
        return Reply((Heading("What I keep about you"), Paragraph("Nothing at all.")))
    lines = (
        f"Questions still open: {held.open_cases}.",
        f"Questions closed in the last 30 days: {held.closed_cases}.",
        f"Alerts that somebody may need help, from the last 7 days or still open: {held.alarms}.",
        silence,
    )
    return Reply(
        (
            Heading("What I keep about you"),
            Steps(tuple(filter(None, lines))),
            Paragraph(
                "Each of these is ids, times and the names of our own answers. Nothing of what you "
                "wrote is among them. `/forget-me` erases all of it at once."
            ),
        )
    )


def forgotten_words(replies: int, removed: int, *, replies_too: bool) -> str:
    """Confirm an erasure, with what became of our replies."""
    done = "Done. I no longer hold anything about you."
    if not replies:
        return done
    if not replies_too:
        return (
            f"{done} My replies to you ({replies}) still stand in the threads. A volunteer can "
            "delete them if you change your mind."
        )
    if removed == replies:
        return f"{done} I have also deleted my replies to you ({removed})."
    return (
        f"{done} I deleted {removed} of my {replies} replies to you; Discord would not let me "
        "delete the others. A volunteer can."
    )
