"""From a post to its answer: every part is answered or named as waiting, and nothing twice."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.capability import Capability
from bot.cases.case import State
from bot.cases.command import ChooseEntry, SayHelped
from bot.cases.nation import Nation
from bot.cases.part import PartStatus
from bot.guidance.knowledge import Knowledge
from bot.guidance.plain import plain
from bot.guidance.reply import Action
from bot.services.catchup import Place
from bot.services.letters.answer import answer_reply
from bot.services.records import Seen
from tests.service.conftest import (
    MOTHER,
    OTHER,
    PLAIN,
    PRIYA,
    VOLUNTEER_ROLE,
    VOLUNTEERS,
    Bench,
    member,
)

TWO = "?supporter-refused-at-meeting and ?removed-from-sen-register"


async def test_every_part_is_answered_or_named_as_waiting(bench: Bench) -> None:
    post = await bench.say(f"{TWO} and ?? and ~annual-review,suspension")
    overview, first, second = bench.told(post.channel_id)
    assert "I heard four questions" in overview
    assert (
        "Can the Head refuse to let my supporter into the meeting?** — answered below" in overview
    )
    assert "It waits for a volunteer" in overview
    assert "which of the buttons below comes nearest?" in overview
    assert first.startswith("### Can the Head refuse")
    assert second.startswith("### School wants to take my child off the SEN register")
    case = await bench.case(post)
    assert [part.status for part in case.parts] == [
        PartStatus.ANSWERED,
        PartStatus.ANSWERED,
        PartStatus.NEEDS_HUMAN,
        PartStatus.NEEDS_WORD,
    ]


async def test_an_answer_is_short_first_then_steps_law_and_standing(bench: Bench) -> None:
    post = await bench.say("?supporter-refused-at-meeting")
    answer = bench.told(post.channel_id)[1]
    entry = bench.library.now.knowledge.entries["supporter-refused-at-meeting"]
    order = [
        answer.index(entry.short),
        answer.index("What you can do now"),
        answer.index("What the law and guidance say"),
        answer.index("Last checked on"),
    ]
    assert order == sorted(order)
    assert "Draft: written from the sources named" in answer
    assert "**Law:** Councils must arrange" in answer
    assert "(from memory, not yet checked)" in answer


async def test_nothing_of_the_post_is_said_again(bench: Bench) -> None:
    post = await bench.say(f"zanzibar @everyone {TWO} ??")
    assert not any(
        "zanzibar" in text or "@everyone" in text for text in bench.told(post.channel_id)
    )


async def test_the_same_message_twice_is_answered_once(bench: Bench) -> None:
    post = await bench.say(TWO)
    before = len(bench.postbox.sent)
    await bench.intake.receive(post)
    await bench.settle()
    assert len(bench.postbox.sent) == before


async def test_chatter_opens_no_case(bench: Bench) -> None:
    post = await bench.say("chatter lovely to meet you all")
    assert await bench.store.case(post.id) is None
    assert bench.told(post.channel_id) == []


async def test_a_follow_up_is_answered_but_never_twice(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.say("?annual-review and ?suspension", thread=post.channel_id)
    answers = [text for text in bench.told(post.channel_id) if text.startswith("### ")]
    assert len(answers) == 2
    assert len((await bench.case(post)).parts) == 2


async def test_an_open_question_more_in_a_waiting_case_is_no_second_reply(bench: Bench) -> None:
    post = await bench.say("??")
    said = len(bench.told(post.channel_id))
    await bench.say("and also ??", thread=post.channel_id)
    assert len(bench.told(post.channel_id)) == said
    assert len((await bench.case(post)).waiting_parts) == 2


async def test_a_second_parent_gets_a_case_of_their_own_and_a_link_to_the_answer(
    bench: Bench,
) -> None:
    post = await bench.say("?annual-review")
    second = await bench.say("we are there too ?annual-review", by=OTHER, thread=post.channel_id)
    case = await bench.case(second)
    assert case.asker == f"person-{OTHER}"
    last = bench.told(post.channel_id)[-1]
    assert "answered [higher up](https://discord.com/channels/" in last
    assert len([text for text in bench.told(post.channel_id) if text.startswith("### ")]) == 1


async def test_asking_after_an_old_story_is_a_case_too(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.pass_time(days=90)
    second = await bench.say("?outcome of this?", by=OTHER, thread=post.channel_id)
    assert (await bench.case(second)).queued


async def test_choosing_an_offer_brings_its_answer(bench: Bench) -> None:
    post = await bench.say("~annual-review,suspension")
    offers = [b for b in bench.messages(post.channel_id)[0].reply.buttons if b.action]
    assert [b.action for b in offers] == [Action.CHOOSE, Action.CHOOSE, Action.NONE_OF_THESE]
    await bench.casework.ask(
        member(MOTHER), post.id, Capability.SPEAK_FOR_ASKER, ChooseEntry(1, "suspension")
    )
    await bench.settle()
    assert bench.library.now.knowledge.entries["suspension"].title in bench.told(post.channel_id)[1]


async def test_in_a_plain_channel_questions_stand_side_by_side(bench: Bench) -> None:
    first = await bench.say("?annual-review", channel=PLAIN)
    second = await bench.say("?suspension", channel=PLAIN)
    helped = await bench.say(
        "this is what worked for us last year, ring the council first thing",
        by=OTHER,
        channel=PLAIN,
        reply_to=second.id,
    )
    assert await bench.store.case(helped.id) is None
    assert (await bench.case(first)).state is State.WAITING_HUMAN
    assert (await bench.case(second)).state is State.WAITING_ASKER


async def test_an_unwatched_channel_is_left_alone(bench: Bench) -> None:
    post = await bench.say("?annual-review", channel=99)
    assert await bench.store.case(post.id) is None


async def test_a_mention_is_answered_anywhere(bench: Bench) -> None:
    post = replace(bench.post("?annual-review", channel=99), mentions_bot=True)
    await bench.intake.receive(post)
    await bench.settle()
    assert len(bench.told(99)) == 2


async def test_who_asked_not_to_be_answered_still_reaches_people(bench: Bench) -> None:
    await bench.store.silence(10, f"person-{MOTHER}", on=True)
    post = await bench.say("?annual-review")
    assert bench.told(post.channel_id) == []
    assert (await bench.case(post)).queued


async def test_a_deleted_question_is_withdrawn_and_its_letters_taken_back(bench: Bench) -> None:
    bench.delivery.pause()
    post = await bench.say("?annual-review")
    await bench.intake.receive_deleted(post.channel_id, post.id)
    bench.delivery.resume()
    await bench.settle()
    assert bench.told(post.channel_id) == []
    assert (await bench.case(post)).state is State.WITHDRAWN


async def test_a_crash_between_keeping_and_answering_loses_nothing(bench: Bench) -> None:
    post = bench.post("?annual-review")
    seen = Seen(post.id, 0, 10, post.channel_id, f"person-{MOTHER}", bench.clock.now())
    await bench.store.receive([seen])
    assert await bench.intake.resume() == 1
    await bench.settle()
    assert len(bench.told(post.channel_id)) == 2
    assert await bench.intake.resume() == 0


async def test_what_was_written_while_we_were_away_is_answered_with_an_apology(
    bench: Bench,
) -> None:
    post = bench.post("?annual-review")
    bench.clock.push(days=2)
    assert await bench.catch_up.run([Place(post.channel_id, 10, post.id)]) == 1
    await bench.settle()
    assert bench.told(post.channel_id)[0].startswith("I am sorry: I was away when you wrote")
    assert any("wait began" in text for text in bench.told(VOLUNTEERS))


async def test_a_volunteers_word_counts_as_an_answer(bench: Bench) -> None:
    post = await bench.say("??")
    await bench.say(
        "Ring SENDIASS.", by=PRIYA, thread=post.channel_id, roles=frozenset({VOLUNTEER_ROLE})
    )
    assert (await bench.case(post)).state is State.WAITING_ASKER


async def test_a_volunteers_offer_to_talk_is_a_persons_reply_and_a_hug_is_not(bench: Bench) -> None:
    post = await bench.say("??")
    volunteer = {"by": PRIYA, "thread": post.channel_id, "roles": frozenset({VOLUNTEER_ROLE})}
    for company in ("chatter oh love, big hugs", "following this one to see what people say here"):
        await bench.say(company, **volunteer)
        assert (await bench.case(post)).queued
    await bench.say("chatter I can talk this through with you tonight", **volunteer)
    assert (await bench.case(post)).state is State.WAITING_ASKER


async def test_advice_that_sounds_like_chatter_is_an_answer_and_comfort_is_not(
    bench: Bench,
) -> None:
    post = await bench.say("??")
    beneath = {"by": OTHER, "thread": post.channel_id}
    await bench.say("chatter hugs to you lovely, thinking of you all today", **beneath)
    assert (await bench.case(post)).queued
    await bench.say("chatter I would put it all in writing and keep a copy", **beneath)
    assert (await bench.case(post)).state is State.WAITING_ASKER


async def test_a_members_plain_statement_is_an_answer_and_no_case(bench: Bench) -> None:
    post = await bench.say("??")
    beneath = {"by": OTHER, "thread": post.channel_id}
    told = await bench.say("The SENCO is the person to speak to first, then the head.", **beneath)
    assert (await bench.case(post)).state is State.WAITING_ASKER
    assert all(case.id != told.id for case in await bench.store.cases_in(post.channel_id))


def test_a_parent_in_wales_is_shown_no_english_service(knowledge: Knowledge) -> None:
    entry = replace(
        knowledge.entries["annual-review"], signposts=("ipsea", "snap-cymru", "sendiass-finder")
    )
    shown = plain(answer_reply(entry, knowledge.directory, Nation.WALES))
    assert knowledge.directory.services["snap-cymru"].name in shown
    assert knowledge.directory.services["ipsea"].name not in shown


async def test_a_reply_to_our_answer_is_a_reply_to_the_question(bench: Bench) -> None:
    post = await bench.say("?annual-review", channel=PLAIN)
    ours = bench.messages(PLAIN)[1]
    await bench.say(
        "yes and also keep a copy of every letter you send to the council",
        by=OTHER,
        channel=PLAIN,
        reply_to=ours.id,
    )
    assert (await bench.case(post)).state is State.WAITING_ASKER


async def test_an_unclear_question_is_named_and_not_offered_what_is_answered_already(
    bench: Bench,
) -> None:
    post = await bench.say("?annual-review and ~suspension,annual-review,off-rolling")
    (overview, *_) = bench.messages(post.channel_id)
    assert "**A question that may be about being sent home or excluded**" in plain(overview.reply)
    entries = bench.library.now.knowledge.entries
    labels = [button.label for button in overview.reply.buttons]
    assert labels == [entries["suspension"].title, entries["off-rolling"].title, "None of these"]
    assert [button.argument for button in overview.reply.buttons] == [20, 22, 29]


ADVICE = (
    "The bottom line is that the Head may say who comes in. What you could try is a meeting "
    "somewhere else. Have you thought about that? ?annual-review"
)


async def test_advice_that_holds_a_question_is_an_answer_and_no_case(bench: Bench) -> None:
    post = await bench.say("??")
    helped = await bench.say(ADVICE, by=OTHER, thread=post.channel_id)
    assert await bench.store.case(helped.id) is None
    assert (await bench.case(post)).state is State.WAITING_ASKER


async def test_advice_in_an_old_thread_is_an_answer_too(bench: Bench) -> None:
    post = await bench.say("??")
    await bench.pass_time(days=90)
    helped = await bench.say(ADVICE, by=OTHER, thread=post.channel_id)
    assert await bench.store.case(helped.id) is None
    assert (await bench.case(post)).state is State.WAITING_ASKER


async def test_a_question_put_back_to_the_asker_is_neither_a_case_nor_an_answer(
    bench: Bench,
) -> None:
    post = await bench.say("??")
    said = len(bench.told(post.channel_id))
    asked = await bench.say(
        "Have you asked them to put that in writing, hun? ?annual-review",
        by=OTHER,
        thread=post.channel_id,
    )
    assert await bench.store.case(asked.id) is None
    assert (await bench.case(post)).queued
    assert len(bench.told(post.channel_id)) == said


async def test_where_nobody_waits_any_more_a_question_to_the_asker_is_a_case(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.casework.ask(member(MOTHER), post.id, Capability.SPEAK_FOR_ASKER, SayHelped(0))
    asked = await bench.say(
        "Have you got that in writing? ?suspension", by=OTHER, thread=post.channel_id
    )
    assert (await bench.case(asked)).queued


async def test_a_second_parents_question_that_nothing_fits_waits_for_a_person(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    second = await bench.say(
        "My daughter's school has done this as well. Can they do that? ??",
        by=OTHER,
        thread=post.channel_id,
    )
    assert (await bench.case(second)).queued
    assert "It waits for a volunteer" in bench.told(post.channel_id)[-1]


async def test_in_a_plain_channel_a_reply_may_be_a_question_of_ones_own(bench: Bench) -> None:
    post = await bench.say("?annual-review", channel=PLAIN)
    second = await bench.say(
        "same here with my son, what can we do? ??", by=OTHER, channel=PLAIN, reply_to=post.id
    )
    helped = await bench.say(ADVICE, by=PRIYA, channel=PLAIN, reply_to=post.id)
    assert (await bench.case(second)).queued
    assert await bench.store.case(helped.id) is None
    assert (await bench.case(post)).state is State.WAITING_ASKER


async def test_an_unclear_question_whose_offers_are_all_answered_waits_for_a_volunteer(
    bench: Bench,
) -> None:
    post = await bench.say("?annual-review and ?suspension and ~suspension,annual-review")
    overview = bench.messages(post.channel_id)[0].reply
    assert overview.buttons == ()
    assert "It waits for a volunteer" in plain(overview)
    assert [part.status for part in (await bench.case(post)).parts] == [
        PartStatus.ANSWERED,
        PartStatus.ANSWERED,
        PartStatus.NEEDS_HUMAN,
    ]


async def test_what_was_answered_before_is_not_offered_for_a_later_question(bench: Bench) -> None:
    post = await bench.say("?annual-review")
    await bench.say("~annual-review,suspension and ~annual-review", thread=post.channel_id)
    overview = bench.messages(post.channel_id)[-1].reply
    title = bench.library.now.knowledge.entries["suspension"].title
    assert [button.label for button in overview.buttons] == [title, "None of these"]
    assert (await bench.case(post)).parts[2].status is PartStatus.NEEDS_HUMAN


async def test_of_several_unclear_questions_each_names_its_own_buttons(bench: Bench) -> None:
    post = await bench.say("?annual-review and ~suspension,off-rolling and ~eotas,suspension")
    overview = bench.messages(post.channel_id)[0].reply
    assert "which of the buttons marked 2 comes nearest?" in plain(overview)
    assert "which of the buttons marked 3 comes nearest?" in plain(overview)
    assert {button.label[:3] for button in overview.buttons} == {"2: ", "3: "}


async def test_however_many_are_unclear_each_can_be_answered_with_none_of_these(
    bench: Bench,
) -> None:
    post = await bench.say(" ".join(["~suspension,off-rolling,eotas"] * 8))
    buttons = bench.messages(post.channel_id)[0].reply.buttons
    assert len(buttons) <= 25
    assert sum(button.action is Action.NONE_OF_THESE for button in buttons) == 8
