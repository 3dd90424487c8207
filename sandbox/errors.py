"""Discord's refusals, with its own codes; each docstring, less the full stop, is what goes out.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from sandbox.values import Json


class ApiError(Exception):
    """404: Not Found."""

    status = 404
    code = 0

    def __init__(self, message: str | None = None, errors: Json | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").rstrip(".")
        self.errors = errors
        super().__init__(f"{self.status} {self.code} {self.message}")

    def body(self) -> Json:
        """Return the JSON body of the refusal."""
        found: Json = {"message": self.message, "code": self.code}
        return found | {"errors": self.errors} if self.errors else found


class NotAuthorised(ApiError):
    """401: Unauthorized."""

    status = 401


class UnknownChannel(ApiError):
    """Unknown Channel."""

    code = 10003


class UnknownGuild(ApiError):
    """Unknown Guild."""

    code = 10004


class UnknownMember(ApiError):
    """Unknown Member."""

    code = 10007


class UnknownMessage(ApiError):
    """Unknown Message."""

    code = 10008


class UnknownRole(ApiError):
    """Unknown Role."""

    code = 10011


class UnknownUser(ApiError):
    """Unknown User."""

    code = 10013


class UnknownEmoji(ApiError):
    """Unknown Emoji."""

    status, code = 400, 10014


class UnknownWebhook(ApiError):
    """Unknown Webhook."""

    code = 10015


class UnknownInteraction(ApiError):
    """Unknown interaction."""

    code = 10062


class UnknownCommand(ApiError):
    """Unknown application command."""

    code = 10063


class AlreadyAcknowledged(ApiError):
    """Interaction has already been acknowledged."""

    status, code = 400, 40060


class PostNotFilled(ApiError):
    """Cannot message this thread until after the post author has sent an initial message."""

    status, code = 403, 40058


class TagRequired(ApiError):
    """A tag is required to create a forum post in this channel."""

    status, code = 400, 40067


class MissingAccess(ApiError):
    """Missing Access."""

    status, code = 403, 50001


class NotYourMessage(ApiError):
    """Cannot edit a message authored by another user."""

    status, code = 403, 50005


class EmptyMessage(ApiError):
    """Cannot send an empty message."""

    status, code = 400, 50006


class CannotMessageUser(ApiError):
    """Cannot send messages to this user."""

    status, code = 403, 50007


class NotATextChannel(ApiError):
    """Cannot send messages in a non-text channel."""

    status, code = 400, 50008


class MissingPermissions(ApiError):
    """Missing Permissions."""

    status, code = 403, 50013


class WrongChannelType(ApiError):
    """Cannot execute action on this channel type."""

    status, code = 400, 50024


class InvalidWebhookToken(ApiError):
    """Invalid Webhook Token."""

    status, code = 401, 50027


class TooOldToBulkDelete(ApiError):
    """A message provided was too old to bulk delete."""

    status, code = 400, 50034


class InvalidForm(ApiError):
    """Invalid Form Body."""

    status, code = 400, 50035

    @classmethod
    def at(cls, path: str, code: str, message: str) -> "InvalidForm":
        """Make the refusal of one field, `path` being its dotted place in the body."""
        found: Json = {"_errors": [{"code": code, "message": message}]}
        for step in reversed(path.split(".")):
            found = {step: found}
        return cls(errors=found)


class ThreadArchived(ApiError):
    """Thread is archived."""

    status, code = 400, 50083


class ThreadAlreadyMade(ApiError):
    """A thread has already been created for this message."""

    status, code = 400, 160004


class ThreadLocked(ApiError):
    """Thread is locked."""

    status, code = 400, 160005
