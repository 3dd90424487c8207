"""The state of a Discord, and what changes it."""

from sandbox.world.state import Event, Guild, World
from sandbox.world.waiting import until

__all__ = ["Event", "Guild", "World", "until"]
