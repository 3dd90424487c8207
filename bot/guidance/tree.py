"""A YAML document as a plain tree: texts, lists and fields, each knowing where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single text, exactly as written. `plain` tells that it stood without quotes."""

    text: str
    line: int
    column: int
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Items one under another, or between square brackets."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Fields with their values, in the order written."""

    fields: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


Node = Scalar | Listing | Table
