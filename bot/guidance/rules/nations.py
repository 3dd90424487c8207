"""Whose law it is: what holds in England is never given as if it held elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.cases.nation import Nation
from bot.guidance.directory import Service
from bot.guidance.pages import Page
from bot.guidance.problem import Problem, Weight, quoted
from bot.guidance.rules.places import answer_texts

_ENGLISH_PART = re.compile(
    r"Children and Families Act 2014,? (?:Part 3|sections? (?:19|[2-7]\d|8[0-3])\b)"
)
_EVERYWHERE = re.compile(
    r"\b(UK law|law in the UK|(?:across|anywhere in|throughout) (?:the UK|Britain))\b"
)


def nation_problems(page: Page, services: Mapping[str, Service]) -> Iterator[Problem]:
    """Yield signposts and laws that belong to another nation than the entry."""
    yield from _signposts(page, services)
    nations = page.entry.nations
    if not {Nation.ENGLAND, Nation.UK} & set(nations):
        for number, line in enumerate(page.entry.law):
            if _ENGLISH_PART.search(line.ref):
                mend = "Name the law of this nation, or say plainly that this line is England’s."
                found, expected = quoted(line.ref), f"law that holds in {_joined(nations)}"
                at = ("law", number, "ref")
                yield page.reader.problem(at, found, expected, mend, Weight.ADVISE)
    if nations == (Nation.ENGLAND,):
        for path, text in answer_texts(page.entry):
            if match := _EVERYWHERE.search(text):
                mend = "Say “in England”, or confirm it for each nation and change nations."
                found = quoted(match.group())
                yield page.reader.problem(path, found, "England only", mend, Weight.ADVISE)


def _signposts(page: Page, services: Mapping[str, Service]) -> Iterator[Problem]:
    nations = page.entry.nations
    for number, each in enumerate(page.entry.signposts):
        service = services.get(each)
        if service and not any(service.serves(nation) for nation in nations):
            found = f"{quoted(each)}, which serves {_joined(service.nations)}"
            expected = f"a service for {_joined(nations)}"
            mend = "Choose another service, or take this one out."
            at = ("signposts", number)
            yield page.reader.problem(at, found, expected, mend, Weight.MEND)


def _joined(nations: tuple[Nation, ...]) -> str:
    return " and ".join(nation.value for nation in nations)
