"""The guide for volunteers shows an entry that passes, and true messages for ten mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import MODEL, Folder

GUIDE = Path(__file__).parents[3] / "docs/writing-knowledge.md"
EXAMPLE = "entries/meetings/meeting-by-phone.yaml"

MISTAKES = [
    (
        "A colon inside a text",
        "  - They say meetings are face to face only",
        "  - They say: meetings are face to face only",
    ),
    (
        "A text that begins with a quote",
        "  - They say meetings are face to face only",
        '  - "Face to face only" is what they say',
    ),
    (
        "A quote that is never closed",
        "title: Can we have the meeting by phone or video?",
        'title: "Can we have the meeting by phone or video?',
    ),
    (
        "A line that does not line up",
        "  - Offer two or three times when you can talk.",
        " - Offer two or three times when you can talk.",
    ),
    (
        "The tab key",
        "  - Offer two or three times when you can talk.",
        "\t- Offer two or three times when you can talk.",
    ),
    ("A field’s name misspelt", "signposts: [", "sign_posts: ["),
    ("A date the British way", "checked: 2026-11-23", "checked: 23/11/2026"),
    ("A service that is not in the directory", "sendiass-finder, ipsea", "sendiass, ipsea"),
    (
        "A phone number in an entry",
        "  - Email the school.",
        "  - Email the school, or ring the helpline on 07700 900123.",
    ),
    (
        "Guidance that says must",
        "says: Schools should meet parents",
        "says: Schools must meet parents",
    ),
]


@pytest.fixture
def example(folder: Folder) -> Folder:
    """The folder with the guide's own example in place of the model entry."""
    (folder.root / MODEL).unlink()
    entry = re.search(r"```yaml\n(id: .*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert entry
    text = entry.group(1).replace("[preparing-for-school-meeting]", "[]")
    folder.write(text, EXAMPLE)
    return folder


def test_the_example_passes(example: Folder) -> None:
    assert example.check().clean


@pytest.mark.parametrize(("name", "old", "new"), MISTAKES, ids=lambda text: text.strip()[:40])
def test_each_mistake_is_shown_with_what_the_checker_says(
    example: Folder, name: str, old: str, new: str
) -> None:
    example.swap(old, new, EXAMPLE)
    problems = example.check().problems
    guide = GUIDE.read_text("utf-8")

    assert f". {name}\n" in guide
    assert len(problems) == 1
    assert str(problems[0]) in guide
