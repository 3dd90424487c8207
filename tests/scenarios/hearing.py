"""All the knowledge with a matcher that a scenario speaks to, or with the one that ships."""

from __future__ import annotations

import getpass
import tempfile
from dataclasses import replace
from pathlib import Path

import yaml

from bot.bootstrap import matcher_for
from bot.care.playbook import Playbook
from bot.guidance.knowledge import load_knowledge
from bot.services.library import Snapshot
from tests.service.fakes import ScriptedMatcher

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
VECTORS = Path(tempfile.gettempdir()) / f"alongside-vectors-{getpass.getuser()}"
FEW = (
    "ehc-timescales",
    "informal-exclusion",
    "removed-from-sen-register",
    "supporter-refused-at-meeting",
)
"""What the real matcher learns here: all of the knowledge would take it minutes at first."""


def scripted_snapshot() -> Snapshot:
    """Hear a post by script: `?entry`, `~one,other`, `??`."""
    urgent = yaml.safe_load((KNOWLEDGE / "urgent.yaml").read_text(encoding="utf-8"))
    return Snapshot(
        load_knowledge(KNOWLEDGE), ScriptedMatcher(), Playbook.from_mapping(urgent), frozenset()
    )


def real_snapshot(scripted: Snapshot) -> Snapshot:
    """Hear a post as the bot does; vectors are kept between runs."""
    known = scripted.knowledge.entries
    few = replace(scripted.knowledge, entries={each: known[each] for each in FEW})
    return replace(scripted, matcher=matcher_for(few, VECTORS))
