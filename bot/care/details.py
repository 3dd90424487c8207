"""Find details in a post that could tell others who a child or family is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from bot.care.clean import Clean, clean
from bot.care.concern import Detail, DetailKind
from bot.care.names import find_names
from bot.care.numbers import find_numbers, find_phones
from bot.care.places import find_places

Found = Iterator[tuple[DetailKind, int, int]]
_FINDERS: tuple[Callable[[str], Found], ...] = (find_numbers, find_places, find_names)


def find_details(text: str, known_numbers: Set[str] = frozenset()) -> tuple[Detail, ...]:
    """Return where identifying details stand in `text`, in order; their values are not carried.

    `known_numbers` are those of helplines and organisations, in any spacing: they are no one's.
    """
    post = clean(text)
    if not post.text:
        return ()
    known = frozenset("".join(c for c in n if c.isdigit()) for n in known_numbers)
    found = {(kind, start, end) for finder in _FINDERS for kind, start, end in finder(post.text)}
    found |= set(find_phones(post.text, known))
    return tuple(sorted((_placed(post, *one) for one in found), key=lambda d: (d.start, d.end)))


def _placed(post: Clean, kind: DetailKind, start: int, end: int) -> Detail:
    return Detail(kind, post.places[start], post.places[end - 1] + 1)
