"""Point discord.py at a Discord on this machine."""

from __future__ import annotations

import discord
import yarl


def point_at_sandbox(url: str) -> None:
    """Send discord.py's requests to `url`, for the whole process."""
    discord.http.Route.BASE = f"{url}/api/v10"
    discord.asset.Asset.BASE = f"{url}/cdn"
    gateway = yarl.URL(url).with_scheme("ws") / "gateway"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
