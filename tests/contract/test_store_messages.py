"""Inbox, cursors and outbox: nothing is taken in twice, and nothing is sent twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.ports import Conflict, Store
from bot.services.records import Changes, LetterKind, LetterState
from tests.contract.values import (
    ASKER,
    CHANNEL,
    GUILD,
    NOW,
    OTHER,
    VOLUNTEERS,
    a_case,
    a_letter,
    a_seen,
    ago,
    new,
)

SUBJECT = a_case().id


async def test_a_message_is_new_once(store: Store) -> None:
    first, second = a_seen(), a_seen(place=1)
    assert await store.receive([first]) == {(first.message_id, 0)}
    assert await store.receive([first, second, second]) == {(second.message_id, 0)}
    assert await store.receive([]) == frozenset()


async def test_an_edit_is_new_beside_its_message(store: Store) -> None:
    edited = a_seen(revision=1_772_444_000_000)
    await store.receive([a_seen()])
    assert await store.receive([edited]) == {(edited.message_id, edited.revision)}


async def test_unfinished_messages_come_oldest_first_until_done(store: Store) -> None:
    newest, oldest, middle = a_seen(), a_seen(ago(hours=2)), a_seen(ago(hours=1))
    await store.receive([newest, oldest, middle])
    assert await store.unfinished() == (oldest, middle, newest)
    assert await store.unfinished(limit=1) == (oldest,)
    await store.apply(Changes(done=((middle.message_id, 0), (1, 0))))
    assert await store.unfinished() == (oldest, newest)
    assert await store.receive([middle]) == frozenset()


async def test_a_cursor_never_goes_back(store: Store) -> None:
    assert await store.cursor(CHANNEL) is None
    for message_id in (10, 30, 20):
        await store.move_cursor(CHANNEL, message_id)
    assert await store.cursor(CHANNEL) == 30


async def test_a_letter_is_read_back_as_it_was_written(store: Store) -> None:
    letter = a_letter(SUBJECT)
    await store.apply(new(letter))
    assert await store.letters_of(SUBJECT) == (letter,)
    assert await store.letters_of(SUBJECT + 1) == ()


async def test_a_letter_of_the_same_key_is_left_as_it_is(store: Store) -> None:
    letter = a_letter(SUBJECT)
    await store.apply(new(letter))
    await store.apply(new(replace(letter, channel_id=VOLUNTEERS), a_letter(SUBJECT, seq=2)))
    assert await store.letters_of(SUBJECT) == (letter, a_letter(SUBJECT, seq=2))


@pytest.mark.parametrize(
    "content",
    [
        {"note": "My son is eight"},
        {"note": "x" * 65},
        {"note": ["fine", {"deep": "Not fine"}]},
        {"A name": 1},
        {"note": object()},
        {"note": float("nan")},
    ],
)
async def test_a_letter_with_words_in_it_is_refused(
    store: Store, content: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match=r"words|ids|JSON"):
        await store.apply(new(a_letter(SUBJECT, content=content)))
    assert await store.letters_of(SUBJECT) == ()


async def test_an_author_by_name_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="stand-in"):
        await store.receive([a_seen(author="Some Name")])
    with pytest.raises(ValueError, match="stand-in"):
        await store.apply(new(a_case(asker="Some Name")))


async def test_letters_to_send_come_oldest_first(store: Store) -> None:
    late = a_letter(SUBJECT, seq=1)
    early = a_letter(SUBJECT, seq=2, created_at=ago(hours=1))
    waiting = a_letter(SUBJECT, seq=3, next_try_at=NOW + timedelta(seconds=5))
    await store.apply(new(late, early, waiting))
    assert await store.letters_to_send(NOW) == (early, late)
    assert await store.letters_to_send(NOW, limit=1) == (early,)
    assert await store.letters_to_send(NOW + timedelta(seconds=5)) == (early, late, waiting)
    assert await store.next_letter() == early.created_at


async def test_a_try_is_noted_before_it_is_made(store: Store) -> None:
    letter = a_letter(SUBJECT)
    await store.apply(new(letter))
    await store.sending(letter, NOW)
    tried = replace(letter, state=LetterState.SENDING, first_try_at=NOW, tries=1)
    assert await store.letters_of(SUBJECT) == (tried,)
    assert await store.letters_to_send(NOW) == (tried,), "a crash now must not lose it"


async def test_the_first_try_is_remembered_over_the_second(store: Store) -> None:
    letter = a_letter(SUBJECT)
    await store.apply(new(letter))
    await store.sending(letter, NOW)
    again = NOW + timedelta(seconds=30)
    await store.retry(letter, again)
    assert await store.letters_to_send(NOW) == ()
    assert await store.next_letter() == again
    await store.sending(letter, again)
    (kept,) = await store.letters_of(SUBJECT)
    assert (kept.first_try_at, kept.tries, kept.next_try_at) == (NOW, 2, None)


async def test_a_letter_arrives_once(store: Store) -> None:
    letter = a_letter(SUBJECT)
    await store.apply(new(letter))
    await store.sending(letter, NOW)
    await store.sent(letter, 900)
    await store.sent(letter, 901)
    await store.retry(letter, NOW)
    await store.dead(letter, "gone", a_letter(SUBJECT, LetterKind.UNDELIVERED))
    (kept,) = await store.letters_of(SUBJECT)
    assert (kept.state, kept.message_id, kept.reason) == (LetterState.SENT, 900, None)
    assert await store.letter_sent_as(900) == kept
    assert await store.letter_sent_as(901) is None
    assert await store.letters_to_send(NOW) == ()
    assert await store.next_letter() is None


async def test_a_settled_letter_is_not_tried_again(store: Store) -> None:
    letter = a_letter(SUBJECT)
    await store.apply(new(letter))
    await store.sent(letter, 900)
    with pytest.raises(Conflict):
        await store.sending(letter, NOW)


async def test_a_refused_letter_is_dead_with_its_alert_beside_it(store: Store) -> None:
    letter = a_letter(SUBJECT)
    alert = a_letter(SUBJECT, LetterKind.UNDELIVERED, 0, channel_id=VOLUNTEERS)
    await store.apply(new(letter))
    await store.sending(letter, NOW)
    await store.dead(letter, "forbidden", alert)
    await store.dead(letter, "gone", a_letter(SUBJECT, LetterKind.UNDELIVERED, 1))
    dead, beside = await store.letters_of(SUBJECT)
    assert (dead.state, dead.reason) == (LetterState.DEAD, "forbidden")
    assert beside == alert
    assert await store.letters_to_send(NOW) == (alert,)
    with pytest.raises(ValueError, match="words"):
        await store.dead(alert, "Missing Access", None)


async def test_an_echo_outranks_a_refusal(store: Store) -> None:
    letter = a_letter(SUBJECT)
    await store.apply(new(letter))
    await store.dead(letter, "invalid", None)
    await store.sent(letter, 900)
    (kept,) = await store.letters_of(SUBJECT)
    assert (kept.state, kept.reason) == (LetterState.SENT, None)


async def test_only_letters_never_tried_are_taken_back(store: Store) -> None:
    untried, tried, other = a_letter(SUBJECT), a_letter(SUBJECT, seq=2), a_letter(SUBJECT + 1)
    await store.apply(new(untried, tried, other))
    await store.sending(tried, NOW)
    await store.apply(Changes(recall=(SUBJECT,)))
    assert [letter.seq for letter in await store.letters_of(SUBJECT)] == [2]
    assert await store.letters_of(SUBJECT + 1) == (other,)
    with pytest.raises(Conflict):
        await store.sending(untried, NOW)


async def test_a_letter_can_take_the_place_of_one_taken_back(store: Store) -> None:
    await store.apply(new(a_letter(SUBJECT)))
    newer = a_letter(SUBJECT, channel_id=VOLUNTEERS)
    await store.apply(Changes(recall=(SUBJECT,), letters=(newer,)))
    assert await store.letters_of(SUBJECT) == (newer,)


async def test_a_member_can_ask_not_to_be_answered_and_take_it_back(store: Store) -> None:
    await store.silence(GUILD, ASKER, True)
    await store.silence(GUILD, ASKER, True)
    assert await store.silenced(GUILD, ASKER)
    assert not await store.silenced(GUILD, OTHER)
    assert not await store.silenced(GUILD + 50, ASKER)
    await store.silence(GUILD, ASKER, False)
    assert not await store.silenced(GUILD, ASKER)
