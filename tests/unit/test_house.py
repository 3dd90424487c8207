"""Who may import whom (docs/decisions/0002): the architecture as a test, not a wish."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PURE = {"cases", "care", "matching", "guidance"}
SERVICES = PURE | {"services"}
MAY = {
    "cases": {"cases"},
    "care": {"care"},
    "guidance": {"guidance", "cases"},
    "matching": {"matching", "cases"},
    "services": SERVICES,
    "adapters": SERVICES | {"adapters"},
    "commands": SERVICES | {"commands", "bootstrap", "settings"},
    "cli.py": SERVICES | {"commands", "bootstrap", "settings"},
}
ONLY_IN = {
    "discord": "bot/adapters/discord",
    "aiosqlite": "bot/adapters/sqlite",
    "aiohttp": "bot/adapters",
}
FILES = sorted((ROOT / "bot").rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_room_imports_only_what_it_may(path: Path) -> None:
    room = path.relative_to(ROOT / "bot").parts[0]
    for module in imports(path):
        first, _, rest = module.partition(".")
        if first == "bot" and room in MAY:
            assert rest.split(".")[0] in MAY[room], f"{name(path)} imports {module}"
        if first in ONLY_IN:
            assert name(path).startswith(ONLY_IN[first]), f"{name(path)} imports {module}"


@pytest.mark.parametrize("path", sorted((ROOT / "bot/adapters").rglob("*.py")), ids=name)
def test_adapters_do_not_know_each_other(path: Path) -> None:
    own = path.relative_to(ROOT / "bot/adapters").parts[0]
    for module in imports(path):
        parts = module.split(".")
        if parts[:2] == ["bot", "adapters"] and len(parts) > 2:
            assert parts[2] == own, f"{name(path)} imports {module}"


@pytest.mark.parametrize("path", sorted((ROOT / "sandbox").rglob("*.py")), ids=name)
def test_the_sandbox_knows_no_bot(path: Path) -> None:
    assert not any(module.split(".")[0] == "bot" for module in imports(path))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_clock_tells_the_time(path: Path) -> None:
    if path == ROOT / "bot/adapters/clock.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
    assert "random" not in set(imports(path))
