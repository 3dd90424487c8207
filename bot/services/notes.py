"""Once a week the editors are told what is due for review, in the volunteers' channel."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.cases.calendar import LONDON
from bot.services.bells import Bells
from bot.services.ports import Clock, Store
from bot.services.records import Changes, GuildSettings, Letter, LetterKind

HOUR = 9
"""The hour of Monday, in London, from which the week's note may go out."""


class Notes:
    """Writes the weekly note, once a guild and week, however often it is asked to."""

    def __init__(self, store: Store, clock: Clock, bells: Bells) -> None:
        self._store = store
        self._clock = clock
        self._bells = bells
        self._written: int | None = None

    async def write(self) -> None:
        """Put this week's notes into the outbox, if that has not been done.

        The letter's key holds guild and week, so a restart writes nothing twice; and after an
        absence on Monday the note still comes, later in the week.
        """
        now = self._clock.now()
        week = week_of(now)
        if week == self._written:
            return
        letters = tuple(
            Letter(
                subject=settings.guild_id,
                kind=LetterKind.REVIEW_DUE,
                seq=week,
                guild_id=settings.guild_id,
                channel_id=settings.volunteers_channel,
                created_at=now,
            )
            for settings in await self._store.all_settings()
            if settings.volunteers_channel is not None and _settled_in(settings, now)
        )
        await self._store.apply(Changes(letters=letters))
        self._written = week
        self._bells.outbox.ring()


def _settled_in(settings: GuildSettings, now: datetime) -> bool:
    """Tell whether a guild has been set up for a Monday yet: nobody is greeted with a chore."""
    since = settings.watching_since
    return since is not None and week_of(since) != week_of(now)


def week_of(now: datetime) -> int:
    """Return the year and week whose note is the newest, as 202648; weeks begin Monday at nine."""
    local = now.astimezone(LONDON).replace(tzinfo=None) - timedelta(hours=HOUR)
    year, week, _ = local.isocalendar()
    return year * 100 + week
