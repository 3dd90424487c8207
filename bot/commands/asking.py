"""`alongside ask`: what the bot would say to a question, and why."""

from __future__ import annotations

import argparse

from bot.bootstrap import snapshot
from bot.care.assess import assess
from bot.care.card import card_for
from bot.cases.nation import Nation
from bot.guidance.plain import plain
from bot.matching.explain import explain
from bot.services.asking import answers
from bot.services.heard import parts_of
from bot.settings import Settings

NATIONS = [nation.value for nation in Nation if nation is not Nation.UK]
RULE = "\n" + "─" * 72 + "\n"


def ask(settings: Settings, options: argparse.Namespace) -> int:
    """Print the reply as plain text; with `--explain`, the evidence after it."""
    taken = snapshot(settings.knowledge, settings.cache)
    nation = Nation(options.nation)
    concern = assess(options.question, taken.playbook)
    hearing = taken.matcher.hear(options.question, nation=nation)
    if concern is not None:
        card = card_for(taken.playbook, concern, hearing.nation or nation)
        lines = (card.opening, *card.lines, *(s.line for s in card.services), card.closing)
        print("\n\n".join(lines))
    elif not hearing.parts:
        print("The bot would say nothing: nothing here asks for a reply.")
    else:
        replies = answers(taken.knowledge, parts_of(hearing), hearing.nation or nation)
        print(RULE.join(map(plain, replies)))
    if options.explain:
        print(RULE + explain(hearing))
        if concern is not None:
            print(f"Someone may be in danger: {concern.level}, {concern.who}, {concern.flow}.")
            print(f"Heard by: {concern.heard_by}.")
    return 0
