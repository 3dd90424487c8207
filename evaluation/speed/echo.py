"""A bare discord.py bot that answers at once and keeps nothing: the peer to measure beside."""

from __future__ import annotations

import sys

import discord

from bot.adapters.discord.pointing import point_at_sandbox
from sandbox.server import TOKEN


def main(url: str) -> None:
    """Answer every message of a person in the sandbox at this address."""
    point_at_sandbox(url)
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    client = discord.Client(intents=intents, max_messages=None, guild_ready_timeout=0.1)

    @client.event
    async def on_ready() -> None:
        print("ready", flush=True)

    @client.event
    async def on_message(message: discord.Message) -> None:
        if not message.author.bot:
            await message.channel.send("echo", reference=message)

    client.run(TOKEN, log_handler=None)


if __name__ == "__main__":
    main(sys.argv[1])
