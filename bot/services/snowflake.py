"""Discord's ids tell when they were made (discord.com/developers/docs/reference#snowflakes)."""

from __future__ import annotations

from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000


def sent_at(snowflake: int) -> datetime:
    """Return when the thing with this id was made."""
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC)


def first_at(moment: datetime) -> int:
    """Return the smallest id that could have been made at a moment."""
    return (int(moment.timestamp() * 1000) - EPOCH_MS) << 22
