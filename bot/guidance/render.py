"""The check and the report as plain text, for a terminal or a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from bot.guidance.diff import Changes
from bot.guidance.lint import Report
from bot.guidance.problem import Problem
from bot.guidance.readability import WHY_NOT
from bot.guidance.report import Figures, middle

SHOWN = 10
AIM = 12
"""The reading age, in years, an answer should not be above."""


def check_text(report: Report) -> str:
    """Say what a check found: every problem in full, advice gathered by kind."""
    parts = [str(problem) for problem in report.problems]
    if report.warnings:
        parts.append("Worth a look (the check passes with these):")
        parts += [_advice(expected, alike) for expected, alike in _by_kind(report.warnings)]
    parts.append(_verdict(report))
    return "\n\n".join(parts)


def _verdict(report: Report) -> str:
    read = _many(report.entries, "entry", "entries")
    advice = _many(len(report.warnings), "thing", "things")
    if report.clean:
        return f"All is well: {read} checked, nothing to mend, {advice} worth a look."
    problems = _many(len(report.problems), "thing", "things")
    return f"{read} could be read. {problems} to mend before the check passes."


def _by_kind(warnings: Iterable[Problem]) -> Iterable[tuple[str, list[Problem]]]:
    ordered = sorted(warnings, key=lambda each: (each.expected, each))
    return ((kind, list(alike)) for kind, alike in groupby(ordered, key=lambda each: each.expected))


def _advice(expected: str, alike: list[Problem]) -> str:
    """Name the first few places in full and count the rest."""
    lines = [f"  {len(alike)} × expected: {expected}", f"    to mend: {alike[0].mend}"]
    lines += [f"    {each.file}, line {each.line}: {each.found}" for each in alike[:SHOWN]]
    if len(alike) > SHOWN:
        lines.append(f"    and {len(alike) - SHOWN} more")
    return "\n".join(lines)


def report_text(figures: Figures, *, full: bool = False) -> str:
    """Say what the knowledge holds; `full` lists every entry rather than the first ten."""
    most = None if full else SHOWN
    due = [f"{day} {each}" for day, each in figures.due]
    parts = [
        _size(figures),
        _counts("By status", figures.by_status),
        _counts("By nation", figures.by_nation),
        _counts("Law lines and deadlines by mark", figures.by_mark),
        _counts("By cluster", figures.by_cluster),
        _asks(figures.asks, most),
        _reading(figures.reading_ages, most),
        _list(
            "With a law line or time limit from memory, to be confirmed first",
            figures.on_memory,
            most,
        ),
        _list("With other advice from memory, named in their notes", figures.noted, most),
        _list("Entries without a source", figures.without_source, most),
        _list("Entries that only signpost", figures.signpost_only, most),
        _list("Services not verified", figures.services_unverified, most),
        _list("Due for review soonest", due, most),
    ]
    return "\n\n".join(parts)


def _size(figures: Figures) -> str:
    counts = [
        _many(figures.entries, "entry", "entries"),
        _many(sum(figures.asks.values()), "phrasing", "phrasings"),
        _many(figures.stories, "story", "stories"),
        _many(figures.services, "service", "services"),
        _many(figures.areas, "area", "areas"),
        _many(figures.terms, "term", "terms"),
    ]
    return f"{', '.join(counts)}."


def _counts(title: str, counts: Mapping[str, int]) -> str:
    return "\n".join([f"{title}:", *(f"  {count:>4}  {word}" for word, count in counts.items())])


def _asks(asks: Mapping[str, int], most: int | None) -> str:
    spread = Counter(asks.values())
    lines = [
        f"Phrasings per entry: from {min(asks.values(), default=0)} to "
        f"{max(asks.values(), default=0)}, median {middle(asks):g}.",
        *(f"  {spread[count]:>4}  with {count} phrasings" for count in sorted(spread)),
        f"  fewest: {_first(asks, most)}",
    ]
    return "\n".join(lines)


def _reading(ages: Mapping[str, float], most: int | None) -> str:
    if not ages:
        return f"Reading age: {WHY_NOT}."
    hard = sum(age > AIM for age in ages.values())
    return (
        f"Reading age, law lines excepted: median {middle(ages):g} years; {hard} above {AIM}.\n"
        f"  hardest: {_first(ages, most)}"
    )


def _first(values: Mapping[str, float] | Mapping[str, int], most: int | None) -> str:
    return ", ".join(f"{each} ({value:g})" for each, value in list(values.items())[:most])


def _list(title: str, items: Iterable[str], most: int | None) -> str:
    listed = list(items)
    if not listed:
        return f"{title}: none."
    lines = [f"{title} ({len(listed)}):", *(f"  {item}" for item in listed[:most])]
    if most is not None and len(listed) > most:
        lines.append(f"  and {len(listed) - most} more")
    return "\n".join(lines)


def changes_text(changes: Changes) -> str:
    """Say what a reload changed."""
    if not changes:
        return "Nothing has changed."
    lines = [
        f"{word}: {', '.join(ids)}"
        for word, ids in (
            ("Added", changes.added),
            ("Changed", changes.changed),
            ("Removed", changes.removed),
            ("Other files changed", changes.files),
        )
        if ids
    ]
    return "\n".join(lines)


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
