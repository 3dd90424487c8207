"""Looking into the components of a message or a modal, however deep they lie.

Source: https://discord.com/developers/docs/components/reference
"""

from collections.abc import Iterator
from itertools import count

from sandbox.values import Json

ACTION_ROW = 1
BUTTON = 2
STRING_SELECT = 3
TEXT_INPUT = 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
TEXT_DISPLAY = 10
CONTAINER = 17
LABEL = 18
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23
SELECTS = frozenset({3, 5, 6, 7, 8})
ENTITY_SELECTS = frozenset({5, 6, 7, 8})


def walk(parts: list[Json]) -> Iterator[Json]:
    """Yield every component, outer ones first."""
    for part in parts:
        yield part
        held = list(part.get("components") or [])
        held += [part[name] for name in ("accessory", "component") if part.get(name)]
        yield from walk(held)


def find(parts: list[Json], custom_id_or_label: str) -> Json | None:
    """Return the component with a custom id, or else the button with that label."""
    every = [part for part in walk(parts) if part.get("custom_id")]
    for name in ("custom_id", "label"):
        for part in every:
            if part.get(name) == custom_id_or_label:
                return part
    return None


def text(parts: list[Json]) -> str:
    """Return all that the text displays say, joined by line breaks."""
    return "\n".join(part["content"] for part in walk(parts) if part["type"] == TEXT_DISPLAY)


def numbered(parts: list[Json]) -> list[Json]:
    """Return a copy in which each component has an `id`, as Discord gives to those without."""
    taken = {part["id"] for part in walk(parts) if part.get("id")}
    free = (number for number in count(1) if number not in taken)
    return [_numbered(part, free) for part in parts]


def shown(parts: list[Json]) -> list[Json]:
    """Return components as a message shows them: numbered, and nothing in it is required."""
    made = numbered(parts)
    for part in walk(made):
        part.pop("required", None)
    return made


def _numbered(part: Json, free: Iterator[int]) -> Json:
    made = {key: value for key, value in part.items() if value is not None}
    made["id"] = part.get("id") or next(free)
    if "components" in made:
        made["components"] = [_numbered(child, free) for child in made["components"]]
    for name in ("accessory", "component"):
        if name in made:
            made[name] = _numbered(made[name], free)
    return made | _filled(made)


def _filled(part: Json) -> Json:
    """Return the fields that Discord adds to what was left out."""
    if part["type"] in SELECTS:
        filled = {"min_values": part.get("min_values", 1), "max_values": part.get("max_values", 1)}
        if "default_values" in part:
            # Whatever a client sends, Discord gives ids as texts.
            values = [value | {"id": str(value["id"])} for value in part["default_values"]]
            return filled | {"default_values": values}
        return filled
    if part["type"] == CONTAINER:
        return {
            "accent_color": part.get("accent_color"),
            "spoiler": part.get("spoiler", False),
        }
    return {}
