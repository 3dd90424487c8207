"""Who is told when a letter of ours cannot be delivered: nobody may be left in silence by that."""

from __future__ import annotations

from datetime import datetime

from bot.services.ports import Store
from bot.services.records import GuildSettings, Letter, LetterKind

HERE = {LetterKind.FLAG: LetterKind.FLAG_HERE, LetterKind.ALERT: LetterKind.ALERT_HERE}
"""What calls the volunteers, and what does so in the member's own thread instead."""


async def instead_of(
    letter: Letter, reason: str, settings: GuildSettings, now: datetime, store: Store
) -> Letter | None:
    """Return what is said in place of a letter that was refused for good.

    A member's reply is told to the volunteers; a call of the volunteers goes to the member's own
    thread. None where there is nobody left to tell.
    """
    if letter.channel_id != settings.volunteers_channel:
        return undelivered(letter, reason, settings, now)
    owner = await store.case(letter.subject) or await store.alarm(letter.subject)
    if letter.kind not in HERE or owner is None or owner.channel_id == letter.channel_id:
        return None
    return Letter(
        subject=letter.subject,
        kind=HERE[letter.kind],
        seq=letter.seq,
        guild_id=letter.guild_id,
        channel_id=owner.channel_id,
        created_at=now,
        content=letter.content,
    )


def undelivered(
    letter: Letter, reason: str, settings: GuildSettings, now: datetime
) -> Letter | None:
    """Return the word to the volunteers that a member did not get our reply.

    None where there is nobody to tell, or the letter was itself for the volunteers.
    """
    channel = settings.volunteers_channel
    if channel is None or channel == letter.channel_id:
        return None
    return Letter(
        subject=letter.subject,
        kind=LetterKind.UNDELIVERED,
        seq=0,
        guild_id=letter.guild_id,
        channel_id=channel,
        created_at=now,
        content={"reason": reason},
    )
