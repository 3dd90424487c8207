"""Every letter arrives once, whatever fails on the way."""

from __future__ import annotations

from bot.adapters.memory import MemoryStore
from bot.services.alarms import Alarms
from bot.services.casework import Casework
from bot.services.delivery import Delivery
from bot.services.intake import Intake
from bot.services.letters.composer import Composer
from bot.services.ports import Refused, Unreachable
from bot.services.records import Changes, LetterState
from tests.service.conftest import VOLUNTEERS, Bench
from tests.service.fakes import LOST, Stand


async def letters(bench: Bench, subject: int) -> list[LetterState]:
    return [letter.state for letter in await bench.store.letters_of(subject)]


async def test_a_failure_before_arrival_is_tried_again(bench: Bench) -> None:
    bench.postbox.before = [LOST, LOST]
    post = await bench.say("?annual-review")
    await bench.pass_time(seconds=61)
    assert len(bench.told(post.channel_id)) == 2
    assert await letters(bench, post.id) == [LetterState.SENT] * 2


async def test_a_lost_acknowledgement_within_the_window_sends_nothing_twice(bench: Bench) -> None:
    bench.postbox.after = [LOST]
    post = await bench.say("?annual-review")
    await bench.pass_time(seconds=61)
    assert len(bench.told(post.channel_id)) == 2


async def test_after_the_window_the_channel_is_read_before_sending_again(bench: Bench) -> None:
    bench.postbox.after = [LOST]
    post = await bench.say("?annual-review")
    bench.clock.push(hours=24)
    await bench.delivery.work()
    assert len([text for text in bench.told(post.channel_id) if "I heard one" in text]) == 1
    assert LetterState.SENDING not in await letters(bench, post.id)


async def test_the_gateways_echo_is_proof_enough(bench: Bench) -> None:
    bench.postbox.after = [LOST]
    post = await bench.say("?annual-review")
    overview = bench.messages(post.channel_id)[0]
    await bench.delivery.echoed(overview.nonce, overview.id)
    kept = await bench.store.letter_sent_as(overview.id)
    assert kept is not None
    assert kept.state is LetterState.SENT


async def test_a_stranger_s_nonce_changes_nothing(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    before = await bench.store.letters_of(post.id)
    for nonce in ("", "123", "zz-a1", f"{post.id:x}-z1", f"{post.id:x}-a77"):
        await bench.delivery.echoed(nonce, 1)
    assert await bench.store.letters_of(post.id) == before


async def test_a_refusal_for_good_reaches_the_volunteers_and_the_case_stays(bench: Bench) -> None:
    bench.postbox.before = [Refused("locked"), Refused("locked")]
    post = await bench.say("?annual-review")
    alert = bench.told(VOLUNTEERS)
    assert len(alert) == 1
    assert "the thread is locked" in alert[0]
    assert (await bench.case(post)).queued


async def test_nothing_is_tried_while_there_is_no_connection(bench: Bench) -> None:
    bench.delivery.pause()
    post = await bench.say("?annual-review")
    assert await letters(bench, post.id) == [LetterState.NEW] * 2
    bench.delivery.resume()
    await bench.settle()
    assert await letters(bench, post.id) == [LetterState.SENT] * 2


async def test_one_letter_that_fails_does_not_hold_up_another_thread(bench: Bench) -> None:
    bench.postbox.before = [Unreachable("503")]
    first = bench.post("?annual-review")
    await bench.intake.receive(first)
    second = bench.post("?suspension")
    await bench.intake.receive(second)
    await bench.delivery.work()
    told = len(bench.told(first.channel_id)) + len(bench.told(second.channel_id))
    assert told == 2, "the failed thread's answer waits for its overview"


async def test_after_a_restored_backup_the_channel_is_read_before_an_old_letter_goes_out(
    bench: Bench,
) -> None:
    post = await bench.say("?annual-review")
    lost = MemoryStore()
    await lost.apply(Changes(settings=await bench.store.all_settings()))
    bench.clock.push(hours=1)
    again = intake_over(bench, lost)
    await again.receive(post)
    compose = Composer(lost, bench.clock, bench.library).compose
    now = bench.clock.now()
    delivery = Delivery(lost, bench.clock, bench.bells, bench.postbox, compose, doubt_before=now)
    delivery.resume()
    await delivery.work()
    assert len(bench.told(post.channel_id)) == 2
    assert {letter.state for letter in await lost.letters_of(post.id)} == {LetterState.SENT}


def intake_over(bench: Bench, store: MemoryStore) -> Intake:
    casework = Casework(store, bench.clock, bench.bells)
    return Intake(
        store=store,
        clock=bench.clock,
        pseudonyms=Stand(),
        library=bench.library,
        postbox=bench.postbox,
        casework=casework,
        alarms=Alarms(store, bench.clock, bench.bells, Stand()),
    )
