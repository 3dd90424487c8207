"""A Reply as plain text: for a terminal, and for Discord where layouts do not serve."""

from __future__ import annotations

from bot.guidance.reply import Block, Divider, Heading, Paragraph, Reply, Small, Steps


def plain(reply: Reply) -> str:
    """Write a whole reply, of whatever length, in Discord's Markdown."""
    return "\n\n".join(filter(None, map(block_text, reply.blocks)))


def block_text(block: Block) -> str:
    """Write one block; a divider is nothing in plain text."""
    match block:
        case Heading(text=text):
            return f"### {text}"
        case Paragraph(text=text):
            return text
        case Small(text=text):
            return f"-# {text}"
        case Steps(items=items, numbered=True):
            return "\n".join(f"{place}. {item}" for place, item in enumerate(items, start=1))
        case Steps(items=items):
            return "\n".join(f"- {item}" for item in items)
        case Divider():
            return ""
