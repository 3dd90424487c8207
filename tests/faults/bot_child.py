"""A bot to be killed: the real program, over a matcher that does what posts tell it.

Run with `run` it is one bot. Without, it is a nursery: for each order on standard input it forks a
bot that needs no second to start, says its process id, and says how it ended.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot import bootstrap, cli
from bot.adapters.discord.sender import Sender
from bot.adapters.sqlite.store import SqliteStore
from tests.faults.scripted import scripted_snapshot

ROOMS: dict[str, type] = {"store": SqliteStore, "sender": Sender}


def arm(room: str, name: str, when: str, nth: int) -> None:
    """Have this process killed before or after the nth time something is done."""
    real = getattr(ROOMS[room], name)
    calls = itertools.count(1)

    @functools.wraps(real)
    async def armed(*args: Any, **kwargs: Any) -> Any:
        now = next(calls) == nth
        if now and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await real(*args, **kwargs)
        if now and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(ROOMS[room], name, armed)


def live(order: dict[str, Any]) -> int:
    """Be one bot until the end; return its exit code."""
    os.environ.update(order["env"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if order.get("kill"):
        arm(*order["kill"])
    bootstrap.snapshot = lambda *_: scripted_snapshot()
    return cli.main(["run"])


def tend() -> None:
    """Fork a bot for each order, one at a time."""
    scripted_snapshot()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            code = 70
            try:
                code = live(json.loads(line))
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        print(json.dumps({"pid": pid}), flush=True)
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        sys.exit(live(json.loads(sys.argv[2])))
    tend()
