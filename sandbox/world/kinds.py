"""Discord's numbers by their names."""

from enum import IntEnum, IntFlag


class ChannelType(IntEnum):
    """What a channel is."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


THREADS = frozenset({10, 11, 12})
TALKABLE = frozenset({0, 1, 10, 11, 12})


class MessageType(IntEnum):
    """What a message is; all but the first, the reply and the two of commands are Discord's own."""

    DEFAULT = 0
    CHANNEL_NAME_CHANGE = 4
    PINNED = 6
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """The message flags that this Discord acts upon."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    COMPONENTS_V2 = 1 << 15


class InteractionType(IntEnum):
    """What a person did to the application."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How an application may answer an interaction."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class CommandType(IntEnum):
    """Where a person finds a command."""

    SLASH = 1
    USER_MENU = 2
    MESSAGE_MENU = 3


INTERACTION_ANSWERED = "INTERACTION_ANSWERED"
COMMANDS_CHANGED = "COMMANDS_CHANGED"
WORLD_ONLY = frozenset({INTERACTION_ANSWERED, COMMANDS_CHANGED})
