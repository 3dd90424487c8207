"""What goes when it has been kept long enough, and the counts that remain."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.adapters.sqlite import rows
from bot.adapters.sqlite.cases import states
from bot.cases.case import OPEN, State
from bot.services import kept
from bot.services.records import Sweep

_CLOSED = f"state IN ({states(frozenset(State) - OPEN)}) AND closed_at IS NOT NULL"
_LONG_AGO = f"closed_at <= iif(state = '{State.WITHDRAWN}', :day_ago, :month_ago)"
_CASES = f"SELECT id FROM cases WHERE {_CLOSED} AND {_LONG_AGO}"
_TAKEN_BACK = f"{_CASES} AND state = '{State.WITHDRAWN}'"
_ALARMS = (
    "SELECT id FROM alarms WHERE state = 'ended' AND coalesce(changed_at, raised_at) <= :week_ago"
)
_OVER = "state IN ('sent', 'dead')"
_ABOUT_DANGER = ", ".join(f"'{kind}'" for kind in sorted(kept.ABOUT_DANGER))
_MONTH = "strftime('%Y-%m', closed_at / 1000, 'unixepoch')"

_SWEEP = (
    ("events", f"DELETE FROM events WHERE at <= :quarter_ago OR case_id IN ({_TAKEN_BACK})"),
    (
        "letters",
        f"DELETE FROM letters WHERE subject IN ({_ALARMS}) AND {_OVER}"
        f" AND (kind IN ({_ABOUT_DANGER}) OR subject NOT IN (SELECT id FROM cases))",
    ),
    ("due", f"DELETE FROM due WHERE kind = 'alarm' AND owner IN ({_ALARMS})"),
    ("alarms", f"DELETE FROM alarms WHERE id IN ({_ALARMS})"),
    (
        "letters",
        f"DELETE FROM letters WHERE {_OVER} AND subject NOT IN (SELECT id FROM alarms)"
        f" AND (subject IN ({_CASES})"
        " OR (subject NOT IN (SELECT id FROM cases) AND created_at <= :month_ago))",
    ),
    (
        "inbox",
        f"DELETE FROM inbox WHERE done = 1 AND (message_id IN ({_CASES})"
        " OR (seen_at <= :month_ago AND message_id NOT IN (SELECT id FROM cases)"
        " AND message_id NOT IN (SELECT id FROM alarms)))",
    ),
    ("due", f"DELETE FROM due WHERE kind = 'case' AND owner IN ({_CASES})"),
    ("cases", f"DELETE FROM cases WHERE id IN ({_CASES})"),
)


def _counted(which: str) -> str:
    """Return a question for how many closed cases there are, by month and what they were about.

    A case counts once for its state and once for each entry that answered some of it.
    """
    return f"""
    SELECT guild_id, month, what, count(*) AS how_many FROM (
        SELECT id, guild_id, {_MONTH} AS month, 'state:' || state AS what
        FROM cases WHERE {_CLOSED} AND {which}
        UNION
        SELECT id, guild_id, {_MONTH}, 'entry:' || entry
        FROM cases JOIN parts ON case_id = id WHERE entry IS NOT NULL AND {_CLOSED} AND {which}
    ) GROUP BY guild_id, month, what
    """


_COUNT = f"""
INSERT INTO counts (guild_id, month, what, how_many)
SELECT * FROM ({_counted(_LONG_AGO)}) WHERE true
ON CONFLICT DO UPDATE SET how_many = how_many + excluded.how_many
"""
_COUNTS = f"""
SELECT month, what, sum(how_many) FROM (
    SELECT guild_id, month, what, how_many FROM counts WHERE guild_id = :guild
    UNION ALL {_counted("guild_id = :guild")}
) GROUP BY month, what HAVING sum(how_many) >= :smallest ORDER BY month, what
"""


def sweep(raw: sqlite3.Connection, now: datetime) -> Sweep:
    """Remove what has been kept long enough; closed cases become counts first."""
    ages = {
        "day_ago": rows.to_ms(now - kept.WITHDRAWN_CASES),
        "month_ago": rows.to_ms(now - kept.CLOSED_CASES),
        "week_ago": rows.to_ms(now - kept.ENDED_ALARMS),
        "quarter_ago": rows.to_ms(now - kept.EVENTS),
    }
    raw.execute(_COUNT, ages)
    removed: dict[str, int] = {}
    for table, sql in _SWEEP:
        removed[table] = removed.get(table, 0) + raw.execute(sql, ages).rowcount
    return Sweep(removed)


def counts(raw: sqlite3.Connection, guild_id: int) -> tuple[tuple[str, str, int], ...]:
    """Return counts of closed cases, those already swept and those still here, none small."""
    asked = {"guild": guild_id, "smallest": kept.SMALLEST_COUNT}
    return tuple((month, what, many) for month, what, many in raw.execute(_COUNTS, asked))
