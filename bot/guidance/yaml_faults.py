"""The YAML parser's messages, put so that someone who has never seen YAML can act on them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from bot.guidance.problem import Problem, quoted


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a part of the parser's message tells a volunteer."""

    part: str
    found: str
    expected: str
    mend: str


_QUOTES = 'Put the whole text in double quotes, for example:  - "School said: come alone"'
_SET_IN = "Line it up with its neighbours: items of one list start in the same column."
_BRACKETS = "Close the list, for example:  keywords: [supporter, alone]"

_LETTER = "a text that starts with a letter or stands in quotes"

_MEANINGS = (
    Meaning(
        "mapping values are not allowed",
        "a colon with a space after it, inside a text",
        "one colon, after the field’s name",
        _QUOTES,
    ),
    Meaning(
        "sequence entries are not allowed",
        "a dash where a text belongs",
        "the list's items on lines of their own, below the name",
        "Start a new line, set in by two spaces, for the first dash.",
    ),
    Meaning(
        "mapping keys are not allowed", "a question mark at the start of a text", _LETTER, _QUOTES
    ),
    Meaning(
        "cannot start any token",
        "a text that begins with a character with a meaning in YAML (@ ` % or similar)",
        _LETTER,
        _QUOTES,
    ),
    Meaning(
        "while scanning a quoted scalar: found unexpected end",
        "a quote that is never closed",
        "a quote at both ends of the text",
        'Add the missing quote at the end of the text: "like this"',
    ),
    Meaning(
        "unexpected end of stream",
        "a quote that is never closed",
        "a quote at both ends of the text",
        'Add the missing quote at the end of the text: "like this"',
    ),
    Meaning(
        "escape",
        "a backslash inside double quotes",
        "ordinary characters",
        "Delete the backslash, or use single quotes instead of double ones.",
    ),
    Meaning(
        "hexdecimal",
        "a backslash inside double quotes",
        "ordinary characters",
        "Delete the backslash, or use single quotes instead of double ones.",
    ),
    Meaning(
        "',' or ']'",
        "a list in square brackets that is never closed",
        "a closing bracket, and commas between the items",
        _BRACKETS,
    ),
    Meaning(
        "',' or '}'",
        "a curly bracket that is never closed",
        "a text without curly brackets, or in quotes",
        _QUOTES,
    ),
    Meaning(
        "node content", "a bracket, comma or other mark where a text belongs", _LETTER, _QUOTES
    ),
    Meaning(
        "comment or line break",
        "text straight after > or |",
        "the text on the next line, set in by two spaces",
        "Start a new line after >- and set the text in.",
    ),
    Meaning(
        "chomping",
        "text straight after > or |",
        "the text on the next line, set in by two spaces",
        "Start a new line after >- and set the text in.",
    ),
    Meaning(
        "could not find expected ':'",
        "a line without a field’s name",
        "a name, a colon and a value; or a line set in as part of the text above",
        "Put a colon and a space after the field’s name; or set the line in by two spaces if it "
        "belongs to the text above.",
    ),
    Meaning(
        "directive",
        "a line that begins with %",
        "fields with their values",
        "Put the text in quotes, or delete the line.",
    ),
    Meaning(
        "document",
        "a line of dashes, dots or a % sign that YAML gives a meaning",
        "one document of fields and values",
        "Delete that line.",
    ),
    Meaning("scanning an alias", "a text that begins with a star", _LETTER, _QUOTES),
    Meaning("scanning an anchor", "a text that begins with &", _LETTER, _QUOTES),
    Meaning(
        "'-' indicator",
        "a field in the middle of a list",
        "either only dashes or only fields at one level",
        _SET_IN,
    ),
    Meaning(
        "expected key",
        "a line that is not set in like its neighbours",
        "fields and items lined up under each other",
        _SET_IN,
    ),
    Meaning(
        "block end",
        "a line that is not set in like its neighbours",
        "fields and items lined up under each other",
        _SET_IN,
    ),
)
_AFTER_QUOTE = Meaning(
    "",
    "more text after a closing quote",
    "the whole text in one pair of quotes",
    'Put the whole of it in double quotes and use curly quotes inside: "“No” is all they say"',
)
_NAMELESS = (
    # how the line begins, where the parser misses a field's name · what that is
    (
        re.compile(r"-[^\s-]"),
        Meaning(
            "",
            "a dash with no space after it",
            "a dash, a space and the text",
            "Put a space after the dash, for example:  - Ask for the papers.",
        ),
    ),
    (
        re.compile(r"\w+:\S"),
        Meaning(
            "",
            "a colon with no space after it",
            "a name, a colon, a space and the value",
            "Put a space after the colon, for example:  cluster: meetings",
        ),
    ),
    (
        re.compile(r"\s"),
        Meaning(
            "",
            "an odd space, as word processors make, at the start of a line",
            "ordinary spaces only",
            "Delete the spaces at the start of the line and type them again.",
        ),
    ),
)
_PUZZLE = Meaning("", "something YAML does not understand", "fields and values", _SET_IN)


def explain_fault(fault: yaml.MarkedYAMLError, file: str, text: str) -> Problem:
    """Turn a parser's error into a located problem."""
    line, column = _where(fault, text)
    said = f"{fault.context or ''}: {fault.problem or ''}"
    meant = next((each for each in _MEANINGS if each.part in said), _PUZZLE)
    if "could not find expected ':'" in said:
        start = text.split("\n")[line - 1][column - 1 :]
        meant = next((known for begins, known in _NAMELESS if begins.match(start)), meant)
    if _follows_a_quote(text, line, column):
        meant = _AFTER_QUOTE
    found = f"{meant.found}, near {_near(text, line)}"
    return Problem(file, line, column, "", found, meant.expected, meant.mend)


def _where(fault: yaml.MarkedYAMLError, text: str) -> tuple[int, int]:
    """Place the fault: what is not finished is shown where it begins, not where it was missed."""
    mark = fault.problem_mark or fault.context_mark
    unfinished = ("end of stream", "',' or", "could not find expected ':'")
    if any(sign in str(fault.problem) for sign in unfinished) and fault.context_mark is not None:
        mark = fault.context_mark
    if mark is None:
        return 1, 1
    return min(mark.line, text.count("\n")) + 1, mark.column + 1


def _follows_a_quote(text: str, line: int, column: int) -> bool:
    """Tell whether the fault lies right behind a quoted text on the same line."""
    before = text.split("\n")[line - 1][: column - 1].rstrip()
    return len(before) > 1 and before[-1] in "\"'" and before.count(before[-1]) > 1


def _near(text: str, line: int) -> str:
    lines = text.split("\n")
    return quoted(lines[line - 1]) if line <= len(lines) else "the end"
