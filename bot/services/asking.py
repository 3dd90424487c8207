"""Answer a question asked in private: nothing of it is stored, and nobody else sees it."""

from __future__ import annotations

from bot.care.card import Note, note
from bot.cases.nation import Nation
from bot.cases.part import Part, PartStatus
from bot.guidance.knowledge import Knowledge
from bot.guidance.reply import Reply
from bot.services.alarms import Alarms, new_alarm
from bot.services.heard import parts_of
from bot.services.letters.answer import answer_reply
from bot.services.letters.overview import Circumstances, overview_reply
from bot.services.letters.safety import card_reply
from bot.services.library import Library
from bot.services.records import GuildSettings, Seen


class Asking:
    """Composes answers outside any case."""

    def __init__(self, library: Library, alarms: Alarms) -> None:
        self._library = library
        self._alarms = alarms

    async def privately(
        self, text: str, nation: Nation, seen: Seen, settings: GuildSettings
    ) -> tuple[Reply, ...]:
        """Answer for the asker alone; where someone may be in danger, the card and nothing else."""
        hearing = await self._library.hear(text, nation)
        concern = self._library.concern(text)
        if concern is not None:
            await self._alarms.raise_privately(seen, concern, settings)
            alarm = new_alarm(seen, concern)
            card = card_reply(alarm, self._library.now.playbook, hearing.nation or nation)
            return (card,)
        parts = parts_of(hearing) or (Part(1, PartStatus.NEEDS_HUMAN),)
        return answers(
            self._library.now.knowledge,
            parts,
            hearing.nation or nation,
            private=self._private_line(text),
        )

    def _private_line(self, text: str) -> str | None:
        """Return the neutral line about an identifying detail, where one was found."""
        if not self._library.details(text):
            return None
        return note(self._library.now.playbook, Note.PRIVACY)


def answers(
    knowledge: Knowledge, parts: tuple[Part, ...], nation: Nation, *, private: str | None = None
) -> tuple[Reply, ...]:
    """Compose the overview and each answer, message by message, for one reader."""
    circumstances = Circumstances(0, {}, nation, away=False, private=private, own_case=False)
    entries = (knowledge.entries.get(part.entry or "") for part in parts)
    given = (answer_reply(entry, knowledge.directory, nation) for entry in entries if entry)
    return (overview_reply(parts, knowledge, circumstances), *given)
