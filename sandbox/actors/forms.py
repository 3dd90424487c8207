"""Filling in a modal, and choosing from a select."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.actors.refusals import BadOption, NotOffered
from sandbox.values import Json, id_of
from sandbox.world import components

Values = Mapping[str, Any]


def submitted(modal: Json, values: Values) -> list[Json]:
    """Return a modal's components as a person sends them, filled in with values by custom_id."""
    parts = components.numbered(modal["components"])
    offered = {part["custom_id"] for part in components.walk(parts) if "custom_id" in part}
    if set(values) - offered:
        raise NotOffered(f"the form has no {sorted(set(values) - offered)}, but {sorted(offered)}")
    return [_sent(part, values) for part in parts]


def _sent(part: Json, values: Values) -> Json:
    kind, number = part["type"], part["id"]
    if kind == components.ACTION_ROW:
        held = [_field(child, values) for child in part["components"]]
        return {"type": kind, "id": number, "components": held}
    if kind == components.LABEL:
        return {"type": kind, "id": number, "component": _field(part["component"], values)}
    return {"type": kind, "id": number}


def _field(part: Json, values: Values) -> Json:
    sent = {"type": part["type"], "id": part["id"], "custom_id": part["custom_id"]}
    given = values.get(part["custom_id"])
    match part["type"]:
        case components.TEXT_INPUT:
            return sent | {"value": _text(part, given)}
        case components.RADIO_GROUP:
            return sent | {"value": _one(part, given)}
        case components.CHECKBOX:
            return sent | {"value": bool(given)}
        case _:
            return sent | {"values": chosen(part, _listed(given))}


def _text(part: Json, given: Any) -> str:
    text = str(part.get("value") or "") if given is None else str(given)
    low = part.get("min_length") or 0
    high = part.get("max_length") or 4000
    if part.get("required", True):
        low = max(low, 1)
    if (text or part.get("required", True)) and not low <= len(text) <= high:
        raise BadOption(f"{part['custom_id']} takes {low} to {high} characters")
    return text


def _one(part: Json, given: Any) -> str | None:
    if given is None and part.get("required", True):
        raise BadOption(f"{part['custom_id']} needs a choice")
    if given is not None:
        _need_options(part, [str(given)])
    return None if given is None else str(given)


def chosen(part: Json, given: Sequence[Any]) -> list[str]:
    """Return what was chosen from a select or group; raise BadOption if it offers no such thing."""
    picked = [id_of(one) if isinstance(one, dict) else str(one) for one in given]
    needed = part.get("required", True)
    low = part.get("min_values", 1) if needed or picked else 0
    high = part.get("max_values", len(part.get("options") or []) or 1)
    if not low <= len(picked) <= high:
        raise BadOption(f"{part['custom_id']} takes {low} to {high} choices")
    _need_options(part, picked)
    return picked


def _need_options(part: Json, picked: list[str]) -> None:
    offered = [option["value"] for option in part.get("options") or []]
    if offered and not set(picked) <= set(offered):
        raise BadOption(f"{part['custom_id']} offers {offered}, not {picked}")


def _listed(given: Any) -> Sequence[Any]:
    if given is None:
        return ()
    return given if isinstance(given, (list, tuple)) else (given,)
