"""The ids of our buttons: they outlive restarts, so each is looked up and never trusted.

Anybody can send any id: what stands in it is an action and two numbers, and the case is then
found in the database and checked against the guild and the person who pressed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.guidance.reply import Action, Button

_FORM = re.compile(r"al:([a-z]{2,12}):(\d{1,20}):(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of ours, as it came back."""

    action: Action
    case: int
    argument: int


def custom_id(button: Button) -> str:
    """Return the id of a button, at most 100 characters."""
    return f"al:{button.action}:{button.case}:{button.argument}"


def id_in(interaction: discord.Interaction) -> str:
    """Return the custom id an interaction carries; empty where it has none."""
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", ""))


def values_in(interaction: discord.Interaction) -> list[str]:
    """Return the values chosen in a select."""
    data: Mapping[str, Any] = interaction.data or {}
    return [str(value) for value in data.get("values", ())]


def read_custom_id(custom_id: str) -> Pressed | None:
    """Return what a custom id asks for; None for anything that is not exactly ours."""
    found = _FORM.fullmatch(custom_id)
    if found is None or found[1] not in set(Action):
        return None
    return Pressed(Action(found[1]), int(found[2]), int(found[3]))
