"""`alongside knowledge …`: look after the knowledge base from a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.guidance.knowledge import load_knowledge
from bot.guidance.lint import check_knowledge
from bot.guidance.render import check_text, report_text
from bot.guidance.report import figures
from bot.guidance.schema import write_schemas
from bot.settings import Settings


def check(settings: Settings) -> int:
    """Print every problem with its file, line and mend; return 1 if anything must be mended."""
    report = check_knowledge(settings.knowledge)
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


ACTIONS: Mapping[str, Callable[[Settings], int]] = {
    "check": check,
    "report": report,
    "schema": schema,
}


def run(settings: Settings, what: str) -> int:
    """Carry out one of the actions."""
    return ACTIONS[what](settings)
