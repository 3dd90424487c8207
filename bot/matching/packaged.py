"""Read the word lists that are packaged with the matcher; volunteers may edit them."""

from __future__ import annotations

from importlib import resources


def lines(folder: str, name: str) -> tuple[str, ...]:
    """Give the lines of one packaged text file, without blank ones and `#` headings."""
    text = resources.files(__package__).joinpath(folder, f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def tokens(folder: str, name: str) -> tuple[str, ...]:
    """Give the words of one packaged text file, wherever its lines break."""
    return tuple(word for line in lines(folder, name) for word in line.split())


def vocabulary() -> list[str]:
    """Give the encoder's word pieces in the order of their ids; here a `#` is no heading."""
    text = resources.files(__package__).joinpath("weights", "vocab.txt").read_text("utf-8")
    return text.splitlines()
