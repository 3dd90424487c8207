"""What a person is told when something they asked for cannot be done."""

from __future__ import annotations


class Refusal(Exception):
    """That cannot be done."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


class NoSuchCase(Refusal):
    """There is no such case here. It may have been closed and cleared away."""


class NotYours(Refusal):
    """Thank you for wanting to help. Only this community's volunteers can do that."""


class NotSetUp(Refusal):
    """Alongside has not been set up here yet. An admin can do it with `/setup`."""


class NoSuchAlarm(Refusal):
    """There is no such alert here, or somebody has already ended it."""


class NoSuchEntry(Refusal):
    """The knowledge base has no entry of that name."""


class OldButton(Refusal):
    """That button is from an older message and no longer does anything."""
