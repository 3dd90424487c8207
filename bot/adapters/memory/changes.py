"""Writing a set of changes into the twin: all of it, or none."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.memory.tables import Happened, Tables
from bot.cases.case import Case
from bot.services import kept
from bot.services.ports import Conflict
from bot.services.records import Alarm, Changes, Letter, LetterState


def apply(tables: Tables, changes: Changes) -> None:
    """Write all of `changes`. Whatever can be refused is refused before the first write."""
    kept.check_changes(changes)
    changes = _cut(changes)
    _check_versions(tables, changes)
    tables.cases |= {write.case.id: write.case for write in changes.cases}
    tables.alarms |= {write.alarm.id: write.alarm for write in changes.alarms}
    for event in changes.events:
        case = tables.cases.get(event.case_id)
        guild_id, asker = (case.guild_id, case.asker) if case else (0, "")
        tables.events.append(Happened(event, guild_id, asker))
    if changes.recall:
        _recall(tables, set(changes.recall))
    for letter in changes.letters:
        add_letter(tables, letter)
    for due in changes.due:
        for key in [key for key in tables.due if key[:2] == (due.kind, due.owner)]:
            del tables.due[key]
        for row in due.rows:
            tables.due[due.kind, due.owner, row.timer] = replace(
                kept.in_milliseconds(row), kind=due.kind, owner=due.owner
            )
    tables.done.update(key for key in changes.done if key in tables.inbox)
    tables.settings |= {settings.guild_id: settings for settings in changes.settings}


def add_letter(tables: Tables, letter: Letter) -> None:
    """Put a letter in the outbox, unless one of its key is there."""
    content = kept.content_from_json(kept.content_to_json(letter.content))
    letter = replace(kept.in_milliseconds(letter), content=content)
    tables.letters.setdefault(letter.key, letter)


def _cut(changes: Changes) -> Changes:
    return replace(
        changes,
        cases=tuple(replace(one, case=kept.in_milliseconds(one.case)) for one in changes.cases),
        alarms=tuple(replace(one, alarm=kept.in_milliseconds(one.alarm)) for one in changes.alarms),
        events=tuple(map(kept.in_milliseconds, changes.events)),
        letters=tuple(map(kept.in_milliseconds, changes.letters)),
        settings=tuple(map(kept.in_milliseconds, changes.settings)),
    )


def _check_versions(tables: Tables, changes: Changes) -> None:
    """Refuse a write over another version than the one there, or than the one just before it."""
    cases: dict[int, Case] = {}
    for write in changes.cases:
        there = cases.get(write.case.id) or tables.cases.get(write.case.id)
        if write.was != (there and there.version):
            raise Conflict
        cases[write.case.id] = write.case
    alarms: dict[int, Alarm] = {}
    for alarm_write in changes.alarms:
        alarm = alarms.get(alarm_write.alarm.id) or tables.alarms.get(alarm_write.alarm.id)
        if alarm_write.was != (alarm and alarm.version):
            raise Conflict
        alarms[alarm_write.alarm.id] = alarm_write.alarm


def _recall(tables: Tables, subjects: set[int]) -> None:
    tables.letters = {
        key: letter
        for key, letter in tables.letters.items()
        if letter.subject not in subjects or letter.state is not LetterState.NEW or letter.tries
    }
