"""The state of a Discord, and what changes it."""

from sandbox.world.state import Event, Guild, World

__all__ = ["Event", "Guild", "World"]
