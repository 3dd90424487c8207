"""Why a command on a case is refused. The docstring is what the person reads."""

from __future__ import annotations


class CaseRefusal(Exception):
    """That cannot be done with this case."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


class AlreadyClaimed(CaseRefusal):
    """Another volunteer is already looking after this. A lead can take it over."""


class NotHolding(CaseRefusal):
    """You are not looking after this case, so there is nothing to hand back."""


class AlreadyClosed(CaseRefusal):
    """This case is closed. Use `/reopen` if it is not over."""


class NotClosed(CaseRefusal):
    """This case is still open."""


class NoSuchPart(CaseRefusal):
    """This case has no question with that number."""


class PastTime(CaseRefusal):
    """That time has already passed. Please choose a later one."""
