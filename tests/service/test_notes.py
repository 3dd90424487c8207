"""The weekly note: once a guild and week, never as a greeting, and only when something is due."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.services.notes import Notes, week_of
from tests.service.conftest import VOLUNTEERS, Bench


def due_notes(bench: Bench) -> list[str]:
    return [told for told in bench.told(VOLUNTEERS) if "Due for review this week" in told]


async def write(bench: Bench) -> None:
    """Write as after a restart, so that nothing rests on memory."""
    await Notes(bench.store, bench.clock, bench.bells).write()
    await bench.settle()


async def test_a_note_comes_once_a_week_whatever_restarts(bench: Bench) -> None:
    bench.clock.push(days=400)
    for _ in range(3):
        await write(bench)
        bench.clock.push(hours=1)
    assert len(due_notes(bench)) == 1
    assert "due now" in due_notes(bench)[0]
    bench.clock.push(days=7)
    await write(bench)
    assert len(due_notes(bench)) == 2


async def test_a_guild_just_set_up_is_not_greeted_with_a_chore(bench: Bench) -> None:
    await write(bench)
    assert await bench.store.next_letter() is None
    assert due_notes(bench) == []


async def test_nothing_due_says_nothing(bench: Bench) -> None:
    bench.clock.push(days=7)
    first = min(entry.review.due for entry in bench.library.now.knowledge.entries.values())
    assert (first - bench.clock.now().date()).days > 7
    await write(bench)
    assert due_notes(bench) == []


async def test_a_week_already_written_is_not_written_again(bench: Bench) -> None:
    bench.clock.push(days=400)
    notes = Notes(bench.store, bench.clock, bench.bells)
    await notes.write()
    await notes.write()
    await bench.settle()
    assert len(due_notes(bench)) == 1


def test_weeks_turn_on_monday_at_nine_in_london() -> None:
    before = datetime(2026, 7, 6, 7, 59, tzinfo=UTC)
    after = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)
    assert (week_of(before), week_of(after)) == (202627, 202628)
    assert week_of(datetime(2027, 1, 1, 12, 0, tzinfo=UTC)) == 202653
