"""What a person types in a terminal, and what they pipe in, may be anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.knowledge import links
from bot.commands.triage import read_post
from bot.settings import Settings


@pytest.mark.parametrize(
    ("line", "post"),
    [
        (b'{"id": "a", "text": "What is a SENCO?"}', ("a", "What is a SENCO?")),
        (b'{"id": 3, "text": ""}', (3, "")),
        (b'\xef\xbb\xbf{"id": "b", "text": "saved by Notepad"}\r\n', ("b", "saved by Notepad")),
        (b'{"id": "\\ud800", "text": "half", "more": []}', ("\ud800", "half")),
    ],
)
def test_a_post_keeps_its_id_as_it_was_given(line: bytes, post: tuple[str | int, str]) -> None:
    assert read_post(line) == post


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[]",
        b'"words"',
        b'{"id": "no text"}',
        b'{"text": "no id"}',
        b'{"id": "x", "text": null}',
        b'{"id": NaN, "text": "x"}',
        b'\xff\xfe{"id": "x", "text": "x"}',
        b"[" * 100_000,
    ],
    ids=lambda line: repr(line[:20]),
)
def test_what_is_no_post_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        read_post(line)


@pytest.mark.parametrize("port", ["-1", "65536", "home", "8421.5"])
@pytest.mark.parametrize("command", ["run", "sandbox"])
def test_what_is_no_port_is_said_before_anything_starts(
    command: str, port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, f"--port={port}"])
    assert f"{port} is no port; choose one from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("ClientConnectorDNSError", "This computer seems to be offline"),
        ("no answer in 15 seconds", "This computer seems to be offline"),
        ("answers 404", "1 of 1 do not answer"),
    ],
)
def test_being_offline_is_said_once(
    fault: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    named = {"https://example.org/": ("an-entry",)}
    monkeypatch.setattr("bot.commands.knowledge.load_knowledge", lambda root: root)
    monkeypatch.setattr("bot.commands.knowledge.named_links", lambda known: named)
    monkeypatch.setattr(
        "bot.commands.knowledge.check_links", lambda urls: dict.fromkeys(urls, fault)
    )
    assert links(Settings(token=None, author_key=b"", data=tmp_path, knowledge=tmp_path)) == 1
    told = capsys.readouterr().out
    assert says in told
    assert ("https://example.org/: answers 404" in told) == (fault == "answers 404")
