"""Five hundred broken copies of real files: each refused with a place, or loaded truly."""

from __future__ import annotations

import random

import pytest
import yaml

from bot.guidance.entry_form import ENTRY
from bot.guidance.pages import read_entry
from bot.guidance.problem import Problem

from .conftest import ROOT

SEEDS = range(500)
SOURCES = sorted((ROOT / "entries").rglob("*.yaml"))
SHRAPNEL = [
    "\t", "\0", ":", ": ", "- ", "&a ", "*a", "!x ", "|", ">", "'", '"', "[", "]", "{", "}", "#",
    "%", "@", "`", "\\", "---\n", "...\n", "? ", "\r", "\ufeff", "\u2028", "\x85", "🙂", "no", "~",
    "null", "\n", "\n\n", "  ", "<<: ", "\ud7ff", "\x07",
]  # fmt: skip


def mutate(text: str, chance: random.Random) -> bytes:
    """Break a text in one to four places, as slips of a hand, an editor or an enemy would."""
    for _ in range(chance.randint(1, 4)):
        lines = text.split("\n")
        at, line = chance.randrange(len(text) or 1), chance.randrange(len(lines))
        match chance.randrange(9):
            case 0:
                text = text[:at] + chance.choice(SHRAPNEL) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 40) :]
            case 2:
                lines[line] = " " * chance.randint(1, 3) + lines[line]
                text = "\n".join(lines)
            case 3:
                lines[line] = lines[line].lstrip()
                text = "\n".join(lines)
            case 4:
                lines.insert(line, lines[chance.randrange(len(lines))])
                text = "\n".join(lines)
            case 5:
                del lines[line]
                text = "\n".join(lines)
            case 6:
                lines[line] = lines[line].replace(":", "", 1)
                text = "\n".join(lines)
            case 7:
                text = text[:at]
            case _:
                name, _, _ = lines[line].partition(":")
                lines[line] = f"{name}: {chance.choice(SHRAPNEL)}"
                text = "\n".join(lines)
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.05:
        at = chance.randrange(len(data) or 1)
        data = data[:at] + bytes([chance.randrange(128, 256)]) + data[at:]
    return data


@pytest.mark.parametrize("block", range(10))
def test_each_is_refused_in_place_or_loaded_truly(block: int) -> None:
    outcomes = [outcome(seed) for seed in SEEDS[block * 50 : block * 50 + 50]]

    assert "refused" in outcomes
    assert set(outcomes) <= {"refused", "loaded"}


def outcome(seed: int) -> str:
    chance = random.Random(seed)
    path = chance.choice(SOURCES)
    data = mutate(path.read_text("utf-8"), chance)
    problems: list[Problem] = []
    page = read_entry(data, path.name, problems)
    if page is None:
        assert problems, f"seed {seed}: refused without a word"
        lines = data.decode("utf-8", "replace").split("\n")
        for problem in problems:
            assert 1 <= problem.line <= len(lines) + 1, f"seed {seed}: {problem}"
            assert problem.column >= 1
            assert all((problem.found, problem.expected, problem.mend)), f"seed {seed}"
        return "refused"
    assert not problems
    assert_true(page.entry.asks, page.entry.short, data, seed)
    return "loaded"


def assert_true(asks: tuple[str, ...], short: str, data: bytes, seed: int) -> None:
    """Compare with what a plain YAML reader takes from the same bytes, all as words."""
    plain = yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)
    assert asks == tuple(each.strip() for each in plain["asks"]), f"seed {seed}"
    assert short == plain["short"].strip(), f"seed {seed}"
    assert set(plain) <= {field.name for field in ENTRY.fields}, f"seed {seed}"


def test_nothing_at_all_is_refused_too() -> None:
    problems: list[Problem] = []
    assert read_entry(b"just words", "x.yaml", problems) is None
    assert problems[0].expected == "fields with values"
