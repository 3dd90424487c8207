"""How soon a new session may begin: seldom enough that Discord never resets the token."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.services.ports import Clock

IDENTIFIES_A_DAY = 400
"""Discord resets the token of a bot that identifies over 1,000 times a day: stop well before."""
PAUSES = (0.0, 5.0, 10.0, 20.0, 60.0, 300.0, 900.0, 2400.0)
"""Seconds before an IDENTIFY, by how many sessions in a row have failed. A day of nothing but
failures costs fewer than fifty."""
SPENT_PAUSE = 3600.0
"""Seconds before the next IDENTIFY once a day's worth is spent."""
CALM = timedelta(minutes=2)
"""A session that lived this long ends a run of failures."""
DAY = timedelta(days=1)


class Sessions:
    """Counts sessions and how they ended."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun: list[datetime] = []
        self._failed_in_a_row = 0
        self._ready_since: datetime | None = None

    def begins(self) -> None:
        """Note that an IDENTIFY goes out."""
        now = self._clock.now()
        self._begun = [at for at in self._begun if now - at < DAY]
        self._begun.append(now)
        self._failed_in_a_row += 1
        self._ready_since = None

    def ready(self) -> None:
        """Note that the session has come about."""
        self._ready_since = self._clock.now()

    def down(self) -> None:
        """Note that the connection has ended; the session may be resumed on another."""
        if self._ready_since is not None and self._clock.now() - self._ready_since >= CALM:
            self._failed_in_a_row = 0

    @property
    def troubled(self) -> bool:
        """Tell whether sessions have failed so often that whoever runs the bot should know."""
        return self._failed_in_a_row >= len(PAUSES) - 2

    def pause(self) -> float:
        """Return the seconds that must pass before the next IDENTIFY, counted from the last."""
        if not self._begun:
            return 0.0
        now = self._clock.now()
        today = sum(now - at < DAY for at in self._begun)
        wanted = PAUSES[min(self._failed_in_a_row, len(PAUSES) - 1)]
        if today >= IDENTIFIES_A_DAY:
            wanted = SPENT_PAUSE
        return max(0.0, wanted - (now - self._begun[-1]).total_seconds())
