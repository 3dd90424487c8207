"""What can go wrong between a bot and Discord, on demand and repeatable by seed."""

import random
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase


class FaultKind(StrEnum):
    """The places where something can break, and how."""

    STATUS = "status"
    """A request is answered with `status`."""
    ABORT = "abort"
    """The connection of a request is cut without an answer."""
    HANG = "hang"
    """A request is never answered, until the client gives up."""
    TRUNCATE = "truncate"
    """The answer's body stops half-way."""
    SLOW = "slow"
    """The answer's body comes in two halves, `delay` real seconds apart."""
    DELAY = "delay"
    """A request is answered `delay` real seconds late."""
    RATE_LIMIT = "rate_limit"
    """A request is answered with a 429."""
    CONNECT = "connect"
    """The gateway refuses a connection with `status`, or cuts it if that is 0."""
    INVALID_SESSION = "invalid_session"
    """An IDENTIFY is answered with op 9."""
    RESUME = "resume"
    """A RESUME is answered with op 9."""
    ACK = "ack"
    """A heartbeat goes unanswered, or is answered `delay` real seconds late."""
    DUPLICATE = "duplicate"
    """An event is sent twice, each with its own sequence number."""
    HOLD = "hold"
    """An event is kept back until `release`, or for `delay` real seconds if that is set."""
    LOSE = "lose"
    """An event is never sent, as if the session had missed it."""
    MALFORMED = "malformed"
    """An event is sent without the keys in `missing`."""


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong with what `match` fits, `times` times (-1: for ever).

    `match` is a glob over "POST /channels/1/messages" for requests, and over the event's name
    for events. `after` lets the world change first, so that only the answer is lost.
    """

    kind: FaultKind
    match: str = "*"
    times: int = 1
    chance: float = 1.0
    after: bool = False
    status: int = 500
    delay: float = 0.0
    retry_after: float = 0.2
    scope: str = "user"
    via: bool = True
    html: bool = False
    missing: tuple[str, ...] = ()
    done: int = field(default=0, init=False)

    @property
    def spent(self) -> bool:
        """Say whether the fault has happened as often as it should."""
        return 0 <= self.times <= self.done


REQUEST_FAULTS = frozenset(
    {
        FaultKind.STATUS,
        FaultKind.ABORT,
        FaultKind.HANG,
        FaultKind.TRUNCATE,
        FaultKind.SLOW,
        FaultKind.DELAY,
        FaultKind.RATE_LIMIT,
    }
)


class Faults:
    """The faults in force. The same seed makes chance fall alike in the same run of events."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._active: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force, and return it so that it can be removed."""
        self._active.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """End a fault early; one that is spent is already gone."""
        if fault in self._active:
            self._active.remove(fault)

    def clear(self) -> None:
        """End all faults."""
        self._active.clear()

    def take(self, kinds: frozenset[FaultKind], what: str = "") -> Fault | None:
        """Return the first fault of these kinds that now strikes `what`, and count it."""
        for fault in self._active:
            if fault.kind in kinds and fnmatchcase(what, fault.match) and self._falls(fault):
                fault.done += 1
                if fault.spent:
                    self.remove(fault)
                return fault
        return None

    def _falls(self, fault: Fault) -> bool:
        return fault.chance >= 1.0 or self._random.random() < fault.chance
