"""Why a person cannot do something, or gets no answer; each docstring is the default message."""


class Refusal(Exception):
    """That cannot be done."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


class NotAllowed(Refusal):
    """This person may not do that here."""


class NoAnswer(Refusal):
    """The application did not respond."""


class StillThinking(Refusal):
    """The application said that it was thinking, and has not said anything since."""


class NotOffered(Refusal, LookupError):
    """There is nothing there to press, choose or fill in by that name."""


class CommandMissing(Refusal, LookupError):
    """No such command is registered here."""


class BadOption(Refusal, ValueError):
    """That does not fit what is asked for."""
