"""No sentence fits into the database: each text column refuses one by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from bot.adapters.sqlite.migrate import load

WORDS = (
    "My son, eight, was refused",
    "Some Name",
    "07700 900123",
    "parent@example.org",
    "x" * 5000,
)


@pytest.fixture(scope="module")
def schema() -> Iterator[sqlite3.Connection]:
    raw = sqlite3.connect(":memory:")
    for step in load():
        raw.executescript(step.sql)
    yield raw
    raw.close()


def tables(raw: sqlite3.Connection) -> list[str]:
    return [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]


def columns(raw: sqlite3.Connection, table: str) -> dict[str, str]:
    return {row[1]: row[2] for row in raw.execute(f"PRAGMA table_info({table})")}


def test_columns_hold_numbers_or_checked_text_only(schema: sqlite3.Connection) -> None:
    for table in tables(schema):
        (strict,) = schema.execute(
            "SELECT strict FROM pragma_table_list WHERE name = ?", (table,)
        ).fetchone()
        assert strict, table
        assert set(columns(schema, table).values()) <= {"INTEGER", "TEXT"}, table


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_no_text_column_takes_words(schema: sqlite3.Connection, words: str) -> None:
    tried = 0
    for table in tables(schema):
        kinds = columns(schema, table)
        for name in (name for name, kind in kinds.items() if kind == "TEXT"):
            row = {n: words if n == name else "a" if k == "TEXT" else 1 for n, k in kinds.items()}
            marks = ", ".join("?" * len(row))
            with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
                schema.execute(f"INSERT INTO {table} VALUES ({marks})", list(row.values()))
            tried += 1
    assert tried >= 20


def test_the_same_row_without_words_is_taken(schema: sqlite3.Connection) -> None:
    """Make sure the refusals above are about the words and nothing else."""
    for table in tables(schema):
        row = ["a" if kind == "TEXT" else 1 for kind in columns(schema, table).values()]
        schema.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
