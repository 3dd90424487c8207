"""A town whose clock stands still until it is set."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.town import build_town
from sandbox.world import World


class StoppedClock:
    def __init__(self):
        self.moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self):
        return self.moment

    def go(self, **time):
        self.moment += timedelta(**time)


@pytest.fixture
def clock():
    return StoppedClock()


@pytest.fixture
def world(clock):
    return World(clock)


@pytest.fixture
def town(world):
    return build_town(world)
