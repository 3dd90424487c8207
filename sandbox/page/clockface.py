"""The virtual clock, as the page shows it."""

from sandbox.clock import SandboxClock
from sandbox.values import Json


def clock_shape(clock: SandboxClock) -> Json:
    """Return the virtual moment in milliseconds since 1970; the browser ticks on from there."""
    return {"now": clock.now().timestamp() * 1000}
