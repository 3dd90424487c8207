"""The fixed words of care, put into messages. Their text stands in `knowledge/urgent.yaml`."""

from __future__ import annotations

from bot.care.card import Note, Service, Standing, card_for, note
from bot.care.concern import Concern
from bot.care.playbook import Playbook
from bot.cases.nation import Nation
from bot.guidance.directory import CAUTION
from bot.guidance.reply import Action, Block, Button, Heading, Paragraph, Reply, Small, Steps, Tone
from bot.services.letters.links import message_link
from bot.services.letters.volunteers import HERE
from bot.services.records import Alarm, GuildSettings

ASKED_PRIVATELY = (
    "The member used `/ask` privately, so there is no post to open and I do not know their name. "
    "They have been shown the card. Please be visible in the help channels, so that they can find "
    "you if they wish."
)


def card_reply(alarm: Alarm, playbook: Playbook, nation: Nation | None) -> Reply:
    """Compose the card that stands first and alone."""
    card = card_for(playbook, concern_of(alarm), nation)
    return Reply(
        (
            Paragraph(card.opening),
            Steps(card.lines),
            Heading("People you can reach now"),
            Steps(tuple(map(_service_line, card.services))),
            Paragraph(card.closing),
            Small(note(playbook, Note.WITHHELD)),
        )
    )


def card_alone_reply(alarm: Alarm, playbook: Playbook, nation: Nation | None) -> Reply:
    """Say honestly that nobody has come yet, and repeat the services."""
    card = card_for(playbook, concern_of(alarm), nation)
    services = Steps(tuple(map(_service_line, card.services)))
    return Reply((Paragraph(note(playbook, Note.HONEST)), services), mention_author=True)


def alert_reply(
    alarm: Alarm, playbook: Playbook, settings: GuildSettings, *, lead: bool, call: int
) -> Reply:
    """Call the volunteers, or the leads: a link, one role, and nothing of the post."""
    words = Note.ALERT_LEADS if lead else Note.ALERT if call <= 1 else Note.ALERT_AGAIN
    blocks: list[Block] = [Heading("Someone may be in danger"), Paragraph(note(playbook, words))]
    buttons = list(alarm_buttons(alarm))
    if alarm.channel_id == settings.volunteers_channel:
        blocks.append(Paragraph(ASKED_PRIVATELY))
    else:
        link = message_link(alarm.guild_id, alarm.channel_id, alarm.id)
        buttons.insert(0, Button("Open the thread", url=link))
    return Reply(tuple(blocks), tuple(buttons), mention_role=_called(lead, settings))


def alert_here_reply(alarm: Alarm, settings: GuildSettings, *, lead: bool) -> Reply:
    """Call the volunteers in the member's own thread, where everybody reads along."""
    here = alarm_buttons(alarm)[:1]
    return Reply((Paragraph(HERE),), here, mention_role=_called(lead, settings))


def _called(lead: bool, settings: GuildSettings) -> int | None:
    role = settings.lead_role if lead else settings.volunteer_role
    return role or settings.volunteer_role


def alarm_buttons(alarm: Alarm) -> tuple[Button, ...]:
    """Return what a volunteer can say of an alarm."""
    return (
        Button("I'm here", Action.ALARM_HERE, alarm.id, tone=Tone.PRIMARY),
        Button("Not an emergency", Action.ALARM_NOT, alarm.id),
        Button("Get the safeguarding lead", Action.ALARM_LEAD, alarm.id, tone=Tone.GRAVE),
    )


def stood_down_reply(playbook: Playbook) -> Reply:
    """Confirm to the volunteer that the alarm is over."""
    return Reply((Paragraph(note(playbook, Note.STAND_DOWN)),))


def edit_request_reply(playbook: Playbook) -> Reply:
    """Ask a member to take identifying details out, without repeating them."""
    return Reply((Paragraph(note(playbook, Note.EDIT_REQUEST)),), mention_author=True)


def concern_of(alarm: Alarm) -> Concern:
    """Return the concern an alarm was raised for."""
    return Concern(alarm.level, alarm.who, alarm.flow, ())


def _service_line(service: Service) -> str:
    doubt = "" if service.standing is Standing.CONFIRMED else f" ({CAUTION})"
    return f"{service.line}{doubt}"
