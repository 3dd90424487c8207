"""`alongside sandbox`: a Discord of our own, with the bot connected to it as its own process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from sandbox.clock import SandboxClock
from sandbox.page import mount
from sandbox.play import OPENING, ScenarioError, Transcript, load_scenario, play
from sandbox.server import TOKEN, PortTaken, Server
from sandbox.town import Town, build_town
from sandbox.world import World

PORT = 8421
READY_WITHIN = 180.0
"""Seconds the bot may take to come up on a slow machine."""
STOP_WITHIN = 12.0
INTERRUPTED = 130


async def sandbox(port: int, *, scenario: Path | None = None, as_json: bool = False) -> int:
    """Run the sandbox until stopped; or play one scenario and return whether it held."""
    stopping = asyncio.current_task()
    assert stopping is not None
    # Without this a stop from outside would leave the bot's own process behind.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.cancel)
    clock = SandboxClock()
    world = World(clock)
    town = build_town(world)
    server = Server(world, clock, port=0 if scenario else port)
    mount(server, town)
    try:
        await server.start()
    except PortTaken as taken:
        print(f"{taken} For another one: alongside run --port {port + 1}", file=sys.stderr)
        return 2
    try:
        return await _with_bot(server, town, scenario, as_json)
    except asyncio.CancelledError:
        # That is how a sandbox ends; a scenario that was cut short has not held.
        return 0 if scenario is None else INTERRUPTED
    finally:
        await server.stop()


async def _with_bot(server: Server, town: Town, scenario: Path | None, as_json: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
        async with bot_process(server.url, Path(folder)) as bot:
            if not await _connected(server, bot):
                print("The bot did not come up; its own words stand above.", file=sys.stderr)
                return 1
            opened = await _play(OPENING, server, town)
            if opened is None or not opened.ok:
                return 1
            if scenario is not None:
                played = await _play(scenario, server, town)
                if played is None:
                    return 2
                print(json.dumps(played.as_json()) if as_json else played.as_text())
                return 0 if played.ok else 1
            print(f"\nAlongside is ready. Open {server.url} in a browser. Stop with Ctrl-C.\n")
            return await bot.wait()


async def _play(path: Path, server: Server, town: Town) -> Transcript | None:
    try:
        scenario = load_scenario(path)
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return None
    transcript = await play(server, town, scenario)
    if path == OPENING and not transcript.ok:
        print(transcript.as_text(), file=sys.stderr)
    return transcript


@contextlib.asynccontextmanager
async def bot_process(url: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the unmodified bot against a sandbox, as its own process, with its own database."""
    environment = os.environ | {
        "DISCORD_TOKEN": TOKEN,
        "ALONGSIDE_DISCORD_URL": url,
        "ALONGSIDE_DATA": str(folder),
        "ALONGSIDE_AUTHOR_KEY": secrets.token_hex(32),
        "ALONGSIDE_LOG_LEVEL": "WARNING",
    }
    bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
    try:
        yield bot
    finally:
        if bot.returncode is None:
            bot.terminate()
            try:
                await asyncio.wait_for(bot.wait(), STOP_WITHIN)
            except TimeoutError:
                bot.kill()
                await bot.wait()


async def _connected(server: Server, bot: asyncio.subprocess.Process) -> bool:
    """Wait until the bot has acknowledged the clock, which it does once it is up, or has ended."""
    ready = asyncio.create_task(server.clock.advance(0, wait=READY_WITHIN))
    ended = asyncio.create_task(bot.wait())
    await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
    for task in (ready, ended):
        task.cancel()
    return ready.done() and not ready.cancelled() and ready.result()
