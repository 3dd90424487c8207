"""From a YAML file to a Scenario."""

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path

import yaml

from sandbox.play.places import PEOPLE
from sandbox.play.problems import ScenarioError, Spot
from sandbox.play.reading import Table, parse
from sandbox.play.steps import (
    Advance,
    Archive,
    Click,
    Expect,
    Note,
    NothingNew,
    Panel,
    Post,
    Say,
    Scenario,
    Select,
    Slash,
    Step,
    Submit,
)

__all__ = ["FOUNDING", "OPENING", "ScenarioError", "load_scenario"]

OPENING = Path(__file__).parent / "opening.yaml"
FOUNDING = Path(__file__).parent / "founding-thread.yaml"
SOON = 5.0
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = re.compile(r"(\d+) months?")
_NEXT = re.compile(rf"({'|'.join(_DAYS)}) (\d\d?):(\d\d)", re.IGNORECASE)
BOT = "bot"


def load_scenario(path: Path) -> Scenario:
    """Read a scenario; raises ScenarioError with the place and the mend."""
    file = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        spot = Spot(file, 1, "(the whole file)")
        mend = f"It cannot be opened: {wrong}."
        raise ScenarioError(spot, "a readable text file", mend) from wrong
    root = Table(file, parse(file, text), "the scenario")
    title = root.text("title")
    steps = root.read("steps", lambda node, key: _steps(root, node, key))
    root.finish(("title", "steps"))
    return Scenario(title, steps)


def _steps(root: Table, node: yaml.Node, key: str) -> tuple[Step, ...]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        root.refuse(node, key, "a list of steps", "Begin each step with a dash.")
    numbered = enumerate(node.value, start=1)
    return tuple(_step(Table(root.file, item, f"step {at}")) for at, item in numbered)


def _step(step: Table) -> Step:
    verbs = [name for name in step.left if name in _READERS]
    if len(verbs) != 1:
        spot = Spot(step.file, step.line, step.name)
        found = f"It has {' and '.join(verbs)}." if verbs else f"It has {', '.join(step.left)}."
        raise ScenarioError(spot, f"exactly one of {', '.join(_READERS)}", found)
    made = _READERS[verbs[0]](step)
    step.finish(("as", verbs[0]))
    return made


def _person(step: Table) -> str:
    return step.read("as", lambda node, key: _named(step, node, key, PEOPLE))


def _named(table: Table, node: yaml.Node, key: str, known: tuple[str, ...]) -> str:
    name = table.as_text(node, key)
    if name not in known:
        table.refuse(node, key, f"one of {', '.join(known)}", f"There is no {name!r} in the town.")
    return name


def _note(step: Table) -> Step:
    return Note(step.line, step.text("note"))


def _post(step: Table) -> Step:
    who, post = _person(step), step.table("post")
    forum, title, body = post.text("forum"), post.text("title"), post.text("body")
    tags, name = post.texts("tags", ()), post.text("name", title)
    post.finish(("forum", "title", "body", "tags", "name"))
    return Post(step.line, who, forum, title, body, tags, name)


def _say(step: Table) -> Step:
    who, reply = _person(step), step.table("reply")
    place, text, to = reply.text("in"), reply.text("text"), reply.text("to", "")
    reply.finish(("in", "text", "to"))
    return Say(step.line, who, place, text, to)


def _slash(step: Table) -> Step:
    who, slash = _person(step), step.table("slash")
    place, command = slash.text("in"), slash.text("command").removeprefix("/")
    options = slash.values("options")
    slash.finish(("in", "command", "options"))
    return Slash(step.line, who, place, command, options)


def _click(step: Table) -> Step:
    who, click = _person(step), step.table("click")
    place, button, on = click.text("in"), click.text("button"), click.text("on", "")
    click.finish(("in", "button", "on"))
    return Click(step.line, who, place, button, on)


def _select(step: Table) -> Step:
    who, select = _person(step), step.table("select")
    place, menu, on = select.text("in"), select.text("menu"), select.text("on", "")
    choose = select.texts("choose")
    select.finish(("in", "menu", "choose", "on"))
    return Select(step.line, who, place, menu, choose, on)


def _submit(step: Table) -> Step:
    who = _person(step)
    return Submit(step.line, who, step.values("submit"))


def _archive(step: Table) -> Step:
    return Archive(step.line, _person(step), step.text("archive"), archived=True)


def _unarchive(step: Table) -> Step:
    return Archive(step.line, _person(step), step.text("unarchive"), archived=False)


def _advance(step: Table) -> Step:
    return step.read("advance", lambda node, key: _push(step, node, key))


def _push(step: Table, node: yaml.Node, key: str) -> Advance:
    words = step.as_text(node, key)
    if months := _MONTHS.fullmatch(words):
        return Advance(step.line, months=int(months[1]))
    if named := _NEXT.fullmatch(words):
        hour, minute = int(named[2]), int(named[3])
        if hour > 23 or minute > 59:
            step.refuse(node, key, "a time of day", "Write it as 06:40 or 17:05.")
        at = time(hour, minute)
        return Advance(step.line, weekday=_DAYS.index(named[1].lower()), at=at)
    return Advance(step.line, seconds=step.as_duration(node, key))


_EXPECT = ("in", "from", "within", "contains", "lacks", "count", "pings", "seen_by")


def _expect(step: Table) -> Step:
    held = step.table("expect")
    known = (BOT, *PEOPLE)
    made = Expect(
        line=step.line,
        place=held.text("in"),
        by=held.read("from", lambda node, key: _named(held, node, key, known), BOT),
        within=held.duration("within", SOON),
        contains=held.texts("contains", ()),
        lacks=held.texts("lacks", ()),
        count=held.number("count", None),
        pings=held.texts("pings", None),
        seen_by=held.read("seen_by", lambda node, key: _named(held, node, key, PEOPLE), ""),
    )
    held.finish(_EXPECT)
    return made


def _nothing_new(step: Table) -> Step:
    held = step.table("expect_nothing_new")
    known = (BOT, *PEOPLE)
    by = held.read("from", lambda node, key: _named(held, node, key, known), BOT)
    made = NothingNew(step.line, held.texts("in"), by)
    held.finish(("in", "from"))
    return made


def _panel(step: Table) -> Step:
    held = step.table("expect_panel")
    made = Panel(
        line=step.line,
        place=held.text("in"),
        titled=held.text("titled"),
        within=held.duration("within", SOON),
        contains=held.texts("contains", ()),
        lacks=held.texts("lacks", ()),
    )
    held.finish(("in", "titled", "within", "contains", "lacks"))
    return made


_READERS: dict[str, Callable[[Table], Step]] = {
    "note": _note,
    "post": _post,
    "reply": _say,
    "slash": _slash,
    "click": _click,
    "select": _select,
    "submit": _submit,
    "archive": _archive,
    "unarchive": _unarchive,
    "advance": _advance,
    "expect": _expect,
    "expect_nothing_new": _nothing_new,
    "expect_panel": _panel,
}
