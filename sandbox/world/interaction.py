"""One interaction between a person and the application, and how far it has come."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.values import Json
from sandbox.world.kinds import Callback, InteractionType


@dataclass(slots=True)
class Interaction:
    """What a person did, and what the application has answered so far.

    `original` is the message that `@original` stands for; `outcome` is the data of a modal or
    of autocomplete choices; `opener` the interaction that showed the modal now submitted.
    """

    id: str
    token: str
    kind: InteractionType
    user: Json
    channel: Json
    data: Json
    made_at: datetime
    source: Json | None = None
    opener: "Interaction | None" = None
    callback: Callback | None = None
    original: Json | None = None
    outcome: Json = field(default_factory=dict)
    completed: bool = False
    followups: list[Json] = field(default_factory=list)
