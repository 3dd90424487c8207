"""Every answer fits into a message of Discord's, and says so when it had to be shortened."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest

from bot.adapters.discord.fitting import pages
from bot.adapters.discord.rendering import (
    LAYOUT_ROOM,
    LAYOUT_TEXT,
    PLAIN_TEXT,
    layout,
    plain_message,
    plain_messages,
    plain_view,
)
from bot.cases.nation import Nation
from bot.guidance.entry import Entry
from bot.guidance.knowledge import Knowledge, load_knowledge
from bot.guidance.plain import block_text
from bot.guidance.reply import Button, Divider, Heading, Paragraph, Reply, Small
from bot.services.letters.answer import answer_reply

KNOWLEDGE = load_knowledge(Path(__file__).parents[4] / "knowledge")
ENTRIES = list(KNOWLEDGE.entries.values())
LONG = Reply(
    (
        Heading("Title"),
        Paragraph("short answer"),
        Heading("Now"),
        Paragraph("a " * 700),
        Heading("Law"),
        Paragraph("b " * 1000),
        Heading("Careful"),
        Paragraph("c " * 800),
        Small("Last checked. Draft."),
    ),
    (Button("This helped", None, 7, 2, url="https://example.org"),),
)


def answer(entry: Entry, knowledge: Knowledge = KNOWLEDGE) -> Reply:
    return answer_reply(
        entry, knowledge.directory, Nation.ENGLAND, case=1575139300511580160, part=9, has_words=True
    )


def texts(view: discord.ui.LayoutView) -> list[str]:
    return [c.content for c in view.walk_children() if isinstance(c, discord.ui.TextDisplay)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_answer_fits_with_its_first_steps_and_its_standing(entry: Entry) -> None:
    view = layout(answer(entry), nonce="a")
    said = "\n".join(texts(view))
    assert len(said.encode("utf-16-le")) // 2 <= LAYOUT_TEXT
    assert len(list(view.walk_children())) <= 40
    assert entry.short in said
    assert all(step in said for step in entry.now)
    assert "General information, not legal advice." in said
    text = plain_message(answer(entry))
    assert len(text) <= PLAIN_TEXT
    assert entry.short in text


def test_what_does_not_fit_is_left_out_by_sections_and_can_be_shown() -> None:
    said = "\n".join(texts(layout(LONG)))
    assert "b b" in said
    assert "c c" not in said
    assert "There is more to this" in said
    assert said.endswith("-# Last checked. Draft.")
    view = plain_view(LONG)
    assert view is not None
    assert [item.label for item in view.children if isinstance(item, discord.ui.Button)] == [
        "This helped",
        "Show all of it",
    ]


def test_all_of_it_is_all_of_it() -> None:
    joined = "".join(plain_messages(LONG)).replace("\n", "")
    assert joined == "".join(block_text(block) for block in LONG.blocks).replace("\n", "")
    shown = pages(LONG, LAYOUT_ROOM)
    assert len(shown) == 2
    assert tuple(block for page in shown for block in page.blocks) == LONG.blocks
    assert [len(page.buttons) for page in shown] == [0, 1]


def test_a_short_reply_is_left_as_it_is() -> None:
    reply = Reply((Paragraph("Thank you."),))
    assert texts(layout(reply)) == ["Thank you."]
    assert plain_view(reply) is None
    assert pages(reply, LAYOUT_ROOM) == (reply,)


def test_what_cannot_be_left_out_is_cut_and_the_breaks_between_texts_count() -> None:
    reply = Reply((Paragraph("a" * 1500), Divider(), Paragraph("b" * 3000), Small("Footnote.")))
    assert len("\n".join(texts(layout(reply)))) <= LAYOUT_TEXT
