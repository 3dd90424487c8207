"""`alongside knowledge …`: look after the knowledge base from a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.bootstrap import check_links, is_answer, today
from bot.guidance.knowledge import load_knowledge
from bot.guidance.links import links as named_links
from bot.guidance.lint import check_knowledge
from bot.guidance.render import check_text, report_text
from bot.guidance.report import figures
from bot.guidance.schema import write_schemas
from bot.settings import Settings

OFFLINE = (
    "Not one of them could be reached. This computer seems to be offline, so nothing is known "
    "about the addresses. Please try again once it is connected."
)


def check(settings: Settings) -> int:
    """Print every problem with its file, line and mend; return 1 if anything must be mended."""
    report = check_knowledge(settings.knowledge, today())
    print(check_text(report))
    return 1 if report.problems else 0


def report(settings: Settings) -> int:
    """Print counts by status, mark and nation, readability and what is thin."""
    print(report_text(figures(load_knowledge(settings.knowledge)), full=True))
    return 0


def schema(settings: Settings) -> int:
    """Write the JSON Schemas with which editors complete and underline."""
    for path in write_schemas(settings.knowledge):
        print(path)
    return 0


def links(settings: Settings) -> int:
    """Ask every address the knowledge names whether it still answers; return 1 if one does not.

    The only command that reaches out to the web.
    """
    named = named_links(load_knowledge(settings.knowledge))
    print(f"Asking {len(named)} addresses …")
    dead = check_links(named)
    if named and len(dead) == len(named) and not any(map(is_answer, dead.values())):
        print(OFFLINE)
        return 1
    for url, fault in dead.items():
        print(f"{url}: {fault}\n  named in {', '.join(named[url])}")
    print("Every address answers." if not dead else f"{len(dead)} of {len(named)} do not answer.")
    return 1 if dead else 0


ACTIONS: Mapping[str, Callable[[Settings], int]] = {
    "check": check,
    "links": links,
    "report": report,
    "schema": schema,
}


def run(settings: Settings, what: str) -> int:
    """Carry out one of the actions."""
    return ACTIONS[what](settings)
