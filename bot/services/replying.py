"""Which letters open a conversation: the overview, then each answer on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.cases.case import Case
from bot.cases.nation import Nation
from bot.cases.part import Part, PartStatus
from bot.services.records import Letter, LetterKind

MOST_ANSWERS = 6
"""More full answers than this at once would bury a tired reader; the rest wait in the overview."""


def opening_letters(
    case: Case,
    parts: Iterable[Part],
    now: datetime,
    *,
    above: Mapping[str, int],
    private: bool,
    nation: Nation | None,
    away: bool,
    reply_to: int | None = None,
) -> tuple[Letter, ...]:
    """Return the overview of these parts and one letter for each answered for the first time.

    `above` tells under which message of this conversation an entry has been given already.
    """
    parts = tuple(parts)
    answered = [
        part for part in parts if part.status is PartStatus.ANSWERED and part.entry not in above
    ][:MOST_ANSWERS]
    repeated = {
        str(part.number): above[part.entry] for part in parts if part.entry and part.entry in above
    }
    overview: dict[str, object] = {
        "first": parts[0].number,
        "last": parts[-1].number,
        "private": private,
        "away": away,
        "above": repeated,
    }
    where = {"nation": nation.value} if nation is not None else {}

    def letter(kind: LetterKind, seq: int, content: Mapping[str, object]) -> Letter:
        return Letter(
            subject=case.id,
            kind=kind,
            seq=seq,
            guild_id=case.guild_id,
            channel_id=case.channel_id,
            created_at=now,
            reply_to=reply_to or case.id,
            content=content,
        )

    return (
        letter(LetterKind.OVERVIEW, parts[0].number, overview | where),
        *(
            letter(LetterKind.ANSWER, part.number, {"entry": part.entry or ""} | where)
            for part in answered
        ),
    )
