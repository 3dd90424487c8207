"""Scenarios: what people do in the town over days and months, and what must come of it."""

from sandbox.play.player import play
from sandbox.play.problems import ScenarioError
from sandbox.play.scenario import FOUNDING, OPENING, load_scenario
from sandbox.play.steps import Scenario
from sandbox.play.transcript import Entry, EntryKind, Transcript

__all__ = [
    "FOUNDING",
    "OPENING",
    "Entry",
    "EntryKind",
    "Scenario",
    "ScenarioError",
    "Transcript",
    "load_scenario",
    "play",
]
