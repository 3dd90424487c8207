"""Writing a set of changes: one operation, so that all of it is kept, or none."""

from __future__ import annotations

import sqlite3

from bot.adapters.sqlite import alarms, cases, guilds, inbox, letters
from bot.services.records import Changes


def apply(raw: sqlite3.Connection, changes: Changes) -> None:
    """Write all of `changes`. Raises `Conflict`; the savepoint around it then undoes the rest."""
    for case in changes.cases:
        cases.write(raw, case)
    for alarm in changes.alarms:
        alarms.write(raw, alarm)
    cases.note(raw, changes.events)
    # What is taken back goes first, so that a letter in the same step can take its place.
    letters.recall(raw, changes.recall)
    letters.add(raw, changes.letters)
    for due in changes.due:
        alarms.replace_due(raw, due)
    inbox.finish(raw, changes.done)
    for settings in changes.settings:
        guilds.choose(raw, settings)
