from pathlib import Path

import pytest
import yaml

from bot.care.playbook import Playbook

URGENT = Path(__file__).parents[3] / "knowledge" / "urgent.yaml"


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return Playbook.from_mapping(yaml.safe_load(URGENT.read_text(encoding="utf-8")))
