"""The outside world, one thing each, behind the protocols of `services.ports`."""
