"""What the connection tells whoever listens to it."""

from __future__ import annotations

from typing import Protocol

from bot.services.catchup import Place
from bot.services.ports import Post


class Listener(Protocol):
    """Whoever is told what happens on Discord."""

    async def connected(self) -> None:
        """A new session has begun: whatever happened before it must be read again."""
        ...

    async def resumed(self) -> None:
        """The session goes on; nothing was missed."""
        ...

    def disconnected(self) -> None:
        """Nothing can be sent for now."""
        ...

    async def posted(self, post: Post) -> None:
        """A message was written or edited."""
        ...

    async def echoed(self, channel_id: int, nonce: str | None, message_id: int) -> None:
        """The gateway showed us a message of our own."""
        ...

    async def deleted(self, channel_id: int, message_id: int) -> None:
        """A message was deleted."""
        ...

    async def channel_gone(self, channel_id: int) -> None:
        """A channel or thread was deleted."""
        ...

    async def guild_gone(self, guild_id: int) -> None:
        """The bot was removed from a guild."""
        ...

    async def thread_stirred(self, place: Place) -> None:
        """A thread came back from the archive, or we were added to one."""
        ...
