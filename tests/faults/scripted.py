"""The knowledge as it is, and a matcher that hears what a post says literally."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml

from bot.care.playbook import Playbook
from bot.guidance.knowledge import load_knowledge
from bot.services.library import Snapshot
from tests.service.fakes import ScriptedMatcher

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@functools.cache
def scripted_snapshot() -> Snapshot:
    """Load the knowledge once; see tests/README.md for what posts say to the matcher."""
    playbook = yaml.safe_load((KNOWLEDGE / "urgent.yaml").read_text(encoding="utf-8"))
    return Snapshot(
        knowledge=load_knowledge(KNOWLEDGE),
        matcher=ScriptedMatcher(),
        playbook=Playbook.from_mapping(playbook),
        helplines=frozenset(),
    )
