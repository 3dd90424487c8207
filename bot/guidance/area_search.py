"""Finding an area by whatever a parent calls it: a name, a district, an old council, a slip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from bot.guidance.areas import (
    Ambiguous,
    AmbiguousName,
    Area,
    Areas,
    Choice,
    Finding,
    Found,
    How,
    Key,
    Unknown,
)
from bot.guidance.words import plain

SURE = 86.0
"""Likeness (0–100) from which a misspelt name counts as meant."""
CLEAR = 4.0
"""How far the next area must lie behind, or we ask."""
NEAR = 62.0
"""Likeness from which a name is worth suggesting."""
CITY = "City of "
"""How some districts call themselves, and nobody who lives there calls them."""
LONGEST = 200
"""Characters looked at: a place, not an essay."""
_GENERAL = frozenset(
    [
        "city",
        "county",
        "council",
        "borough",
        "metropolitan",
        "district",
        "unitary",
        "authority",
        "local",
        "education",
        "la",
        "lea",
        "sen",
        "send",
        "team",
        "service",
        "the",
        "of",
        "in",
        "near",
        "from",
        "live",
        "we",
        "i",
        "am",
        "im",
        "our",
        "is",
        "area",
    ]
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of autocomplete: what is shown, and what `find` understands without asking."""

    label: str
    value: str


def build_areas(areas: Iterable[Area], ambiguous: Iterable[AmbiguousName]) -> Areas:
    """Index areas by every name they go by."""
    known = {area.id: area for area in areas}
    keys: defaultdict[str, list[Key]] = defaultdict(list)
    for area in known.values():
        for how, name in _names(area):
            key = Key(area.id, how, name)
            if all(other.area != area.id for other in keys[plain(name)]):
                keys[plain(name)].append(key)
    return Areas(
        MappingProxyType(known),
        MappingProxyType({plain(each.term): each for each in ambiguous}),
        MappingProxyType({name: tuple(listed) for name, listed in keys.items() if name}),
    )


def _names(area: Area) -> Iterable[tuple[How, str]]:
    """Yield every name of an area, the plainest first."""
    yield How.NAME, area.full_name
    yield How.NAME, area.name
    for alias in area.aliases:
        yield How.ALIAS, alias
    for district in area.districts:
        yield How.DISTRICT, district
        if district.startswith(CITY):
            yield How.DISTRICT, district.removeprefix(CITY)
    for former in area.former:
        yield How.FORMER, former.name


def find(areas: Areas, text: str) -> Finding:
    """Return the area meant, or what to ask. An ambiguous name is always asked about."""
    asked = plain(text[:LONGEST])
    if not asked:
        return Unknown(())
    return (
        _by_full_name(areas, asked)
        or _exactly(areas, asked)
        or _inside(areas, asked)
        or _exactly(areas, _without_general_words(asked))
        or _misspelt(areas, _without_general_words(asked) or asked)
    )


def _by_full_name(areas: Areas, asked: str) -> Finding | None:
    """A council's full name settles it, even where its short name is shared."""
    for key in areas.keys.get(asked, ()):
        area = areas.areas[key.area]
        if plain(area.full_name) == asked and asked not in areas.ambiguous:
            return Found(area, How.NAME, area.full_name)
    return None


def _exactly(areas: Areas, asked: str) -> Finding | None:
    if shared := areas.ambiguous.get(asked):
        return Ambiguous(shared.choices, shared.why)
    return _settle(areas, areas.keys.get(asked, ()))


def _settle(areas: Areas, keys: Iterable[Key]) -> Finding | None:
    """One area is found; several are asked about."""
    by_area = {key.area: key for key in reversed(list(keys))}
    if not by_area:
        return None
    if len(by_area) == 1:
        key = next(iter(by_area.values()))
        return Found(areas.areas[key.area], key.how, key.label)
    choices = tuple(Choice(areas.areas[each].full_name, each) for each in sorted(by_area))
    return Ambiguous(choices, "more than one council goes by that name")


def _without_general_words(asked: str) -> str:
    return " ".join(word for word in asked.split() if word not in _GENERAL)


def _inside(areas: Areas, asked: str) -> Finding | None:
    """Look for names inside a longer text, longest first; two different areas are asked about."""
    words = asked.split()
    taken: set[int] = set()
    keys: list[Key] = []
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            run = " ".join(words[start : start + size])
            span = set(range(start, start + size))
            if span & taken or len(run) < 4 or run.startswith("the "):
                continue
            if shared := areas.ambiguous.get(run):
                return Ambiguous(shared.choices, shared.why)
            if run in areas.keys:
                taken |= span
                keys.extend(areas.keys[run])
    return _settle(areas, keys)


def _misspelt(areas: Areas, asked: str) -> Finding:
    """Accept a misspelling only where one area is clearly nearest; otherwise ask or suggest."""
    names = [*areas.keys, *areas.ambiguous]
    near = process.extract(asked, names, scorer=fuzz.ratio, limit=12, score_cutoff=NEAR)
    if near and near[0][1] >= SURE:
        top = near[0][1]
        level = [name for name, score, _ in near if score > top - CLEAR]
        if shared := next((areas.ambiguous[n] for n in level if n in areas.ambiguous), None):
            return Ambiguous(shared.choices, shared.why)
        settled = _settle(areas, [key for name in level for key in areas.keys[name]])
        if isinstance(settled, Found):
            return Found(settled.area, How.SPELLING, settled.matched)
        if settled is not None:
            return settled
    return Unknown(_areas_of(areas, [name for name, _, _ in near])[:3])


def _areas_of(areas: Areas, names: Iterable[str]) -> tuple[Area, ...]:
    found: dict[str, Area] = {}
    for name in names:
        ids = [key.area for key in areas.keys.get(name, ())]
        if shared := areas.ambiguous.get(name):
            ids += [choice.area for choice in shared.choices]
        found |= {each: areas.areas[each] for each in ids if each not in found}
    return tuple(found.values())


def suggest(areas: Areas, prefix: str, limit: int = 25) -> tuple[Suggestion, ...]:
    """Return lines for autocomplete: what begins so, then what holds it, else what is near."""
    asked = plain(prefix[:LONGEST])
    lines: dict[str, Suggestion] = {}
    for name in _names_like(areas, asked):
        for key in areas.keys[name]:
            line = _line(areas.areas[key.area], key)
            lines.setdefault(line.label, line)
        if len(lines) >= limit:
            break
    return tuple(lines.values())[:limit]


def _names_like(areas: Areas, asked: str) -> list[str]:
    if not asked:
        return sorted(plain(area.name) for area in areas.areas.values())
    names = list(areas.keys)
    begins = sorted(name for name in names if name.startswith(asked))
    holds = sorted(name for name in names if f" {asked}" in name)
    near = process.extract(asked, names, scorer=fuzz.ratio, limit=5, score_cutoff=NEAR)
    return [*begins, *holds] or [name for name, _, _ in near]


def _line(area: Area, key: Key) -> Suggestion:
    """Name the council; say beside it the district or old council it was found by."""
    label = area.full_name
    if key.how in {How.DISTRICT, How.FORMER}:
        label = f"{key.label} → {area.full_name}"
    return Suggestion(label[:100], area.full_name[:100])
