"""The frozen questions of the evaluation, to see what an edit does to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.guidance.safe_yaml import LOADER

SINGLE, TUNE = "single", "tune"


def frozen_questions(path: Path) -> Mapping[str, str]:
    """Return the questions by id; those held back for the last measurement are left alone.

    An installation without the evaluation has none. Reads a file and blocks.
    """
    if not path.is_file():
        return {}
    items = yaml.load(path.read_text("utf-8"), Loader=LOADER)["items"]
    return {
        item["id"]: item["text"]
        for item in items
        if item["kind"] == SINGLE and item["split"] == TUNE
    }
