"""The only room that knows discord.py."""
