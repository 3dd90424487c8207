"""When volunteers, leads and the thread are told that nobody has come yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_VOLUNTEERS_AT = (0, 3, 6, 10)
_THREAD_AT = 10
_LEADS_AT = 15
_THEN_EVERY = 15


class To(StrEnum):
    """Whom a ping is for."""

    VOLUNTEERS = "volunteers"
    LEADS = "leads"
    THREAD = "thread"
    """The honest line in the thread itself, with the services again."""


@dataclass(frozen=True, slots=True)
class Ping:
    """One row for the due table."""

    due: datetime
    to: To


def schedule(raised_at: datetime, until: timedelta = timedelta(hours=1)) -> tuple[Ping, ...]:
    """Return the pings from `raised_at` up to `until` later, in order.

    Nothing but a person ends it: the caller asks for more with `pings_after` when these run out.
    """
    pings = [Ping(raised_at + timedelta(minutes=m), To.VOLUNTEERS) for m in _VOLUNTEERS_AT]
    pings.append(Ping(raised_at + timedelta(minutes=_THREAD_AT), To.THREAD))
    minutes = _LEADS_AT
    while timedelta(minutes=minutes) <= until:
        due = raised_at + timedelta(minutes=minutes)
        pings += [Ping(due, To.LEADS), Ping(due, To.VOLUNTEERS)]
        minutes += _THEN_EVERY
    return tuple(sorted(pings, key=lambda ping: ping.due))


def pings_after(raised_at: datetime, last: datetime) -> Iterator[Ping]:
    """Yield the pings due after `last`, without end: every 15 minutes until a person acts."""
    for ping in schedule(raised_at):
        if ping.due > last:
            yield ping
    due = raised_at + timedelta(hours=1)
    while True:
        due += timedelta(minutes=_THEN_EVERY)
        if due > last:
            yield Ping(due, To.LEADS)
            yield Ping(due, To.VOLUNTEERS)
