"""Which letters an event calls for. The words are composed only when a letter is sent."""

from __future__ import annotations

from datetime import timedelta

from bot.cases.case import Case
from bot.cases.event import Event, EventKind
from bot.services.records import GuildSettings, Letter, LetterKind

LONG_WAIT = timedelta(hours=24)
"""A wait after which the asker may have stopped looking, so an answer is worth a ping."""
TELL_PARENT_AT = frozenset({1, 3})
"""The flags of one wait at which the member is told where things stand."""


def letters_for(
    before: Case | None, after: Case, events: tuple[Event, ...], settings: GuildSettings
) -> tuple[Letter, ...]:
    """Return the letters that these events call for."""
    letters: list[Letter] = []
    for event in events:
        match event.kind:
            case EventKind.FLAGGED:
                letters += _flagged(after, event, settings)
            case EventKind.ENTRY_CHOSEN:
                letters += _entry_chosen(after, event)
            case EventKind.HUMAN_ANSWERED if before is not None and _waited_long(before, event):
                letters.append(to_asker(after, LetterKind.ANSWER_CAME, after.version, event))
            case EventKind.OUTCOME_ASKED:
                letters.append(to_asker(after, LetterKind.OUTCOME, 1, event))
    return tuple(letters)


def to_asker(case: Case, kind: LetterKind, seq: int, event: Event, **content: object) -> Letter:
    """Return a letter to the asker, in reply to their question."""
    return Letter(
        subject=case.id,
        kind=kind,
        seq=seq,
        guild_id=case.guild_id,
        channel_id=case.channel_id,
        created_at=event.at,
        reply_to=case.id,
        content=content,
    )


def _flagged(case: Case, event: Event, settings: GuildSettings) -> list[Letter]:
    letters = []
    if settings.volunteers_channel is not None:
        letters.append(
            Letter(
                subject=case.id,
                kind=LetterKind.FLAG,
                seq=case.version,
                guild_id=case.guild_id,
                channel_id=settings.volunteers_channel,
                created_at=event.at,
                content={"count": event.count},
            )
        )
    if event.count in TELL_PARENT_AT:
        letters.append(
            to_asker(case, LetterKind.PARENT_FLAGGED, case.version, event, count=event.count)
        )
    return letters


def _entry_chosen(case: Case, event: Event) -> list[Letter]:
    part = case.part(event.part)
    if part is None or part.entry is None:
        return []
    return [to_asker(case, LetterKind.ANSWER, part.number, event, entry=part.entry)]


def _waited_long(before: Case, event: Event) -> bool:
    return (
        before.waiting_since is not None and event.at - before.waiting_since >= LONG_WAIT
    ) or before.flags > 0
