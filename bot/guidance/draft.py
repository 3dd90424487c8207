"""A first draft of an entry as a YAML file, for an editor to write out and source."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.cases.nation import Nation
from bot.guidance.words import plain

NOTE = "A suggestion from the server: write it out, give each law line its source, add phrasings."


def draft_id(title: str) -> str:
    """Make an id of a title: its first words, in small letters with hyphens."""
    return "-".join(plain(title).split())[:60].strip("-") or "new-entry"


def draft_entry(
    *,
    title: str,
    cluster: str,
    nation: Nation,
    short: str,
    asks: Sequence[str],
    today: date,
    now: Sequence[str] = (),
    keywords: Sequence[str] = (),
    note: str | None = None,
    taken: Sequence[str] = (),
) -> str:
    """Return the text of a valid draft file. Fields an editor must fill are left open.

    `taken` are the ids in use; the draft gets one of its own. What people typed is quoted, so
    that nothing in it can be read as YAML.
    """
    notes = [NOTE] + ([note] if note else [])
    lines = [
        f"id: {free_id(draft_id(title), taken)}",
        f"title: {_quoted(title, 150)}",
        f"cluster: {draft_id(cluster)}",
        f"nations: [{nation.value}]",
        "",
        "# How parents put it: at least 12, better 20, in truly different words.",
        *_list("asks", [ask for ask in asks if plain(ask)] or [title], 300, 120),
        *_list("keywords", keywords, 60, 40),
        "",
        f"short: {_quoted(short, 900)}",
        "",
        *_list("now", now, 600, 12),
        "",
        "law: []",
        "",
        "careful: []",
        "",
        "deadlines: []",
        "signposts: []",
        "see_also: []",
        "sources: []",
        "",
        "review:",
        "  status: draft",
        f"  checked: {today.isoformat()}",
        f"  due: {(today + timedelta(days=30)).isoformat()}",
        *(f"  {line}" for line in _list("notes", notes, 2_000, 40)),
    ]
    return "\n".join(lines) + "\n"


def free_id(wanted: str, taken: Sequence[str]) -> str:
    """Return an id nobody uses: the wanted one, or that with a number."""
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wanted, *numbered) if each not in taken)


def _list(name: str, items: Sequence[str], longest: int, most: int) -> list[str]:
    kept = [_quoted(item, longest) for item in items if item.strip()][:most]
    return [f"{name}:", *(f"  - {item}" for item in kept)] if kept else [f"{name}: []"]


def _quoted(text: str, longest: int) -> str:
    """Put any text in double quotes, on one line, so that YAML reads it back as it is."""
    tidy = " ".join(text.split())
    tidy = "".join(letter for letter in tidy if letter.isprintable())
    tidy = re.sub(r"[\ud800-\udfff\ufffe\uffff]", "", tidy)[:longest].strip()
    return json.dumps(tidy or "To be written.", ensure_ascii=False)
