"""The four nations: education law differs in each."""

from __future__ import annotations

from enum import StrEnum


class Nation(StrEnum):
    """Whose law holds. An answer for one is never given for another."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"
    UK = "uk"
    """The same in all four."""
