"""Why a person cannot do something, or gets no answer."""


class NotAllowed(Exception):
    """This person may not do that here."""


class NoAnswer(Exception):
    """The application did not respond."""


class StillThinking(Exception):
    """The application said that it was thinking, and has not said anything since."""


class NotOffered(LookupError):
    """There is nothing there to press, choose or fill in by that name."""


class CommandMissing(LookupError):
    """No such command is registered here."""


class BadOption(ValueError):
    """The command's options do not take that."""
