"""The texts of an entry, each with its place, for rules that read them all."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guidance.entry import Entry
from bot.guidance.reader import Path

Placed = tuple[Path, str]


def answer_texts(entry: Entry) -> Iterator[Placed]:
    """Yield what a parent is shown, law lines apart."""
    yield ("title",), entry.title
    yield ("short",), entry.short
    yield from ((("now", number), text) for number, text in enumerate(entry.now))
    yield from ((("careful", number), text) for number, text in enumerate(entry.careful))
    for number, deadline in enumerate(entry.deadlines):
        yield ("deadlines", number, "what"), deadline.what
        yield ("deadlines", number, "counted_from"), deadline.counted_from


def law_texts(entry: Entry) -> Iterator[Placed]:
    """Yield what each law line says, with its reference behind it."""
    for number, line in enumerate(entry.law):
        yield ("law", number, "says"), f"{line.says} ({line.ref})"


def shown_texts(entry: Entry) -> Iterator[Placed]:
    """Yield everything a parent is shown."""
    yield from answer_texts(entry)
    yield from law_texts(entry)


def all_texts(entry: Entry) -> Iterator[Placed]:
    """Yield every text a person wrote, addresses apart."""
    yield from shown_texts(entry)
    yield from ((("asks", number), text) for number, text in enumerate(entry.asks))
    yield from ((("keywords", number), text) for number, text in enumerate(entry.keywords))
    yield from ((("sources", n, "title"), source.title) for n, source in enumerate(entry.sources))
    yield from ((("review", "notes", n), note) for n, note in enumerate(entry.review.notes))
