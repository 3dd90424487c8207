"""The commands a person types in a terminal."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.bootstrap import CannotOpen, IntentsRefused, TokenRefused, build
from bot.care.node import PlaybookError
from bot.commands import asking, knowledge, playing, triage
from bot.commands.logs import start_logging
from bot.guidance.problem import KnowledgeRefused
from bot.services.ports import StoreUnwritable
from bot.settings import Settings, SettingsError, load_settings

BAD_SETTINGS, BAD_KNOWLEDGE, BAD_STORE, BAD_TOKEN, BAD_INTENTS = 2, 3, 4, 5, 6
"""Exit codes: a service manager can tell what is worth trying again."""
LAST_PORT = 65535


class Fatal(Exception):
    """The program cannot go on."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except Fatal as fatal:
        print(fatal, file=sys.stderr)
        return fatal.code
    except SettingsError as error:
        print(error, file=sys.stderr)
        return BAD_SETTINGS
    except (KnowledgeRefused, PlaybookError) as error:
        print(f"The knowledge base cannot be used yet:\n{error}", file=sys.stderr)
        return BAD_KNOWLEDGE
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside", description="Nobody who asks for help is left in silence."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser(
        "run", help="connect to Discord; without a token, play in the sandbox"
    )
    run.add_argument("--port", type=_port, default=playing.PORT, help="the sandbox page's port")
    run.set_defaults(command=_run)

    ask = commands.add_parser("ask", help="print what the bot would say")
    ask.add_argument("question")
    ask.add_argument("--explain", action="store_true", help="show why")
    ask.add_argument("--nation", choices=asking.NATIONS, default="england")
    ask.set_defaults(command=lambda options: asking.ask(load_settings(), options))

    sorting = commands.add_parser("triage", help="say what the bot would do with each post")
    sorting.add_argument(
        "--jsonl", action="store_true", required=True, help="JSON lines in, JSON lines out"
    )
    sorting.set_defaults(command=lambda _: triage.triage_lines(load_settings()))

    sandbox = commands.add_parser("sandbox", help="a Discord of our own on this machine")
    sandbox.add_argument("--port", type=_port, default=playing.PORT)
    sandbox.add_argument("--play", type=Path, metavar="FILE", help="run a scenario and stop")
    sandbox.add_argument("--json", action="store_true", help="print the transcript as JSON")
    sandbox.set_defaults(command=_sandbox)

    keeping = commands.add_parser("knowledge", help="look after the knowledge base")
    keeping.add_argument("what", choices=sorted(knowledge.ACTIONS))
    keeping.set_defaults(command=lambda options: knowledge.run(load_settings(), options.what))
    return parser


def _port(given: str) -> int:
    if not given.isdecimal() or int(given) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"{given} is no port; choose one from 0 to {LAST_PORT}")
    return int(given)


def _run(options: argparse.Namespace) -> int:
    settings = load_settings()
    if settings.token is None:
        return _sandbox(options)
    start_logging(settings.log_level)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(settings))
    return 0


async def _serve(settings: Settings) -> None:
    try:
        app = await build(settings)
    except (CannotOpen, StoreUnwritable) as error:
        raise Fatal(str(error), BAD_STORE) from error
    try:
        await app.run()
    except TokenRefused as error:
        raise Fatal(str(error), BAD_TOKEN) from error
    except IntentsRefused as error:
        raise Fatal(str(error), BAD_INTENTS) from error


def _sandbox(options: argparse.Namespace) -> int:
    play: Path | None = getattr(options, "play", None)
    if play is not None and not play.is_file():
        raise Fatal(f"There is no scenario at {play}.", BAD_SETTINGS)
    start_logging("WARNING")
    logging.getLogger("aiohttp.access").setLevel(logging.ERROR)
    return asyncio.run(
        playing.sandbox(options.port, scenario=play, as_json=getattr(options, "json", False))
    )
