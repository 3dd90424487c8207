"""What comes back to a person who pressed, chose, filled in or commanded something."""

from dataclasses import dataclass
from enum import StrEnum

from sandbox.actors.refusals import NoAnswer, StillThinking
from sandbox.values import Json
from sandbox.world.interaction import Interaction
from sandbox.world.kinds import Callback
from sandbox.world.messages import EPHEMERAL
from sandbox.world.state import World
from sandbox.world.waiting import until


class AnswerKind(StrEnum):
    """How an application answered."""

    MESSAGE = "message"
    UPDATE = "update"
    ACKNOWLEDGED = "acknowledged"
    MODAL = "modal"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Answer:
    """An application's answer: a message, a changed message, a modal, or choices.

    `message` is the reply, or the message that was changed. `followups` are those said so far.
    """

    kind: AnswerKind
    message: Json | None = None
    modal: Json | None = None
    choices: tuple[Json, ...] = ()
    followups: tuple[Json, ...] = ()

    @property
    def ephemeral(self) -> bool:
        """Say whether only the person sees the reply."""
        return bool(self.message and self.message["flags"] & EPHEMERAL)

    @property
    def content(self) -> str:
        """Return the text of the reply, empty if there is none."""
        return str(self.message["content"]) if self.message else ""


_KINDS = {
    Callback.MESSAGE: AnswerKind.MESSAGE,
    Callback.DEFERRED_MESSAGE: AnswerKind.MESSAGE,
    Callback.UPDATE: AnswerKind.UPDATE,
    Callback.DEFERRED_UPDATE: AnswerKind.UPDATE,
    Callback.MODAL: AnswerKind.MODAL,
    Callback.CHOICES: AnswerKind.CHOICES,
}


class Invocation:
    """An interaction that a person began, whose answer can be waited for."""

    def __init__(self, world: World, begun: Interaction) -> None:
        self._world = world
        self.interaction = begun

    @property
    def id(self) -> str:
        """Return the interaction's id."""
        return self.interaction.id

    async def acknowledged(self, wait: float = 5.0) -> None:
        """Return once the application has given any first answer; raise NoAnswer if not."""
        if not await until(self._world, lambda: self.interaction.callback is not None, wait):
            raise NoAnswer

    async def answer(self, wait: float = 5.0) -> Answer:
        """Return the finished answer, waiting at most `wait` real seconds.

        Raises NoAnswer if nothing came, StillThinking if a promised message did not.
        """
        await until(self._world, lambda: self.interaction.completed, wait)
        begun = self.interaction
        if begun.callback is None:
            raise NoAnswer
        if not begun.completed and begun.callback is Callback.DEFERRED_MESSAGE:
            raise StillThinking
        kind = _KINDS[begun.callback] if begun.completed else AnswerKind.ACKNOWLEDGED
        return Answer(
            kind=kind,
            message=begun.original,
            modal=begun.outcome if kind is AnswerKind.MODAL else None,
            choices=tuple(begun.outcome.get("choices") or ()),
            followups=tuple(begun.followups),
        )

    async def followup(self, number: int = 1, wait: float = 5.0) -> Json:
        """Return the application's n-th further message, waiting at most `wait` real seconds."""
        if not await until(self._world, lambda: len(self.interaction.followups) >= number, wait):
            raise NoAnswer
        return self.interaction.followups[number - 1]
