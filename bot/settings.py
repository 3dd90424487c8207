"""Everything that can be set from outside, read once: the environment, then `.env`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "ALONGSIDE_"
KEY_BYTES = 16
"""A shorter key than this could be guessed."""


class SettingsError(Exception):
    """A setting is missing or cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the bot was told about the world it runs in."""

    token: str | None
    """Discord's bot token; None: there is no Discord to connect to."""
    author_key: bytes
    """The key under which members' ids become stand-ins. Losing it makes old cases nobody's."""
    data: Path
    knowledge: Path
    cache: Path = ROOT / "data" / "cache"
    """What can be worked out again: vectors of our own phrasings."""
    discord_url: str | None = None
    """The address of a sandbox; None: the real Discord."""
    log_level: str = "INFO"


KNOWN = {
    "DISCORD_TOKEN",
    "ALONGSIDE_AUTHOR_KEY",
    "ALONGSIDE_DATA",
    "ALONGSIDE_KNOWLEDGE",
    "ALONGSIDE_CACHE",
    "ALONGSIDE_DISCORD_URL",
    "ALONGSIDE_LOG_LEVEL",
}
LEVELS = {"INFO", "WARNING", "ERROR"}
"""DEBUG is not offered: discord.py would print what members write."""


def load_settings(
    environment: Mapping[str, str] | None = None, env_file: Path | None = ROOT / ".env"
) -> Settings:
    """Read the settings; the environment outranks the file.

    Raises `SettingsError` with the name of the setting and how to mend it.
    """
    from_file = dotenv_values(env_file) if env_file and env_file.is_file() else {}
    values = {name: value for name, value in from_file.items() if value}
    values |= {n: v for n, v in (environment or os.environ).items() if v and _is_ours(n)}
    unknown = sorted(name for name in values if _is_ours(name) and name not in KNOWN)
    if unknown:
        raise SettingsError(f"Unknown setting {unknown[0]}. Known are: {', '.join(sorted(KNOWN))}.")
    level = values.get("ALONGSIDE_LOG_LEVEL", "INFO").upper()
    if level not in LEVELS:
        raise SettingsError(f"ALONGSIDE_LOG_LEVEL is {level}; it must be INFO, WARNING or ERROR.")
    token = values.get("DISCORD_TOKEN")
    url = values.get("ALONGSIDE_DISCORD_URL")
    return Settings(
        token=token,
        author_key=_key(values.get("ALONGSIDE_AUTHOR_KEY"), real=bool(token) and url is None),
        data=Path(values.get("ALONGSIDE_DATA", ROOT / "data")),
        knowledge=Path(values.get("ALONGSIDE_KNOWLEDGE", ROOT / "knowledge")),
        cache=Path(values.get("ALONGSIDE_CACHE", ROOT / "data" / "cache")),
        discord_url=url.rstrip("/") if url else None,
        log_level=level,
    )


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX) or name == "DISCORD_TOKEN"


def _key(given: str | None, *, real: bool) -> bytes:
    """Return the key for stand-ins. Against the real Discord it must have been chosen and kept."""
    if given:
        try:
            key = bytes.fromhex(given)
        except ValueError:
            key = b""
        if len(key) < KEY_BYTES:
            raise SettingsError(
                "ALONGSIDE_AUTHOR_KEY must be at least 32 hexadecimal digits. "
                "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
        return key
    if real:
        raise SettingsError(
            "ALONGSIDE_AUTHOR_KEY is missing: it hides members' ids in the database. Make one "
            "with: python3 -c 'import secrets; print(secrets.token_hex(32))' and put it in .env"
        )
    return secrets.token_bytes(32)
