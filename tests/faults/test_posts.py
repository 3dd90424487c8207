"""Rows 14 to 17: threads that close, questions that change or go, and events out of joint."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from bot.services.records import LetterKind, LetterState
from sandbox.faults import Fault, FaultKind
from sandbox.permissions import Permission
from sandbox.world import channels, threads
from tests.faults.bench import POSTS, Bench, living, served, town_with_bot
from tests.faults.hurry import hurried, rounds
from tests.wire.living import text_of

pytestmark = pytest.mark.faults


def starter(bench: Bench, thread: dict[str, Any]) -> dict[str, Any]:
    return bench.world.messages[thread["id"]][thread["id"]]


def told_of_failure(bench: Bench) -> bool:
    """Tell whether the volunteers were told that a reply did not arrive."""
    texts = map(text_of, bench.ours(bench.town.volunteers))
    return any("did not arrive" in text for text in texts)


async def close_the_thread(bench: Bench, thread: dict[str, Any], how: str) -> None:
    match how:
        case "locked":
            for role in bench.town.guild.roles.values():
                manages = Permission.MANAGE_THREADS.value if role["managed"] else 0
                role["permissions"] = str(int(role["permissions"]) & ~manages)
            threads.edit(bench.world, thread, {"locked": True, "archived": True})
        case "archived":
            threads.edit(bench.world, thread, {"archived": True})
        case "deleted":
            channels.delete_channel(bench.world, thread)
        case "forbidden":
            bench.fault(FaultKind.STATUS, POSTS.replace("*", thread["id"]), times=-1, status=403)


@pytest.mark.parametrize("how", ["locked", "archived", "forbidden"])
@hurried
async def test_a_thread_that_cannot_be_written_in_leaves_nobody_in_silence(
    tmp_path: Path, how: str
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        held = bench.fault(FaultKind.HOLD, "MESSAGE_CREATE")
        thread = await bench.ask()
        await close_the_thread(bench, thread, how)
        bench.server.gateway.release(held)
        await asyncio.sleep(60)
        case = await bench.store.case(int(thread["id"]))
        assert case is not None
        if how == "archived":
            assert bench.answered(thread), "a word un-archives a thread that is not locked"
        else:
            assert not bench.ours(thread)
            assert told_of_failure(bench), "the volunteers know that the member got no reply"
            assert case.queued


@hurried
async def test_a_reply_that_waits_for_minutes_is_told_to_the_volunteers_once(
    tmp_path: Path,
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        held = bench.fault(FaultKind.HOLD, "MESSAGE_CREATE")
        thread = await bench.ask()
        where = POSTS.replace("*", thread["id"])
        failing = bench.fault(FaultKind.STATUS, where, times=-1, status=503)
        bench.server.gateway.release(held)
        await asyncio.sleep(60)
        assert not told_of_failure(bench)
        for _ in range(12):
            await bench.ask("??")
            await asyncio.sleep(30)
        assert sum("two minutes" in text_of(m) for m in bench.ours(bench.town.volunteers)) == 1
        bench.server.faults.remove(failing)
        await bench.until(lambda: bench.answered(thread))


def close_the_volunteers_channel(bench: Bench, how: str) -> None:
    if how == "deleted":
        channels.delete_channel(bench.world, bench.town.volunteers)
    else:
        where = POSTS.replace("*", bench.town.volunteers["id"])
        bench.fault(FaultKind.STATUS, where, times=-1, status=403)


def called_in(bench: Bench, thread: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what called the volunteers in a member's own thread."""
    role = bench.town.volunteer_role["id"]
    return [m for m in bench.ours(thread) if role in bench.world.pinged[m["id"]].roles]


@pytest.mark.parametrize("how", ["deleted", "forbidden"])
@hurried
async def test_without_their_own_channel_the_volunteers_are_called_in_the_thread(
    tmp_path: Path, how: str
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        close_the_volunteers_channel(bench, how)
        thread = await bench.ask("??")
        await bench.until(lambda: bool(bench.ours(thread)))
        assert called_in(bench, thread) == []
        await asyncio.sleep(4 * 3600 + 60)
        (call,) = called_in(bench, thread)
        assert "/setup" in text_of(call)


@hurried
async def test_without_their_own_channel_an_alarm_calls_in_the_thread_until_somebody_comes(
    tmp_path: Path,
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        close_the_volunteers_channel(bench, "deleted")
        post = "I want to kill myself tonight"
        thread = await bench.town.mother.post(bench.town.forum, "Please", post)
        await bench.until(lambda: len(called_in(bench, thread)) > 0, 30)
        await asyncio.sleep(360)
        calls = called_in(bench, thread)
        assert len(calls) > 1
        await bench.town.volunteer.click(calls[-1], "I'm here")
        await asyncio.sleep(3600)
        assert len(called_in(bench, thread)) == len(calls)


@hurried
async def test_a_thread_that_is_deleted_takes_its_case_with_it(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        thread = await bench.ask("??")
        await bench.until(lambda: bool(bench.ours(thread)))
        await close_the_thread(bench, thread, "deleted")
        await bench.settle()
        case = await bench.store.case(int(thread["id"]))
        assert case is not None
        assert not case.is_open


@pytest.mark.parametrize("when", ["before we hear of it", "while it is heard", "while we are away"])
@hurried
async def test_a_deleted_question_is_not_answered(tmp_path: Path, when: str) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for _ in range(rounds(3)):
            chat = bench.town.chat
            before = len(bench.ours(chat))
            if when == "before we hear of it":
                held = bench.fault(FaultKind.HOLD, "MESSAGE_CREATE")
                message = await bench.town.mother.send(chat, "?annual-review")
                await bench.town.mother.delete(message)
                await bench.server.gateway.settle()
                bench.server.gateway.release(held)
            elif when == "while it is heard":
                message = await bench.town.mother.send(chat, "?annual-review")
                await bench.town.mother.delete(message)
            else:
                failing = bench.fault(FaultKind.STATUS, POSTS, times=-1, status=503)
                message = await bench.town.mother.send(chat, "?annual-review")
                await bench.settle()
                bench.server.gateway.invalidate(resumable=False)
                await bench.town.mother.delete(message)
                await asyncio.sleep(0)
                bench.server.faults.remove(failing)
            await asyncio.sleep(200)
            assert len(bench.ours(chat)) == before
            letters = await bench.store.letters_of(int(message["id"]))
            assert LetterState.SENT not in {letter.state for letter in letters}


@hurried
async def test_an_edit_before_the_reply_is_what_gets_answered(tmp_path: Path) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for _ in range(rounds(5)):
            held = bench.fault(FaultKind.HOLD, "MESSAGE_CREATE")
            thread = await bench.ask("?suspension qqmarker")
            await bench.town.mother.edit(starter(bench, thread), "?annual-review qqmarker")
            await asyncio.sleep(0.5)
            bench.server.gateway.release(held)
        await bench.until_answered()
        await bench.settle()
        for thread in bench.asked:
            assert not any("qqmarker" in text_of(message) for message in bench.ours(thread))
            entries = [
                letter.content["entry"]
                for letter in await bench.store.letters_of(int(thread["id"]))
                if letter.kind is LetterKind.ANSWER
            ]
            assert entries[0] == "annual-review"
            assert len(await bench.store.cases_in(int(thread["id"]))) == 1


@pytest.mark.parametrize("text", ["?annual-review", "~annual-review,suspension", "??"])
@hurried
async def test_edits_of_a_question_ask_nothing_a_second_time(tmp_path: Path, text: str) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        thread = await bench.ask(text)
        await bench.until(lambda: bool(bench.ours(thread)))
        await bench.settle()
        before = len(bench.ours(thread))
        for word in ("please", "thank you"):
            await asyncio.sleep(5)
            await bench.town.mother.edit(starter(bench, thread), f"{text} {word}")
        await bench.settle()
        assert len(bench.ours(thread)) == before
        case = await bench.store.case(int(thread["id"]))
        assert case is not None
        assert len(case.parts) == 1


@hurried
async def test_doubled_late_and_shuffled_events_make_one_case_each(tmp_path: Path) -> None:
    chance = random.Random(3)
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for number in range(rounds(20)):
            kind = chance.choice([FaultKind.DUPLICATE, FaultKind.HOLD, FaultKind.LOSE])
            event = chance.choice(["MESSAGE_CREATE", "THREAD_CREATE"])
            bench.fault(kind, event, delay=chance.uniform(0.5, 5.0))
            await bench.ask(chance.choice(["?annual-review", "?suspension"]))
            if number % 10 == 9:
                bench.server.gateway.invalidate(resumable=False)
                await asyncio.sleep(chance.uniform(120, 300))
        bench.server.faults.clear()
        await asyncio.sleep(10)
        bench.server.gateway.invalidate(resumable=False)
        await bench.until_answered(300)
        (await bench.tally()).assert_clean()


@pytest.mark.parametrize(
    ("event", "missing"),
    [
        ("MESSAGE_CREATE", ("author",)),
        ("MESSAGE_CREATE", ("id",)),
        ("MESSAGE_CREATE", ("content", "type", "timestamp")),
        ("THREAD_CREATE", ("id",)),
        ("THREAD_CREATE", ("parent_id", "thread_metadata")),
    ],
)
@hurried
async def test_an_event_that_cannot_be_read_costs_nobody_their_answer(
    tmp_path: Path, event: str, missing: tuple[str, ...]
) -> None:
    async with town_with_bot(tmp_path, hurried=True) as bench:
        for _ in range(rounds(2)):
            bench.fault(FaultKind.MALFORMED, event, missing=missing)
            await bench.ask()
            await bench.ask()
            assert await bench.until_answered() <= 30
            await asyncio.sleep(300)
        (await bench.tally()).assert_clean()


async def test_a_post_that_breaks_the_hearing_goes_to_a_person_and_holds_up_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with town_with_bot(tmp_path) as bench:
        matcher = bench.app.house.library.now.matcher
        hear = type(matcher).hear

        def stumble(self: object, post: str, **how: Any) -> Any:
            if "poison" in post:
                raise ValueError(post)
            return hear(matcher, post, **how)

        with mock.patch.object(type(matcher), "hear", stumble):
            poison = await bench.town.mother.post(bench.town.forum, "Hello", "qqsecret poison")
            await bench.ask()
            await bench.until_answered()
            await bench.settle()
        case = await bench.store.case(int(poison["id"]))
        assert case is not None
        assert case.queued
        assert bench.ours(poison), "the member is told that a person will look"
        assert "cannot be heard" in caplog.text
        assert "qqsecret" not in caplog.text


async def test_a_message_taken_in_before_a_crash_and_no_longer_readable_goes_to_a_person(
    tmp_path: Path,
) -> None:
    async with served() as (server, town):
        async with living(server, town, tmp_path) as before:
            store = before.store
            with mock.patch.object(store, "apply", side_effect=OSError("the power went")):
                thread = await before.ask()
                await before.server.gateway.settle()
                await asyncio.sleep(0.3)
        assert await store.case(int(thread["id"])) is None
        server.faults.add(
            Fault(FaultKind.STATUS, f"GET /channels/{thread['id']}*", times=-1, status=403)
        )
        async with living(server, town, tmp_path, store) as bench:
            await bench.settle()
            case = await store.case(int(thread["id"]))
            assert case is not None
            assert case.queued
