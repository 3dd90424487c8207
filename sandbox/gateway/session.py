"""A gateway session: what was sent to it, so that it can be sent again after a drop."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Callable

from sandbox.values import Json

Send = Callable[[bytes], None]


def frame(op: int, data: object = None, seq: int | None = None, name: str | None = None) -> bytes:
    """Return a gateway frame as bytes."""
    return json.dumps({"op": op, "d": data, "s": seq, "t": name}, separators=(",", ":")).encode()


class Session:
    """One client's session. It outlives its connection for as long as its ring remembers."""

    def __init__(self, intents: int, ring: int) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.seq = 0
        self.sent = 0
        self.acked = 0
        self.dead = False
        self.send: Send | None = None
        self._ring: deque[tuple[int, bytes]] = deque(maxlen=ring)
        self._acks = asyncio.Event()

    @property
    def live(self) -> bool:
        """Say whether a client is connected to the session."""
        return self.send is not None and not self.dead

    def push(self, name: str, data: Json) -> None:
        """Number an event, remember it, and send it if a client is there."""
        raw = self.number(name, data)
        if self.send is not None:
            self.sent = self.seq
            self.send(raw)

    def number(self, name: str, data: Json) -> bytes:
        """Number and remember an event without sending it."""
        self.seq += 1
        raw = frame(0, data, self.seq, name)
        self._ring.append((self.seq, raw))
        return raw

    def can_resume(self, seq: int) -> bool:
        """Say whether everything after `seq` is still remembered."""
        oldest = self._ring[0][0] if self._ring else 1
        return not self.dead and oldest <= seq + 1 and seq <= self.seq

    def replay(self, seq: int) -> None:
        """Send everything after `seq` again."""
        if self.send is None:
            return
        for number, raw in self._ring:
            if number > seq:
                self.sent = number
                self.send(raw)

    def ack(self, seq: int | None) -> None:
        """Note the last event that the client says it has."""
        self.acked = max(self.acked, seq or 0)
        self._acks.set()

    async def caught_up(self) -> None:
        """Return once the client has acknowledged all that was sent until now."""
        wanted = self.sent
        if self.acked < wanted and self.send is not None:
            self.send(frame(1))
        while self.acked < wanted:
            self._acks.clear()
            await self._acks.wait()
