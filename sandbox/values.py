"""The JSON that Discord speaks, as types.

World objects are Discord's own JSON objects, kept as they go over the wire: translating
them into classes and back would only add a second place to be wrong.
"""

from typing import Any

Json = dict[str, Any]
Ref = str | Json


def id_of(ref: Ref) -> str:
    """Return the id of an object given as itself or as its id."""
    return ref if isinstance(ref, str) else str(ref["id"])
