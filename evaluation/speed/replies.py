"""`python -m evaluation.speed.replies [POSTS]`: from a post to the first word of the reply.

Two bots, each as its own process, meet the same posts in a sandbox of their own, in one run: ours
with its database, matcher and safety rules, and a bare one that only echoes.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.playing import bot_process
from evaluation.posts import read_posts
from sandbox.clock import SandboxClock
from sandbox.play import OPENING, load_scenario, play
from sandbox.server import Server
from sandbox.town import Town, build_town
from sandbox.world import World
from sandbox.world.state import Event

OWN = Path(__file__).parent.parent / "sets" / "own.yaml"
PATIENCE = 10.0
"""Seconds after which a reply counts as not given: the bot may rightly say nothing."""
START = 180.0


@dataclass(frozen=True, slots=True)
class Timed:
    """What one bot did with the posts."""

    name: str
    seconds: tuple[float, ...]
    """From each post to its first reply, sorted; posts left alone do not count."""
    burst: float
    """Posts answered a second when all come at once."""
    memory: float
    """Resident memory at the end, in MB."""

    def share(self, part: float) -> float:
        """Return the time, in milliseconds, within which a part of the replies came."""
        return 1000 * self.seconds[min(int(part * len(self.seconds)), len(self.seconds) - 1)]


class Ear:
    """Hears the first reply in each thread."""

    def __init__(self, server: Server, bot: str) -> None:
        self._bot = bot
        self._heard: dict[str, asyncio.Future[float]] = {}
        self._stop = server.world.listen(self._hear)

    def reply_in(self, thread: str) -> asyncio.Future[float]:
        """Return the moment of the first reply in a thread, once it comes."""
        return self._heard.setdefault(thread, asyncio.get_running_loop().create_future())

    def _hear(self, event: Event) -> None:
        if event.name != "MESSAGE_CREATE" or event.data["author"]["id"] != self._bot:
            return
        reply = self.reply_in(event.data["channel_id"])
        if not reply.done():
            reply.set_result(time.perf_counter())


@contextlib.asynccontextmanager
async def served() -> AsyncIterator[tuple[Server, Town]]:
    """Serve a town of its own."""
    clock = SandboxClock()
    world = World(clock)
    server = Server(world, clock)
    town = build_town(world)
    await server.start()
    try:
        yield server, town
    finally:
        await server.stop()


async def ours(posts: Sequence[str]) -> Timed:
    """Time the real bot."""
    with tempfile.TemporaryDirectory() as folder:
        async with served() as (server, town), bot_process(server.url, Path(folder)) as bot:
            if not await server.clock.advance(0, wait=START):
                raise RuntimeError("the bot did not come up")
            if not (await play(server, town, load_scenario(OPENING))).ok:
                raise RuntimeError("the bot could not be set up")
            return await timed("alongside", server, town, posts, bot.pid)


async def echo(posts: Sequence[str]) -> Timed:
    """Time the bare bot."""
    async with served() as (server, town):
        bot = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "evaluation.speed.echo",
            server.url,
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            assert bot.stdout is not None
            await asyncio.wait_for(bot.stdout.readline(), START)
            return await timed("bare echo", server, town, posts, bot.pid)
        finally:
            bot.terminate()
            await bot.wait()


async def timed(name: str, server: Server, town: Town, posts: Sequence[str], pid: int) -> Timed:
    """Write the posts one by one, then all at once."""
    ear = Ear(server, server.world.bot["id"])
    seconds = []
    for place, text in enumerate(posts):
        began = time.perf_counter()
        thread = await town.mother.post(town.forum, f"Question {place}", text)
        with contextlib.suppress(TimeoutError):
            replied = await asyncio.wait_for(ear.reply_in(thread["id"]), PATIENCE)
            seconds.append(replied - began)
    began = time.perf_counter()
    threads = [await town.mother.post(town.forum, f"Again {p}", t) for p, t in enumerate(posts)]
    replies = [ear.reply_in(thread["id"]) for thread in threads]
    done, _ = await asyncio.wait(replies, timeout=60)
    last = max(reply.result() for reply in done)
    return Timed(name, tuple(sorted(seconds)), len(done) / (last - began), resident(pid))


def resident(pid: int) -> float:
    """Return a process's resident memory in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def main(count: int) -> None:
    """Time both bots and print a table."""
    # Only posts that want an answer: chatter is rightly left alone, and would time out.
    texts = [post.text for post in read_posts(OWN, ["single"])][:count]
    print(f"{'':12}{'replies':>9}{'p50 ms':>9}{'p99 ms':>9}{'burst/s':>9}{'MB':>7}")
    for bot in (await ours(texts), await echo(texts)):
        print(
            f"{bot.name:12}{len(bot.seconds):>9}{bot.share(0.5):>9.1f}{bot.share(0.99):>9.1f}"
            f"{bot.burst:>9.1f}{bot.memory:>7.0f}"
        )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
