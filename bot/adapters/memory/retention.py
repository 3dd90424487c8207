"""What goes from the twin, and when: sweeps, erasures, guilds and channels that are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.adapters.memory.tables import Tables, drop
from bot.cases.case import Case, State
from bot.services import kept
from bot.services.records import Alarm, AlarmState, DueKind, Letter, LetterState, Sweep

_OVER = frozenset({LetterState.SENT, LetterState.DEAD})
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


def sweep(tables: Tables, now: datetime) -> Sweep:
    """Remove what has been kept long enough."""
    month_ago = now - kept.CLOSED_CASES
    alarms = {a.id for a in tables.alarms.values() if _ended_by(a, now - kept.ENDED_ALARMS)}
    closed = [case for case in tables.cases.values() if _kept_long_enough(case, now)]
    taken_back = {case.id for case in closed if case.state is State.WITHDRAWN}
    removed = {
        "events": tables.drop_events(
            lambda one: one.event.at <= now - kept.EVENTS or one.event.case_id in taken_back
        ),
        "letters": drop(tables.letters, [x.key for x in _letters_about(tables, alarms)]),
        "alarms": len(alarms),
        "cases": len(closed),
    }
    swept = {case.id for case in closed}
    tables.counts.update(counted(closed))
    gone = tables.drop_owners(DueKind.ALARM, alarms) + tables.drop_owners(DueKind.CASE, swept)
    removed["due"] = gone - len(alarms) - len(closed)
    letters = [x.key for x in tables.letters.values() if _stale(tables, x, swept, month_ago)]
    removed["letters"] += drop(tables.letters, letters)
    inbox = [
        key
        for key, seen in tables.inbox.items()
        if key in tables.done
        and (key[0] in swept or (seen.seen_at <= month_ago and not tables.owned(key[0])))
    ]
    removed["inbox"] = drop(tables.inbox, inbox)
    tables.done.difference_update(inbox)
    return Sweep(removed)


def counted(cases: list[Case]) -> Counter[tuple[int, str, str]]:
    """Count closed cases by guild, month of closing in UTC, and what they were about."""
    counts: Counter[tuple[int, str, str]] = Counter()
    for case in cases:
        if case.closed_at is not None:
            month = f"{case.closed_at:%Y-%m}"
            counts[case.guild_id, month, f"state:{case.state}"] += 1
            for entry in {part.entry for part in case.parts} - {None}:
                counts[case.guild_id, month, f"entry:{entry}"] += 1
    return counts


def erase_author(tables: Tables, author: str, until: datetime = _FOR_EVER) -> int:
    """Remove everything of a member from `until` or before; return how many rows that were."""
    cases = {c.id for c in tables.cases.values() if c.asker == author and c.opened_at <= until}
    alarms = {a.id for a in tables.alarms.values() if a.asker == author and a.raised_at <= until}
    seen = [k for k, s in tables.inbox.items() if s.author == author and s.seen_at <= until]
    letters = [key for key in tables.letters if key[0] in cases | alarms]
    silences = [
        key
        for key, after in tables.silences.items()
        if key[1] == author and (after is None or after < until)
    ]
    removed = drop(tables.letters, letters) + drop(tables.inbox, seen)
    tables.done.difference_update(seen)
    removed += tables.drop_owners(DueKind.CASE, cases) + tables.drop_owners(DueKind.ALARM, alarms)
    removed += drop(tables.silences, silences)
    return removed + tables.drop_events(
        lambda one: (
            one.asker == author and one.event.at <= until and one.event.case_id not in tables.cases
        )
    )


def letters_to(tables: Tables, author: str) -> Iterator[Letter]:
    """Yield our messages that stand in a member's own conversations."""
    for letter in tables.letters.values():
        owners = (tables.cases.get(letter.subject), tables.alarms.get(letter.subject))
        theirs = [owner for owner in owners if owner is not None and owner.asker == author]
        if letter.message_id is not None and any(
            owner.channel_id == letter.channel_id for owner in theirs
        ):
            yield letter


def forget_channel(tables: Tables, channel_id: int) -> None:
    """Drop the cursor and the unsent letters of a channel."""
    tables.cursors.pop(channel_id, None)
    unsent = [
        letter.key
        for letter in tables.letters.values()
        if letter.channel_id == channel_id and letter.state not in _OVER
    ]
    drop(tables.letters, unsent)


def forget_guild(tables: Tables, guild_id: int) -> None:
    """Drop everything of a guild."""
    settings = tables.settings.pop(guild_id, None)
    channels: set[int] = set()
    for rows in (tables.inbox, tables.cases, tables.alarms, tables.letters):
        channels |= {row.channel_id for row in rows.values() if row.guild_id == guild_id}
    if settings is not None:
        channels |= settings.help_channels | {settings.volunteers_channel or 0}
    drop(tables.cursors, channels)
    inbox = [key for key, seen in tables.inbox.items() if seen.guild_id == guild_id]
    tables.done.difference_update(inbox)
    drop(tables.inbox, inbox)
    drop(tables.letters, [x.key for x in tables.letters.values() if x.guild_id == guild_id])
    tables.drop_owners(
        DueKind.CASE, [c.id for c in tables.cases.values() if c.guild_id == guild_id]
    )
    tables.drop_owners(
        DueKind.ALARM, [a.id for a in tables.alarms.values() if a.guild_id == guild_id]
    )
    tables.drop_events(lambda one: one.guild_id == guild_id)
    drop(tables.silences, [key for key in tables.silences if key[0] == guild_id])
    drop(tables.counts, [cell for cell in tables.counts if cell[0] == guild_id])


def _kept_long_enough(case: Case, now: datetime) -> bool:
    withdrawn = case.state is State.WITHDRAWN
    age = kept.WITHDRAWN_CASES if withdrawn else kept.CLOSED_CASES
    return not case.is_open and case.closed_at is not None and case.closed_at <= now - age


def _ended_by(alarm: Alarm, moment: datetime) -> bool:
    return alarm.state is AlarmState.ENDED and (alarm.changed_at or alarm.raised_at) <= moment


def _letters_about(tables: Tables, alarms: set[int]) -> list[Letter]:
    """Return the letters that go with alarms; those of a case that is still there stay."""
    return [
        letter
        for letter in tables.letters.values()
        if letter.subject in alarms
        and letter.state in _OVER
        and (letter.kind in kept.ABOUT_DANGER or letter.subject not in tables.cases)
    ]


def _stale(tables: Tables, letter: Letter, swept: set[int], month_ago: datetime) -> bool:
    """Tell whether a letter's case has just gone, or went while the letter was still under way."""
    if letter.state not in _OVER or tables.owned(letter.subject):
        return False
    return letter.subject in swept or letter.created_at <= month_ago
