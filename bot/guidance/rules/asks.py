"""Phrasings that say the same: within an entry they teach nothing, across entries they confuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.guidance.pages import Page
from bot.guidance.problem import Problem, Weight, quoted
from bot.guidance.words import plain

ALIKE = 92.0
"""Likeness (0–100) from which two phrasings count as nearly the same."""
BATCH = 200
"""Phrasings compared at once, to keep memory small."""


@dataclass(frozen=True, slots=True)
class _Ask:
    page: Page
    number: int
    text: str
    plain: str


def ask_problems(pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield phrasings written twice, and phrasings that differ in a letter or two only."""
    asks = [
        _Ask(page, number, text, plain(text))
        for page in pages
        for number, text in enumerate(page.entry.asks)
    ]
    for later, earlier, same in _pairs(asks):
        yield _problem(later, earlier, same)


def _pairs(asks: list[_Ask]) -> Iterator[tuple[_Ask, _Ask, bool]]:
    """Yield each ask that is like an earlier one, with that one."""
    texts = [ask.plain for ask in asks]
    for start in range(0, len(texts), BATCH):
        rows = texts[start : start + BATCH]
        scores = process.cdist(
            rows, texts[: start + len(rows)], scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        told: set[int] = set()
        for row, column in zip(*scores.nonzero(), strict=True):
            later, earlier = start + int(row), int(column)
            if earlier < later and later not in told:
                told.add(later)
                yield asks[later], asks[earlier], texts[later] == texts[earlier]


def _problem(later: _Ask, earlier: _Ask, same: bool) -> Problem:
    within = later.page is earlier.page
    where = (
        f"line {_line(earlier)}" if within else f"{earlier.page.entry.id}, line {_line(earlier)}"
    )
    found = f"{quoted(later.text)}, {'the same' if same else 'nearly the same'} as in {where}"
    mend = (
        "Delete one, or put it in quite other words."
        if within
        else "Decide which of the two entries it belongs to, and delete it from the other."
    )
    expected = "each phrasing once, in truly different words"
    weight = Weight.MEND if same else Weight.ADVISE
    return later.page.reader.problem(("asks", later.number), found, expected, mend, weight)


def _line(ask: _Ask) -> int:
    return ask.page.reader.places.get(("asks", ask.number), (1, 1))[0]
