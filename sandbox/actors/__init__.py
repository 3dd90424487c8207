"""People in the sandbox: what they do, and what comes back to them."""

from sandbox.actors.answers import Answer, AnswerKind, Invocation
from sandbox.actors.person import Person
from sandbox.actors.refusals import (
    BadOption,
    CommandMissing,
    NoAnswer,
    NotAllowed,
    NotOffered,
    StillThinking,
)

__all__ = [
    "Answer",
    "AnswerKind",
    "BadOption",
    "CommandMissing",
    "Invocation",
    "NoAnswer",
    "NotAllowed",
    "NotOffered",
    "Person",
    "StillThinking",
]
