"""What Discord refuses in the form of a message, before anything is stored.

Source: https://discord.com/developers/docs/resources/message and
https://discord.com/developers/docs/components/reference
"""

from collections.abc import Iterator
from typing import Any

from sandbox.errors import EmptyMessage, InvalidForm
from sandbox.values import Json
from sandbox.world import components
from sandbox.world.kinds import MessageFlag

MAX_CONTENT = 2000
MAX_WRITTEN = 4000
"""What a person may write who pays Discord for more; others stop at what a bot may say."""
MAX_COMPONENTS = 40
MAX_TEXT = 4000
MAX_NONCE = 25
_LEGACY_FIELDS = ("content", "embeds", "sticker_ids", "poll")
_EMBED_TEXT = {"title": 256, "description": 4096}


def check_message(body: Json, flags: int, author: Json) -> None:
    """Raise InvalidForm or EmptyMessage unless `body` may be a message with these flags."""
    most = MAX_CONTENT if author.get("bot") else MAX_WRITTEN
    _check_length("content", body.get("content"), most)
    _check_length("nonce", str(body.get("nonce") or ""), MAX_NONCE)
    _check_embeds(body.get("embeds") or [])
    parts = body.get("components") or []
    if flags & MessageFlag.COMPONENTS_V2.value:
        _check_layout(body, parts)
    else:
        _check_rows(parts)
    _check_each(parts)
    if not (parts or body.get("files") or any(body.get(name) for name in _LEGACY_FIELDS)):
        raise EmptyMessage


def _check_layout(body: Json, parts: list[Json]) -> None:
    for name in _LEGACY_FIELDS:
        if body.get(name):
            raise InvalidForm.at(
                name,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
    every = list(components.walk(parts))
    if len(every) > MAX_COMPONENTS:
        raise InvalidForm.at(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"Total number of components exceeds the maximum of {MAX_COMPONENTS}",
        )
    if len(components.text(parts)) > MAX_TEXT:
        raise InvalidForm.at(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Total displayable text exceeds the maximum of {MAX_TEXT}",
        )


def _check_rows(parts: list[Json]) -> None:
    if len(parts) > 5:
        raise InvalidForm.at("components", "BASE_TYPE_BAD_LENGTH", "Must be 5 or fewer in length.")
    for index, part in enumerate(parts):
        if part["type"] != components.ACTION_ROW:
            raise InvalidForm.at(
                f"components.{index}.type", "UNION_TYPE_CHOICES", 'Value of field "type" must be 1.'
            )


def _check_each(parts: list[Json]) -> None:
    seen: set[str] = set()
    for part in components.walk(parts):
        where = f"components.{part.get('custom_id') or part['type']}"
        _check_part(where, part)
        custom_id = part.get("custom_id")
        if custom_id is not None and custom_id in seen:
            raise InvalidForm.at(
                where, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        seen.add(custom_id or "")


def _check_part(where: str, part: Json) -> None:
    _check_length(f"{where}.custom_id", part.get("custom_id"), 100)
    if part["type"] == components.ACTION_ROW:
        held = part.get("components") or []
        selects = sum(child["type"] in components.SELECTS for child in held)
        if not 1 <= len(held) <= 5 or (selects and len(held) > 1):
            raise InvalidForm.at(where, "BASE_TYPE_BAD_LENGTH", "Must be 1 to 5 in length.")
    if part["type"] == components.BUTTON:
        _check_length(f"{where}.label", part.get("label"), 80)
    if part["type"] == components.STRING_SELECT:
        options = part.get("options") or []
        _check_length(f"{where}.options", options, 25)
        for option in options:
            _check_length(f"{where}.options.label", option.get("label"), 100)
            _check_length(f"{where}.options.description", option.get("description"), 100)


def _check_embeds(embeds: list[Json]) -> None:
    _check_length("embeds", embeds, 10)
    total = 0
    for index, embed in enumerate(embeds):
        for name, limit in _EMBED_TEXT.items():
            _check_length(f"embeds.{index}.{name}", embed.get(name), limit)
        fields = embed.get("fields") or []
        _check_length(f"embeds.{index}.fields", fields, 25)
        for held in fields:
            _check_length(f"embeds.{index}.fields.name", held["name"], 256)
            _check_length(f"embeds.{index}.fields.value", held["value"], 1024)
        total += sum(len(piece) for piece in _embed_text(embed))
    if total > 6000:
        raise InvalidForm.at(
            "embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000"
        )


def _embed_text(embed: Json) -> Iterator[str]:
    yield from (embed.get(name) or "" for name in _EMBED_TEXT)
    yield (embed.get("footer") or {}).get("text") or ""
    yield (embed.get("author") or {}).get("name") or ""
    for held in embed.get("fields") or []:
        yield from (held["name"], held["value"])


def _check_length(where: str, value: Any, most: int) -> None:
    if value is not None and len(value) > most:
        raise InvalidForm.at(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
