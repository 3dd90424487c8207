"""What a person reads when something they asked for cannot be done: one place for all of it."""

from __future__ import annotations

import contextlib
import logging

import discord
from discord import app_commands

from bot.adapters.discord.answers import said, tell
from bot.cases.errors import CaseRefusal
from bot.services.errors import Refusal
from bot.services.ports import Conflict, Refused, StoreUnwritable, Unreachable

log = logging.getLogger(__name__)

SORRY = (
    "Something went wrong on my side, and it has been noted. Nothing you wrote is lost. "
    "Please try again in a moment."
)
BUSY = "Somebody changed this at the very same moment. Please look again and try once more."
NO_DISCORD = "Discord would not let me do that just now. Please try again in a moment."
NO_STORE = (
    "I cannot save anything at the moment, so I have not done that. The people who run me can see "
    "why. Please try again later."
)


async def refuse(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the person, kindly and only them, what could not be done, and why."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    with contextlib.suppress(discord.HTTPException):
        await tell(interaction, [said(words_for(error))])


def words_for(error: BaseException) -> str:
    """Return what a person is told about an error; the unexpected is logged, never shown."""
    match error:
        case Refusal() | CaseRefusal():
            return str(error)
        case Conflict():
            return BUSY
        case StoreUnwritable():
            return NO_STORE
        case Refused() | Unreachable() | discord.HTTPException():
            log.warning("Discord refused an interaction's work: %s", type(error).__name__)
            return NO_DISCORD
        case _:
            log.error("an interaction failed", exc_info=error)
            return SORRY
