"""Rows 28 and 29: what members write is nowhere, and who asked to be forgotten stays forgotten."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.pseudonyms import HmacPseudonyms
from bot.bootstrap import DATABASE
from sandbox.faults import Fault, FaultKind
from tests.faults.bench import KEY, POSTS
from tests.faults.hurry import rounds
from tests.faults.nursery import Nursery, wait_until
from tests.faults.test_kills import said_in

pytestmark = pytest.mark.faults
DAY = 24 * 3600.0


def everything_kept(home: Nursery) -> Iterator[tuple[Path, bytes]]:
    """Yield all that the bots have left on the disk: database, log, backups, caches, output."""
    for path in (*home.data.rglob("*"), home.log):
        if path.is_file():
            yield path, path.read_bytes()


async def test_what_members_write_is_nowhere_on_the_disk_nor_in_the_log(home: Nursery) -> None:
    for _ in range(rounds(1)):
        canary = f"canary{secrets.token_hex(8)}"
        town = home.town
        child = await home.up()
        home.server.faults.add(Fault(FaultKind.STATUS, POSTS, times=3, status=500, after=True))
        post = f"?annual-review my son {canary}"
        thread = await town.mother.post(town.forum, f"{canary} please help", post)
        await wait_until(lambda thread=thread: len(said_in(home, thread)) >= 2)  # type: ignore[misc]
        starter = home.server.world.messages[thread["id"]][thread["id"]]
        await town.mother.edit(starter, f"?suspension {canary}")
        await town.mother.send(thread, f"and also {canary}?")
        await town.father.send(town.chat, f"?annual-review I want to kill myself {canary}")
        used = await town.newcomer.slash(town.chat, "ask", question=f"?annual-review {canary}")
        await used.answer()
        home.server.faults.add(Fault(FaultKind.MALFORMED, "MESSAGE_UPDATE", missing=("author",)))
        await town.mother.edit(starter, f"?suspension and {canary}")
        await town.mother.dm(f"{canary} in private")
        await home.server.clock.advance(DAY + 60)
        while_alive = list(everything_kept(home))
        await child.kill()
        kept = [*while_alive, *everything_kept(home)]
        names = {path.name for path, _ in kept}
        assert {DATABASE, "bot.log"} <= names
        assert any("backups" in path.parts for path, _ in kept), "a day has passed: there is one"
        for path, content in kept:
            assert canary.encode() not in content, path
        assert (await child.until_ended()) < 0


async def test_whoever_asked_to_be_forgotten_stays_so_after_an_old_backup_is_restored(
    home: Nursery, tmp_path: Path
) -> None:
    town = home.town
    author = HmacPseudonyms(KEY).of(int(town.mother.id))
    for _ in range(rounds(1)):
        child = await home.up()
        thread = await town.mother.post(town.forum, "Mine", "?annual-review")
        await wait_until(lambda thread=thread: len(said_in(home, thread)) == 2)  # type: ignore[misc]
        assert await child.stop() == 0
        old = tmp_path / "old.db"
        shutil.copy(home.data / DATABASE, old)
        child = await home.up()
        used = await town.mother.slash(town.chat, "forget-me", sure="leave")
        await used.answer()
        await child.kill()
        for path in home.data.glob(f"{DATABASE}*"):
            path.unlink()
        shutil.copy(old, home.data / DATABASE)
        child = await home.up()
        other = await town.father.post(town.forum, "His", "?annual-review")
        await wait_until(lambda other=other: len(said_in(home, other)) == 2)  # type: ignore[misc]
        assert await child.stop() == 0
        store = await home.store()
        try:
            held = await store.held(author)
            assert (held.open_cases, held.closed_cases, held.alarms) == (0, 0, 0)
            assert await store.case(int(thread["id"])) is None
        finally:
            await store.close()
        assert len(said_in(home, thread)) == 2, "nothing is said to them again"
