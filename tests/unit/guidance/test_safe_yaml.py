"""YAML that could surprise, exhaust or mislead is refused, with the place and the mend."""

from __future__ import annotations

import time

import pytest
import yaml

from bot.guidance.safe_yaml import MAX_BYTES, MAX_NODES, Refused, read_yaml
from bot.guidance.tree import Listing, Scalar, Table


def refused(text: str | bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        read_yaml(text if isinstance(text, bytes) else text.encode(), "some.yaml")
    return caught.value


def test_words_stay_words_and_know_their_place() -> None:
    tree = read_yaml(b"answer: no\nyear: 2014\nlist:\n  - on\n  - '~'\n", "some.yaml")

    assert isinstance(tree, Table)
    values = {name.text: value for name, value in tree.fields}
    assert values["answer"] == Scalar("no", 1, 9, plain=True)
    assert values["year"] == Scalar("2014", 2, 7, plain=True)
    listing = values["list"]
    assert isinstance(listing, Listing)
    assert listing.items == (Scalar("on", 4, 5, plain=True), Scalar("~", 5, 5, plain=False))


REFUSALS = [
    ("a: &here x\nb: y\n", 1, 4, "an anchor"),
    ("a: x\nb: *here\n", 2, 4, "an alias"),
    ("a: !!python/object:os.system x\n", 1, 4, "a tag"),
    ("a: !secret x\n", 1, 4, "a tag"),
    ("a: 1\nb: 2\na: 3\n", 3, 1, "the field “a” again (first on line 1)"),
    ("a: 1\n---\nb: 2\n", 2, 1, "a second document"),
    ("a:\n\t- x\n", 2, 1, "a tab"),
    ("a: x\0y\n", 1, 5, "an invisible NUL"),
    ("", 1, 1, "an empty file"),
    ("# only a comment\n", 1, 1, "an empty file"),
    ("a: can they: really\n", 1, 12, "a colon with a space after it"),
    ("a: [one, two\n", 1, 4, "a list in square brackets that is never closed"),
    ('a: "one\nb: two\n', 1, 4, "a quote that is never closed"),
    ("a:\n  - one\n - two\n", 3, 2, "a line that is not set in like its neighbours"),
    ("a: @home\n", 1, 4, "a text that begins with a character with a meaning"),
    ("a: 'it's'\n", 1, 8, "more text after a closing quote"),
    ('a: "\\q"\n', 1, 5, "a backslash inside double quotes"),
    ("- a\nb: c\n", 2, 1, "a field in the middle of a list"),
    ("[a]: b\n", 1, 1, "a list where a field’s name belongs"),
    ("a: ring me # after six\n", 1, 12, "a # with a space before it, inside a text"),
    ("a:\n  - over two\n    lines # so\n", 3, 11, "a # with a space before it"),
    ("a: x\nb:y\nc: z\n", 2, 1, "a colon with no space after it"),
    ("a: x\nb y\nc: z\n", 2, 1, "a line without a field’s name"),
    ("a:\n  - x\n  -y\n  - z\n", 3, 3, "a dash with no space after it"),
    ("a:\n  - x\n\u00a0\u00a0- y\nb: z\n", 3, 1, "an odd space"),
]


@pytest.mark.parametrize(("text", "line", "column", "found"), REFUSALS)
def test_what_is_refused_is_placed(text: str, line: int, column: int, found: str) -> None:
    problem = refused(text).problem

    assert (problem.line, problem.column) == (line, column)
    assert problem.found.startswith(found)
    assert problem.expected
    assert problem.mend


@pytest.mark.parametrize(("text", "line"), [(text, line) for text, line, _, _ in REFUSALS])
def test_the_parser_without_libyaml_refuses_the_same(
    monkeypatch: pytest.MonkeyPatch, text: str, line: int
) -> None:
    monkeypatch.setattr("bot.guidance.safe_yaml.LOADER", yaml.SafeLoader)

    assert refused(text).problem.line == line


def test_text_that_is_not_utf8_is_refused_on_its_line() -> None:
    problem = refused(b"a: x\nb: caf\xe9\n").problem

    assert problem.line == 2
    assert "UTF-8" in problem.mend


def test_control_characters_are_refused_on_their_line() -> None:
    assert refused("a: x\nb: y\x07z\n").problem.line == 2


def test_a_byte_order_mark_is_no_fault() -> None:
    assert isinstance(read_yaml("a: x\n".encode("utf-8-sig"), "some.yaml"), Table)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "- " * 100_000,
        "a:\n" + "".join(f"{' ' * depth}b:\n" for depth in range(1, 400)),
        "? " * 50_000,
        "- x\n" * (MAX_NODES + 1),
        "[" + "a," * 60_000 + "]",
        "{" + "".join(f"k{n}: v, " for n in range(15_000)) + "}",
        "a: " + '"' * 200_000,
        "a: x\n" * 40_000,
        "x" * (MAX_BYTES + 1),
        "a: '" + "\n" * 200_000,
        "&a " * 60_000,
        "a: |\n" + " \n" * 100_000 + "b",
    ],
)
def test_hostile_files_are_refused_quickly(text: str) -> None:
    start = time.process_time()
    refused(text)
    assert time.process_time() - start < 1.0


def test_a_note_on_its_own_line_or_after_a_list_is_no_loss() -> None:
    tree = read_yaml(b"# note\na: C#\nb: [x] # note\nc: # note\n  - '#1' # note\n", "some.yaml")

    assert isinstance(tree, Table)
    assert [name.text for name, _ in tree.fields] == ["a", "b", "c"]
