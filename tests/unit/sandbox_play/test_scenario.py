"""Scenario files: what they come to, and how they are refused."""

from datetime import time

import pytest

from sandbox.play import FOUNDING, OPENING, ScenarioError, load_scenario
from sandbox.play.steps import Advance, Expect, Post, Select, Slash


def load(tmp_path, text):
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path)


def steps(tmp_path, *lines):
    listed = "\n".join(f"  - {line}" for line in lines)
    return load(tmp_path, f"title: A story\nsteps:\n{listed}\n").steps


def test_a_post_and_what_must_come_of_it(tmp_path):
    post, expect = steps(
        tmp_path,
        '{as: mother, post: {forum: help, title: "Who?", body: Words, tags: School}}',
        '{expect: {in: "Who?", within: 2s, contains: [a, b], count: 0, pings: []}}',
    )
    assert post == Post(3, "mother", "help", "Who?", "Words", ("School",), "Who?")
    assert isinstance(expect, Expect)
    assert (expect.by, expect.within, expect.contains) == ("bot", 2.0, ("a", "b"))
    assert (expect.count, expect.pings, expect.lacks) == (0, (), ())


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("90s", Advance(3, seconds=90.0)),
        ("4h", Advance(3, seconds=14_400.0)),
        ("1.5d", Advance(3, seconds=129_600.0)),
        ("3 months", Advance(3, months=3)),
        ("Monday 06:40", Advance(3, weekday=0, at=time(6, 40))),
    ],
)
def test_ways_to_let_time_pass(tmp_path, words, wanted):
    assert steps(tmp_path, f"advance: {words}") == (wanted,)


def test_options_keep_their_types_and_no_is_a_word(tmp_path):
    (slash,) = steps(
        tmp_path,
        '{as: lead, slash: {in: chat, command: /ask, options: {n: 3, yes: true, text: "no"}}}',
    )
    assert isinstance(slash, Slash)
    assert slash.command == "ask"
    assert slash.options == {"n": 3, "yes": True, "text": "no"}


REFUSED = [
    ("", 1, "(the whole file)", "empty"),
    ("title: x\nsteps: [\n", 3, "(the whole file)", "line before"),
    ("- a\n- b\n", 1, "the scenario", "key: value"),
    ("steps: []\ntitle: x", 1, "steps", "dash"),
    ("title: x\ntitle: y\nsteps: []", 2, "title", "Take one of the two away"),
    ("title: x\nsteps:\n  - advance: soon\n", 3, "advance", "2s, 10m, 4h"),
    ("title: x\nsteps:\n  - advance: monday 26:00\n", 3, "advance", "06:40"),
    ("title: x\nsteps:\n  - as: nobody\n    archive: a\n", 3, "as", "no 'nobody' in the town"),
    ("title: x\nsteps:\n  - archive: a\n", 3, "as", "Add `as:`"),
    ("title: x\nsteps:\n  - as: mother\n", 3, "step 1", "exactly one of"),
    ("title: x\nsteps:\n  - note: a\n    advance: 1h\n", 3, "step 1", "note and advance"),
    ("title: x\nsteps:\n  - expect:\n      in: a\n      conatins: b\n", 5, "conatins", "slip"),
    ("title: x\nsteps:\n  - expect:\n      in: a\n      count: two\n", 5, "count", "digits"),
    ("title: x\nsteps:\n  - as: lead\n    reply: {in: a}\n", 4, "text", "Add `text:`"),
    ("title: x\nsteps:\n  - note: []\n", 3, "note", "quotes"),
    ("title: x\nsteps:\n  - note: a\nwhen: now\n", 4, "when", "slip"),
]


@pytest.mark.parametrize(("text", "line", "field", "said"), REFUSED)
def test_a_refusal_names_the_place_and_the_mend(tmp_path, text, line, field, said):
    with pytest.raises(ScenarioError) as refused:
        load(tmp_path, text)
    assert (refused.value.spot.line, refused.value.spot.field) == (line, field)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"story.yaml, line {line}, {field}: expected ")


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(ScenarioError, match="cannot be opened"):
        load_scenario(tmp_path / "nothing.yaml")
    (tmp_path / "odd.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="cannot be opened"):
        load_scenario(tmp_path / "odd.yaml")


def test_the_scenarios_that_come_with_the_house():
    opening, founding = load_scenario(OPENING), load_scenario(FOUNDING)
    menus = [step.menu for step in opening.steps if isinstance(step, Select)]
    assert menus == [
        "al-setup:help",
        "al-setup:volunteer-role",
        "al-setup:lead-role",
        "al-setup:volunteers",
    ]
    assert sum(isinstance(step, Expect) for step in founding.steps) >= 10
    assert any(isinstance(step, Advance) and step.months == 3 for step in founding.steps)
