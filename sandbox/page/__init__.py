"""A page to sit at: read and write as anyone in the town, and push the clock."""

from sandbox.page.page import mount

__all__ = ["mount"]
