"""The check a volunteer runs: every rule over the whole knowledge, with nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.guidance.pages import Page, Pages, read_folder
from bot.guidance.problem import Problem, Weight
from bot.guidance.references import reference_problems
from bot.guidance.rules.asks import ask_problems
from bot.guidance.rules.contacts import contact_problems
from bot.guidance.rules.force import force_problems
from bot.guidance.rules.hygiene import hygiene_problems
from bot.guidance.rules.nations import nation_problems
from bot.guidance.rules.review import future_problems, review_problems
from bot.guidance.rules.shape import shape_problems
from bot.guidance.rules.tone import tone_problems


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    entries: int
    """How many entries could be read."""
    problems: tuple[Problem, ...]
    """What must be mended before the check passes."""
    warnings: tuple[Problem, ...]
    """What an editor should look at; the check passes with them."""

    @property
    def clean(self) -> bool:
        """Tell whether the check passes."""
        return not self.problems


def check_knowledge(root: Path, today: date | None = None) -> Report:
    """Check the folder `knowledge/`. Reads files and blocks: call it off the event loop.

    Without `today`, days that have not come yet are not looked for.
    """
    pages = read_folder(root)
    ahead = [each for page in pages.entries for each in future_problems(page, today or date.max)]
    found = sorted({*pages.problems, *reference_problems(pages), *_rule_problems(pages), *ahead})
    return Report(
        entries=len(pages.entries),
        problems=tuple(each for each in found if each.weight is not Weight.ADVISE),
        warnings=tuple(each for each in found if each.weight is Weight.ADVISE),
    )


def _rule_problems(pages: Pages) -> Iterator[Problem]:
    for page in pages.entries:
        yield from page_problems(page)
        if pages.services:
            services = {service.id: service for service in pages.services.services}
            yield from nation_problems(page, services)
    yield from ask_problems(pages.entries)
    if pages.services:
        yield from contact_problems(pages.services, pages.readers["services.yaml"])


def page_problems(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with one entry, whatever the others say."""
    for rule in (shape_problems, force_problems, hygiene_problems, review_problems, tone_problems):
        yield from rule(page)
