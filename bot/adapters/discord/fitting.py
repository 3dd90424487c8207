"""Make a Reply fit into one message: by whole sections, saying that there is more, or by pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.guidance.plain import block_text
from bot.guidance.reply import Action, Block, Button, Heading, Reply, Small

MORE = Small("There is more to this: press “Show all of it”.")
SHOW_ALL = "Show all of it"
LEAST = 2
"""The first two sections are never left out: the short answer, and what to do now."""


def size(blocks: Iterable[Block]) -> int:
    """Return how long blocks are as Discord counts: UTF-16 units, with the breaks between."""
    return sum(len(block_text(block).encode("utf-16-le")) // 2 + 2 for block in blocks)


def shortened(reply: Reply, room: int) -> Reply:
    """Return the reply, without its last sections if it would be too long.

    What stands under the reply (when it was checked, that it is a draft) is always kept. A reply
    about a case gains a button that shows all of it.
    """
    if size(reply.blocks) <= room:
        return reply
    body, foot = _body_and_foot(reply.blocks)
    kept = sections(body)
    while len(kept) > LEAST and size([*_joined(kept), MORE, *foot]) > room:
        kept.pop()
    return Reply(
        (*_joined(kept), MORE, *foot),
        (*reply.buttons, *_show_all(reply.buttons)),
        reply.mention_role,
        reply.mention_author,
    )


def pages(reply: Reply, room: int) -> tuple[Reply, ...]:
    """Return the whole reply as as many messages as it needs; the buttons go under the last."""
    found: list[list[Block]] = [[]]
    for section in sections(reply.blocks):
        if found[-1] and size([*found[-1], *section]) > room:
            found.append([])
        found[-1] += section
    shown = [replace(reply, blocks=tuple(page), buttons=()) for page in found]
    return (*shown[:-1], replace(shown[-1], buttons=reply.buttons))


def sections(blocks: Sequence[Block]) -> list[list[Block]]:
    """Cut blocks before every heading."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        # A title and the short answer under it belong to what follows the title.
        if isinstance(block, Heading) and len(found[-1]) > 0:
            found.append([])
        found[-1].append(block)
    return found


def _body_and_foot(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    at = len(blocks)
    while at and isinstance(blocks[at - 1], Small):
        at -= 1
    return blocks[:at], blocks[at:]


def _joined(parts: Iterable[Iterable[Block]]) -> tuple[Block, ...]:
    return tuple(block for part in parts for block in part)


def _show_all(buttons: Iterable[Button]) -> tuple[Button, ...]:
    about = next((button for button in buttons if button.case), None)
    if about is None:
        return ()
    return (Button(SHOW_ALL, Action.SHOW_ALL, about.case, about.argument),)
