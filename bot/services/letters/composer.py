"""Turn a letter of the outbox into words, from ids and today's knowledge."""

from __future__ import annotations

from datetime import timedelta

from bot.care.card import Note, note
from bot.cases.calendar import LONDON
from bot.cases.case import Case, State
from bot.cases.nation import Nation
from bot.guidance.entry import Entry
from bot.guidance.knowledge import Knowledge
from bot.guidance.reply import Reply
from bot.guidance.report import due_by
from bot.services.heard import given_in
from bot.services.letters.answer import answer_reply
from bot.services.letters.due import DUE_WITHIN, review_due_reply
from bot.services.letters.links import message_link
from bot.services.letters.overview import Circumstances, overview_reply
from bot.services.letters.safety import (
    alert_here_reply,
    alert_reply,
    card_alone_reply,
    card_reply,
    edit_request_reply,
)
from bot.services.letters.thread import answer_came_reply, outcome_reply, parent_flagged_reply
from bot.services.letters.volunteers import flag_here_reply, flag_reply, undelivered_reply
from bot.services.library import Library
from bot.services.ports import Clock, Store
from bot.services.records import Alarm, GuildSettings, Letter, LetterKind

FOR_CASES = frozenset(
    {
        LetterKind.OVERVIEW,
        LetterKind.ANSWER,
        LetterKind.PARENT_FLAGGED,
        LetterKind.FLAG,
        LetterKind.FLAG_HERE,
        LetterKind.ANSWER_CAME,
        LetterKind.OUTCOME,
    }
)
UNPROMPTED = frozenset({LetterKind.PARENT_FLAGGED, LetterKind.ANSWER_CAME, LetterKind.OUTCOME})
"""What we say in a member's thread by ourselves; one who asked for quiet is spared it."""


class Composer:
    """Composes every letter. The words exist only between here and Discord."""

    def __init__(self, store: Store, clock: Clock, library: Library) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._worded_for: Knowledge | None = None
        self._worded: dict[str, bool] = {}

    async def compose(self, letter: Letter, settings: GuildSettings) -> Reply | None:
        """Compose a letter; None when what it was about is gone and nothing is left to say."""
        case = await self._store.case(letter.subject)
        if letter.kind in FOR_CASES:
            if case is None or await self._is_unwanted(letter, case):
                return None
            return self._of_case(letter, case, settings)
        if letter.kind is LetterKind.UNDELIVERED:
            return await self._undelivered(letter)
        if letter.kind is LetterKind.DETAILS:
            return edit_request_reply(self._library.now.playbook)
        if letter.kind is LetterKind.REVIEW_DUE:
            return self._review_due()
        alarm = await self._store.alarm(letter.subject)
        return None if alarm is None else self._of_alarm(letter, alarm, settings)

    async def _is_unwanted(self, letter: Letter, case: Case) -> bool:
        """Tell whether the member has taken the question back, or asked us to be quiet."""
        if case.state is State.WITHDRAWN:
            return True
        silenced = await self._store.silenced(case.guild_id, case.asker)
        return silenced and letter.kind in UNPROMPTED

    def _of_case(self, letter: Letter, case: Case, settings: GuildSettings) -> Reply | None:
        knowledge = self._library.now.knowledge
        nation = Nation(str(letter.content.get("nation", settings.nation)))
        match letter.kind:
            case LetterKind.OVERVIEW:
                return self._overview(letter, case, nation)
            case LetterKind.ANSWER:
                return self._answer(letter, case, nation)
            case LetterKind.PARENT_FLAGGED:
                now = self._clock.now()
                return parent_flagged_reply(
                    _number(letter, "count"), knowledge.directory, nation, now, case.id
                )
            case LetterKind.FLAG | LetterKind.FLAG_HERE:
                return self._flag(letter, case, settings)
            case LetterKind.ANSWER_CAME:
                return answer_came_reply()
            case _:
                return outcome_reply()

    def _flag(self, letter: Letter, case: Case, settings: GuildSettings) -> Reply:
        count = _number(letter, "count")
        if letter.kind is LetterKind.FLAG_HERE:
            return flag_here_reply(count, settings)
        return flag_reply(case, count, self._library.now.knowledge.entries, settings)

    def _overview(self, letter: Letter, case: Case, nation: Nation) -> Reply:
        snapshot = self._library.now
        first, last = _number(letter, "first"), _number(letter, "last")
        above = letter.content.get("above")
        links = {
            int(part): message_link(case.guild_id, case.channel_id, message)
            for part, message in (above.items() if isinstance(above, dict) else ())
        }
        private = note(snapshot.playbook, Note.PRIVACY) if letter.content.get("private") else None
        return overview_reply(
            tuple(part for part in case.parts if first <= part.number <= last),
            snapshot.knowledge,
            Circumstances(
                case.id,
                links,
                nation,
                bool(letter.content.get("away")),
                private,
                given_in(case.parts),
            ),
        )

    def _answer(self, letter: Letter, case: Case, nation: Nation) -> Reply | None:
        knowledge = self._library.now.knowledge
        entry = knowledge.entries.get(str(letter.content.get("entry")))
        if entry is None:
            return None
        has_words = self._has_words(entry, knowledge)
        return answer_reply(
            entry, knowledge.directory, nation, case=case.id, part=letter.seq, has_words=has_words
        )

    def _has_words(self, entry: Entry, knowledge: Knowledge) -> bool:
        """Tell whether an entry uses words that the glossary explains: worked out once for each."""
        if self._worded_for is not knowledge:
            self._worded_for, self._worded = knowledge, {}
        if entry.id not in self._worded:
            found = knowledge.glossary.terms_in(" ".join((entry.short, *entry.now)))
            self._worded[entry.id] = bool(found)
        return self._worded[entry.id]

    def _of_alarm(self, letter: Letter, alarm: Alarm, settings: GuildSettings) -> Reply | None:
        playbook = self._library.now.playbook
        match letter.kind:
            case LetterKind.CARD:
                return card_reply(alarm, playbook, settings.nation)
            case LetterKind.CARD_ALONE:
                return card_alone_reply(alarm, playbook, settings.nation)
            case LetterKind.ALERT:
                lead, call = bool(letter.content.get("lead")), _number(letter, "call")
                return alert_reply(alarm, playbook, settings, lead=lead, call=call)
            case LetterKind.ALERT_HERE:
                lead = bool(letter.content.get("lead"))
                return alert_here_reply(alarm, settings, lead=lead)
            case _:
                return None

    def _review_due(self) -> Reply | None:
        today = self._clock.now().astimezone(LONDON).date()
        knowledge = self._library.now.knowledge
        due = due_by(knowledge, today + timedelta(days=DUE_WITHIN))
        entries = tuple((day, knowledge.entries[each]) for day, each in due)
        return review_due_reply(entries, today) if entries else None

    async def _undelivered(self, letter: Letter) -> Reply | None:
        reason = str(letter.content.get("reason"))
        case = await self._store.case(letter.subject)
        alarm = await self._store.alarm(letter.subject)
        channel = case.channel_id if case else alarm.channel_id if alarm else None
        if channel is None:
            return None
        return undelivered_reply(letter.guild_id, channel, letter.subject, reason)


def _number(letter: Letter, key: str) -> int:
    value = letter.content.get(key, 0)
    return value if isinstance(value, int) else 0
