"""Addresses inside Discord, and its way of writing a moment so that everyone reads local time."""

from __future__ import annotations

from datetime import datetime


def message_link(guild_id: int, channel_id: int, message_id: int) -> str:
    """Return the address of a message."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"


def ago(moment: datetime) -> str:
    """Write a moment so that Discord shows how long ago it was, and keeps it right."""
    return f"<t:{int(moment.timestamp())}:R>"


def day(moment: datetime) -> str:
    """Write a day as people in the UK do, without a leading nought."""
    return f"{moment.day} {moment:%B %Y}"
