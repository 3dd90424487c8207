"""What can be wrong with a scenario."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a scenario file; lines count from 1."""

    file: str
    line: int
    field: str


class ScenarioError(Exception):
    """A scenario cannot be read: names the file, the line, the field and the mend."""

    def __init__(self, spot: Spot, expected: str, mend: str) -> None:
        self.spot = spot
        self.expected = expected
        self.mend = mend
        super().__init__(
            f"{spot.file}, line {spot.line}, {spot.field}: expected {expected}. {mend}"
        )


class CannotPlay(Exception):
    """A step cannot be carried out, so what follows would mean nothing."""
