"""Hear a post whatever happens: one that breaks the hearing is left to a person."""

from __future__ import annotations

import logging

from bot.care.concern import Concern
from bot.matching.decision import Evidence, HandOver, HandOverReason, HeardPart, Hearing
from bot.matching.voice import Voice, voice_of
from bot.services.library import Library

log = logging.getLogger(__name__)

UNHEARD = Hearing(
    (HeardPart("", 0, HandOver(HandOverReason.NOTHING_FITS, (), Evidence("unheard", 0.0, 0.0))),),
    None,
)
"""What stands for a post that could not be heard: a question for a person."""


class Ear:
    """Asks the library, and logs what fails by its type only: its words may quote a member's."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def hear(self, text: str, message_id: int) -> Hearing:
        """Hear the questions in a post; one that cannot be heard is a question for a person."""
        try:
            return await self._library.hear(text)
        except Exception as error:
            log.error("a post cannot be heard id=%d (%s)", message_id, type(error).__name__)
            return UNHEARD

    def voice(self, text: str, message_id: int) -> Voice:
        """Tell for whom a message in somebody else's conversation speaks."""
        try:
            return voice_of(text)
        except Exception as error:
            log.error("a post's voice is unclear id=%d (%s)", message_id, type(error).__name__)
            return Voice.UNCLEAR

    def concern(self, text: str, message_id: int) -> Concern | None:
        """Tell whether a post shows someone in danger."""
        try:
            return self._library.concern(text)
        except Exception as error:
            log.error("a post cannot be assessed id=%d (%s)", message_id, type(error).__name__)
            return None

    def has_details(self, text: str, message_id: int) -> bool:
        """Tell whether a post holds what identifies a person."""
        try:
            return bool(self._library.details(text))
        except Exception as error:
            log.error("a post cannot be searched id=%d (%s)", message_id, type(error).__name__)
            return False
