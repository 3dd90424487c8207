"""The doctor: what is well is said shortly, what is not is said with its mend."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.cases.capability import Actor, Rank
from bot.guidance.lint import Report
from bot.guidance.plain import plain
from bot.guidance.problem import Problem
from bot.services.doctor import Build, Doctor, Finding, NotYourHouse
from bot.services.letters.doctor import findings_reply
from tests.service.conftest import GUILD, GWEN, PRIYA, Bench, member, volunteer
from tests.service.fakes import LOST

ADMIN = Actor(9, GUILD, frozenset({Rank.MEMBER, Rank.ADMIN}), "person-9")
PROBLEM = Problem("a.yaml", 1, 1, "id", "nothing", "an id", "Write one.")


@dataclass
class Files:
    """A knowledge folder that is as a test says."""

    problems: tuple[Problem, ...] = ()
    signed: str | None = "the safeguarding lead"

    async def check(self) -> Report:
        return Report(140, self.problems, ())

    async def signed_off_by(self) -> str | None:
        if self.signed == "lost":
            raise FileNotFoundError
        return self.signed


def doctor(bench: Bench, files: Files) -> Doctor:
    return Doctor(bench.store, bench.clock, bench.library, files, Build("1.2.3"))


async def told(bench: Bench, files: Files | None = None) -> str:
    findings = await doctor(bench, files or Files()).examine(ADMIN, [])
    return plain(findings_reply(findings))


async def amiss(bench: Bench, files: Files | None = None) -> list[str]:
    findings = await doctor(bench, files or Files()).examine(ADMIN, [])
    assert all(each.mend for each in findings if not each.well)
    return [each.says for each in findings if not each.well]


async def test_it_is_for_admins_and_leads(bench: Bench) -> None:
    for actor in (member(), volunteer(PRIYA)):
        with pytest.raises(NotYourHouse):
            await doctor(bench, Files()).examine(actor, [])
    for actor in (ADMIN, volunteer(GWEN, Rank.LEAD)):
        assert await doctor(bench, Files()).examine(actor, [])


async def test_on_a_good_day_nothing_needs_mending(bench: Bench) -> None:
    assert await amiss(bench) == []
    text = await told(bench)
    assert "Nothing needs mending" in text
    assert "Alongside 1.2.3." in text


async def test_files_and_signature_are_looked_at(bench: Bench) -> None:
    says = await amiss(bench, Files((PROBLEM,), None))
    assert any("1 things in the files need mending" in each for each in says)
    assert any("Nobody has signed off" in each for each in says)
    assert any("Nobody has signed off" in each for each in await amiss(bench, Files((), "lost")))


async def test_old_helplines_and_late_reviews_are_named(bench: Bench) -> None:
    bench.clock.push(days=400)
    says = " ".join(await amiss(bench))
    assert "last checked over 180 days ago" in says
    assert "entries are due for review" in says


async def test_letters_that_do_not_leave_are_noticed(bench: Bench) -> None:
    bench.postbox.before += [LOST] * 200
    post = bench.post("?suspension")
    await bench.intake.receive(post)
    await bench.delivery.work()
    assert not any("wait to be sent" in each for each in await amiss(bench))
    bench.clock.push(minutes=10)
    assert any("2 messages wait to be sent" in each for each in await amiss(bench))


async def test_a_clock_that_nobody_works_is_noticed(bench: Bench) -> None:
    await bench.say("?suspension")
    assert "The next thing is due" in await told(bench)
    bench.clock.push(hours=6)
    assert any("The next thing is due" in each for each in await amiss(bench))


async def test_what_discord_and_the_database_say_comes_along(bench: Bench) -> None:
    built = Build("1.2.3", (Finding(False, "The database was damaged.", "Look at the disk."),))
    examined = await Doctor(bench.store, bench.clock, bench.library, Files(), built).examine(
        ADMIN, [Finding(False, "No intent.", "Switch it on.")]
    )
    text = plain(findings_reply(examined))
    assert "No intent. **To mend:** Switch it on." in text
    assert "The database was damaged. **To mend:** Look at the disk." in text
