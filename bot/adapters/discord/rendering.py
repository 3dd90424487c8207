"""Draw a Reply: as a Components V2 layout, or as plain text. Two renderings of one value.

Limits: discord.com/developers/docs/components/reference (40 components, 4,000 characters of
text in all, 5 buttons a row) and 2,000 characters of message content.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import discord

from bot.adapters.discord.batches import batched
from bot.adapters.discord.custom_id import custom_id
from bot.adapters.discord.fitting import shortened
from bot.guidance.plain import block_text, plain
from bot.guidance.reply import Block, Button, Divider, Reply, Small, Tone

LAYOUT_TEXT = 4000
LAYOUT_ROOM = 3900
"""What a reply may fill of a layout: a ping and a little safety stand beside it."""
PLAIN_TEXT = 2000
PLAIN_ROOM = 1950
A_ROW = 5
MOST_ROWS = 5
STYLES = {
    Tone.PRIMARY: discord.ButtonStyle.primary,
    Tone.PLAIN: discord.ButtonStyle.secondary,
    Tone.GOOD: discord.ButtonStyle.success,
    Tone.GRAVE: discord.ButtonStyle.danger,
}


def mark_of(nonce: str) -> int:
    """Return the number that marks our message in a component's id, to find it again.

    Component ids are 32-bit, ours to choose, and kept by Discord; message nonces are not.
    """
    return zlib.crc32(nonce.encode()) & 0x7FFFFFFF or 1


def layout(reply: Reply, *, nonce: str = "") -> discord.ui.LayoutView:
    """Draw a reply as a layout, shortened to fit, marked so that it can be recognised later.

    The view is stopped at once: presses are routed by their custom id, nothing is held in memory.
    """
    view = discord.ui.LayoutView(timeout=None)
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        id=mark_of(nonce) if nonce else None
    )
    reply = shortened(reply, LAYOUT_ROOM)
    pings = _pings(reply)
    # Whether Discord counts the breaks between texts is not written anywhere: they have room.
    room = LAYOUT_TEXT - len(pings) - 1
    if pings:
        view.add_item(discord.ui.TextDisplay(pings))
    for piece in _pieces(reply.blocks):
        if isinstance(piece, Divider):
            container.add_item(discord.ui.Separator())
            continue
        text = fitted(piece, room)
        room -= len(text) + 1
        if text:
            container.add_item(discord.ui.TextDisplay(text))
    for row in rows(reply.buttons):
        container.add_item(row)
    view.add_item(container)
    view.stop()
    return view


def plain_view(reply: Reply) -> discord.ui.View | None:
    """Return the buttons that go under a plain-text message; None where there are none."""
    buttons = shortened(reply, PLAIN_ROOM).buttons
    if not buttons:
        return None
    view = discord.ui.View(timeout=None)
    for place, row in enumerate(batched(buttons, A_ROW)):
        for button in row:
            view.add_item(_button(button, row=place))
    view.stop()
    return view


def whole(reply: Reply) -> str:
    """Write a whole reply as plain text, its one permitted ping first."""
    return "\n\n".join(filter(None, (_pings(reply), plain(reply))))


def plain_message(reply: Reply) -> str:
    """Write a reply as one message of plain text, shortened to fit."""
    return fitted(whole(shortened(reply, PLAIN_ROOM)), PLAIN_TEXT)


def plain_messages(reply: Reply) -> list[str]:
    """Write a reply as as many messages of plain text as it needs, broken between paragraphs."""
    messages = [""]
    for paragraph in whole(reply).split("\n"):
        for start in range(0, max(len(paragraph), 1), PLAIN_TEXT):
            piece = paragraph[start : start + PLAIN_TEXT]
            if len(messages[-1]) + len(piece) + 1 > PLAIN_TEXT:
                messages.append("")
            messages[-1] = f"{messages[-1]}\n{piece}" if messages[-1] else piece
    return messages


def rows(
    buttons: Sequence[Button],
) -> Iterable[discord.ui.ActionRow[discord.ui.LayoutView]]:
    """Draw buttons in rows of five, and no more rows than Discord's limit leaves room for."""
    for row in list(batched(buttons, A_ROW))[:MOST_ROWS]:
        drawn: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
        for button in row:
            drawn.add_item(_button(button))
        yield drawn


def fitted(text: str, room: int) -> str:
    """Return a text no longer than the room left, ending in a mark where it was cut."""
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rstrip()}…" if room > 1 else ""


def _button(button: Button, row: int | None = None) -> discord.ui.Button[discord.ui.View]:
    if button.url is not None:
        return discord.ui.Button(label=button.label, url=button.url, row=row)
    return discord.ui.Button(
        label=button.label, custom_id=custom_id(button), style=STYLES[button.tone], row=row
    )


def _pings(reply: Reply) -> str:
    return f"<@&{reply.mention_role}>" if reply.mention_role else ""


def _pieces(blocks: Iterable[Block]) -> Iterable[str | Divider]:
    """Join neighbouring texts, so that a long reply stays well under forty components."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Divider | Small) and texts:
            yield "\n".join(texts)
            texts = []
        if isinstance(block, Divider):
            yield block
        else:
            texts.append(block_text(block))
    if texts:
        yield "\n".join(texts)
