"""The forms as JSON Schema, so that editors complete field names and underline mistakes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.guidance.area_form import AUTHORITIES
from bot.guidance.directory_form import SERVICES
from bot.guidance.entry_form import ENTRY
from bot.guidance.glossary_form import GLOSSARY
from bot.guidance.records import Record

FORMS: Mapping[str, tuple[str, Record[Any]]] = {
    "entry.schema.json": ("An entry of the knowledge base", ENTRY),
    "services.schema.json": ("The directory of services", SERVICES),
    "authorities.schema.json": ("Councils and the names they go by", AUTHORITIES),
    "glossary.schema.json": ("Words and initials of the field", GLOSSARY),
}


def schema_text(name: str) -> str:
    """Return one schema as it stands in `knowledge/schema/`. Raises KeyError for other names."""
    title, form = FORMS[name]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | form.schema(), indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> tuple[Path, ...]:
    """Write every schema below `knowledge/schema/` and return the files written."""
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    for name in FORMS:
        (folder / name).write_text(schema_text(name), "utf-8")
    return tuple(folder / name for name in FORMS)
