"""Settings: read once, the environment first, and every mistake says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings

KEY = "ab" * 32


def test_nothing_set_means_no_discord(tmp_path: Path) -> None:
    settings = load_settings({"PATH": "/bin"}, tmp_path / ".env")
    assert settings.token is None
    assert len(settings.author_key) >= 16


def test_the_environment_outranks_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"DISCORD_TOKEN=from-file\nALONGSIDE_AUTHOR_KEY={KEY}\nALONGSIDE_DATA=/a\n")
    settings = load_settings({"DISCORD_TOKEN": "from-environment"}, file)
    assert settings.token == "from-environment"
    assert settings.data == Path("/a")
    assert settings.author_key == bytes.fromhex(KEY)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"ALONGSIDE_DATTA": "/x"}, "Unknown setting ALONGSIDE_DATTA"),
        ({"ALONGSIDE_LOG_LEVEL": "DEBUG"}, "must be INFO, WARNING or ERROR"),
        ({"ALONGSIDE_AUTHOR_KEY": "short"}, "at least 32 hexadecimal digits"),
        ({"DISCORD_TOKEN": "x"}, "ALONGSIDE_AUTHOR_KEY is missing"),
    ],
)
def test_a_mistake_is_named_and_mended(
    tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        load_settings(environment, tmp_path / ".env")
