"""What admins chose, who asked not to be answered, and guilds that are gone."""

from __future__ import annotations

import sqlite3

from bot.adapters.sqlite import rows
from bot.services.records import GuildSettings

_CHANNELS_OF_GUILD = " UNION ".join(
    f"SELECT {column} FROM {table} WHERE guild_id = :guild AND {column} IS NOT NULL"
    for table, column in (
        ("inbox", "channel_id"),
        ("cases", "channel_id"),
        ("alarms", "channel_id"),
        ("letters", "channel_id"),
        ("help_channels", "channel_id"),
        ("guilds", "volunteers_channel"),
    )
)
_WITH_GUILD = ("inbox", "events", "letters", "cases", "alarms", "guilds", "silences", "counts")


def choose(raw: sqlite3.Connection, settings: GuildSettings) -> None:
    """Keep what an admin chose, over what stood there."""
    raw.execute("DELETE FROM guilds WHERE guild_id = ?", (settings.guild_id,))
    raw.execute(
        f"INSERT INTO guilds ({rows.GUILD}) VALUES ({rows.marks(rows.GUILD)})",
        rows.guild_row(settings),
    )
    raw.executemany(
        "INSERT INTO help_channels (guild_id, channel_id) VALUES (?, ?)",
        [(settings.guild_id, channel) for channel in settings.help_channels],
    )


def by_id(raw: sqlite3.Connection, guild_id: int) -> GuildSettings | None:
    """Return what an admin chose for a guild."""
    sql = f"SELECT {rows.GUILD} FROM guilds WHERE guild_id = ?"
    row = raw.execute(sql, (guild_id,)).fetchone()
    return None if row is None else rows.guild_of(row, _help_channels(raw, guild_id))


def every(raw: sqlite3.Connection) -> tuple[GuildSettings, ...]:
    """Return the settings of every guild, by guild."""
    found = raw.execute(f"SELECT {rows.GUILD} FROM guilds ORDER BY guild_id").fetchall()
    return tuple(rows.guild_of(row, _help_channels(raw, row[0])) for row in found)


def silenced(raw: sqlite3.Connection, guild_id: int, author: str) -> bool:
    """Tell whether a member asked not to be answered."""
    sql = "SELECT 1 FROM silences WHERE guild_id = ? AND author = ?"
    return raw.execute(sql, (guild_id, author)).fetchone() is not None


def silence(raw: sqlite3.Connection, guild_id: int, author: str) -> None:
    """Note that a member asks not to be answered, and which erasure of theirs came before."""
    raw.execute(
        "INSERT OR REPLACE INTO silences (guild_id, author, after)"
        " SELECT ?, ?, max(at) FROM erasures WHERE author = ?",
        (guild_id, author, author),
    )


def unsilence(raw: sqlite3.Connection, guild_id: int, author: str) -> None:
    """Note that a member takes that back."""
    raw.execute("DELETE FROM silences WHERE guild_id = ? AND author = ?", (guild_id, author))


def forget(raw: sqlite3.Connection, guild_id: int) -> None:
    """Drop everything of a guild. Cursors name no guild: they go by the channels known of it."""
    guild = {"guild": guild_id}
    raw.execute(f"DELETE FROM cursors WHERE channel_id IN ({_CHANNELS_OF_GUILD})", guild)
    for kind, table in (("case", "cases"), ("alarm", "alarms")):
        owners = f"SELECT id FROM {table} WHERE guild_id = :guild"
        raw.execute(f"DELETE FROM due WHERE kind = '{kind}' AND owner IN ({owners})", guild)
    for table in _WITH_GUILD:
        raw.execute(f"DELETE FROM {table} WHERE guild_id = :guild", guild)


def _help_channels(raw: sqlite3.Connection, guild_id: int) -> list[int]:
    sql = "SELECT channel_id FROM help_channels WHERE guild_id = ?"
    return [row[0] for row in raw.execute(sql, (guild_id,))]
