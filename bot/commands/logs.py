"""Log lines for people who run the bot: ids only, and never what a member wrote."""

from __future__ import annotations

import logging

QUIET = ("discord", "aiohttp", "asyncio")
"""Libraries whose DEBUG lines print payloads, so they are pinned above it."""
FORM = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def start_logging(level: str) -> None:
    """Write log lines to standard error, from `level` up."""
    logging.basicConfig(level=level, format=FORM)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level)))
    # discord.py warns at each start that voice is missing; we have no use for it.
    logging.getLogger("discord.client").addFilter(lambda line: "voice" not in line.getMessage())
