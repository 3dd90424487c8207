"""Every command, used in the sandbox by the people it is for and by those it is not for."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.care.playbook import Playbook
from bot.guidance.entry import ReviewStatus
from bot.guidance.knowledge import load_knowledge
from bot.guidance.rules.review import rests_on_memory
from bot.services.doctor import NotYourHouse
from bot.services.editing import NotAnEditor
from bot.services.errors import NoSuchEntry, NotYours
from bot.services.letters.privacy import NOT_FORGOTTEN
from bot.services.library import Snapshot
from bot.services.privacy import AlreadyAsked
from bot.services.records import Changes
from tests.service.fakes import ScriptedMatcher
from tests.wire.conftest import Sandbox
from tests.wire.living import Living, alive, text_of

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    playbook = yaml.safe_load((KNOWLEDGE / "urgent.yaml").read_text(encoding="utf-8"))
    return Snapshot(
        knowledge=load_knowledge(KNOWLEDGE),
        matcher=ScriptedMatcher(),
        playbook=Playbook.from_mapping(playbook),
        helplines=frozenset(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the knowledge, so that a test may write in it."""
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


@pytest.fixture
async def living(sandbox: Sandbox, folder: Path, snapshot: Snapshot) -> AsyncIterator[Living]:
    async with alive(sandbox.server, sandbox.town, folder, snapshot) as living:
        yield living


def file_of(folder: Path, entry: str) -> Path:
    return next(folder.rglob(f"{entry}.yaml"))


async def test_support_is_found_by_council(living: Living) -> None:
    town = living.town
    used = await town.mother.slash(town.chat, "find-support", area="Cornwall Council")
    (text,) = await living.told(used)
    assert "Cornwall SENDIASS" in text
    assert "https://cornwallsendiass.org.uk" in text
    assert "IPSEA" in text


async def test_a_shared_name_is_asked_about_and_never_guessed(living: Living) -> None:
    town = living.town
    used = await town.mother.slash(town.chat, "find-support", area="Cumbria")
    answer = await used.answer()
    assert answer.ephemeral
    assert "Which of these is yours?" in text_of(answer.message)
    picked = await town.mother.select(answer.message, "al-area:0", ["cumberland"])
    (text,) = await living.told(picked)
    assert "Cumberland" in text
    assert "SENDIASS" in text


async def test_a_place_nobody_knows_still_gets_the_nations_services(living: Living) -> None:
    town = living.town
    used = await town.mother.slash(town.chat, "find-support", area="qqqq")
    asked, nation = await living.told(used, messages=2)
    assert "do not know a council" in asked
    assert "IPSEA" in nation


async def test_areas_complete_while_a_parent_types(living: Living) -> None:
    town = living.town
    used = await town.mother.autocomplete(town.chat, "find-support", "area", "corn")
    answer = await used.answer()
    assert "Cornwall Council" in {choice["value"] for choice in answer.choices}


async def test_a_word_is_explained(living: Living) -> None:
    town = living.town
    (text,) = await living.told(await town.mother.slash(town.chat, "jargon", term="senco"))
    assert "Special Educational Needs" in text


async def test_initials_with_many_meanings_give_all_of_them(living: Living) -> None:
    town = living.town
    (text,) = await living.told(await town.mother.slash(town.chat, "jargon", term="AP"))
    assert "alternative provision" in text
    assert "assistant principal" in text


async def test_a_misspelt_word_is_met_with_what_is_near(living: Living) -> None:
    town = living.town
    (text,) = await living.told(await town.mother.slash(town.chat, "jargon", term="sendias"))
    assert "SENDIASS" in text


# Privacy


async def test_privacy_is_said_in_one_message(living: Living) -> None:
    town = living.town
    (text,) = await living.told(await town.mother.slash(town.chat, "privacy"))
    assert "What you write, its title, your name" in text
    assert "/forget-me" in text


async def test_a_member_sees_what_is_kept_and_has_it_erased(living: Living) -> None:
    town = living.town
    thread = await town.mother.post(town.forum, "Meeting", "?supporter-refused-at-meeting")
    await living.settle()
    (text,) = await living.told(await town.mother.slash(town.chat, "my-data"))
    assert "Questions still open: 1." in text
    used = await town.mother.slash(town.chat, "forget-me")
    answer = await used.answer()
    assert "This cannot be undone" in text_of(answer.message)
    pressed = await town.mother.click(answer.message, "al-forget:remove")
    (done,) = await living.told(pressed)
    assert "I no longer hold anything about you. I have also deleted my replies" in done
    ours = [m for m in town.mother.read(thread) if m["author"].get("bot")]
    assert ours == []
    (text,) = await living.told(await town.mother.slash(town.chat, "my-data"))
    assert "Nothing at all." in text


async def test_one_who_is_sure_is_forgotten_without_being_asked(living: Living) -> None:
    town = living.town
    thread = await town.mother.post(town.forum, "Meeting", "?supporter-refused-at-meeting")
    await living.settle()
    (done,) = await living.told(await town.mother.slash(town.chat, "forget-me", sure="leave"))
    assert "My replies to you (2) still stand" in done
    assert len([m for m in town.mother.read(thread) if m["author"].get("bot")]) == 2


async def test_one_who_thinks_again_keeps_everything(living: Living) -> None:
    town = living.town
    answer = await (await town.mother.slash(town.chat, "forget-me")).answer()
    pressed = await town.mother.click(answer.message, "al-forget:keep")
    assert await living.told(pressed) == [NOT_FORGOTTEN]


async def test_a_member_who_wants_quiet_is_not_answered_until_they_take_it_back(
    living: Living,
) -> None:
    town = living.town
    (text,) = await living.told(await town.mother.slash(town.chat, "quiet", switch="on"))
    assert "I will not answer" in text
    thread = await town.mother.post(town.forum, "Meeting", "?supporter-refused-at-meeting")
    await living.settle()
    assert len(town.mother.read(thread)) == 1
    await living.told(await town.mother.slash(town.chat, "quiet", switch="off"))
    thread = await town.mother.post(town.forum, "Register", "?removed-from-sen-register")
    await living.settle()
    assert len(town.mother.read(thread)) == 3


# The knowledge base


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("show", {"entry": "annual-review"}),
        ("search", {"words": "review"}),
        ("explain", {"text": "?annual-review"}),
        ("stale", {}),
        ("report", {}),
        ("gaps", {}),
        ("draft", {}),
        ("reload", {}),
        ("review", {"entry": "annual-review", "known_as": "AB"}),
    ],
)
async def test_the_knowledge_base_is_for_volunteers(
    living: Living, command: str, given: dict[str, str]
) -> None:
    town = living.town
    used = await town.mother.slash(town.chat, f"knowledge {command}", **given)
    (text,) = await living.told(used)
    assert text in {NotYours.__doc__, NotAnEditor.__doc__}


@pytest.mark.parametrize("command", ["gaps", "draft", "reload"])
async def test_only_leads_edit(living: Living, command: str) -> None:
    town = living.town
    used = await town.volunteer.slash(town.volunteers, f"knowledge {command}")
    assert await living.told(used) == [NotAnEditor.__doc__]


async def test_a_volunteer_reads_an_entry_as_members_do(living: Living) -> None:
    town = living.town
    typed = await town.volunteer.autocomplete(
        town.volunteers, "knowledge show", "entry", "supporter"
    )
    choices = (await typed.answer()).choices
    assert "supporter-refused-at-meeting" in {choice["value"] for choice in choices}
    used = await town.volunteer.slash(
        town.volunteers, "knowledge show", entry="supporter-refused-at-meeting"
    )
    (text,) = await living.told(used)
    assert "Can the Head refuse to let my supporter into the meeting?" in text
    assert "Last checked" in text


async def test_an_entry_nobody_has_is_refused_kindly(living: Living) -> None:
    town = living.town
    used = await town.volunteer.slash(town.volunteers, "knowledge show", entry="no such thing")
    assert await living.told(used) == [NoSuchEntry.__doc__]


async def test_entries_are_found_and_listed_by_their_due_day(living: Living) -> None:
    town = living.town
    used = await town.volunteer.slash(town.volunteers, "knowledge search", words="annual review")
    assert "annual-review" in (await living.told(used))[0]
    used = await town.volunteer.slash(town.volunteers, "knowledge stale")
    assert "Due for review, soonest first" in (await living.told(used))[0]


async def test_a_volunteer_sees_why_and_nobody_else_does(living: Living) -> None:
    town = living.town
    used = await town.volunteer.slash(
        town.volunteers, "knowledge explain", text="?annual-review I want to die"
    )
    (text,) = await living.told(used)
    assert "annual-review" in text
    assert "a test said so" in text
    assert "Someone may be in danger (" in text


async def test_gaps_are_links_and_never_words(living: Living) -> None:
    town = living.town
    thread = await town.mother.post(town.forum, "Odd", "what about the purple caravan ??")
    await living.settle()
    used = await town.lead.slash(town.volunteers, "knowledge gaps")
    (text,) = await living.told(used)
    assert f"https://discord.com/channels/{town.guild.id}/{thread['id']}" in text
    assert "caravan" not in text


async def test_reload_says_what_changed(living: Living, folder: Path) -> None:
    path = file_of(folder, "annual-review")
    path.write_text(
        path.read_text("utf-8").replace("\nshort: ", "\nshort: Kindly note. ", 1), "utf-8"
    )
    before = living.app.house.library.now.knowledge.entries["annual-review"].short
    used = await living.town.lead.slash(living.town.volunteers, "knowledge reload")
    (text,) = await living.told(used)
    assert "Changed: annual-review" in text
    assert "Every frozen question is heard as before." in text
    assert living.app.house.library.now.knowledge.entries["annual-review"].short != before


async def test_a_broken_file_is_named_and_the_last_good_one_serves(
    living: Living, folder: Path
) -> None:
    path = file_of(folder, "annual-review")
    path.write_text("id: annual-review\nid: twice\n", "utf-8")
    used = await living.town.lead.slash(living.town.volunteers, "knowledge reload")
    (text,) = await living.told(used)
    assert "what was loaded before still serves" in text
    assert "annual-review.yaml, line 2" in text
    assert "annual-review" in living.app.house.library.now.knowledge.entries


async def test_a_lead_marks_an_entry_as_reviewed(living: Living, folder: Path) -> None:
    entries = living.app.house.library.now.knowledge.entries
    sound = next(e.id for e in entries.values() if not rests_on_memory(e))
    used = await living.town.lead.slash(
        living.town.volunteers, "knowledge review", entry=sound, known_as="AB, SENDIASS"
    )
    (text,) = await living.told(used)
    assert "is marked as reviewed by AB, SENDIASS" in text
    assert 'reviewed_by: "AB, SENDIASS"' in file_of(folder, sound).read_text("utf-8")
    review = living.app.house.library.now.knowledge.entries[sound].review
    assert review.status is ReviewStatus.REVIEWED


async def test_what_rests_on_memory_cannot_be_marked(living: Living) -> None:
    entries = living.app.house.library.now.knowledge.entries
    doubtful = next(e.id for e in entries.values() if rests_on_memory(e))
    used = await living.town.lead.slash(
        living.town.volunteers, "knowledge review", entry=doubtful, known_as="AB"
    )
    (text,) = await living.told(used)
    assert "written from memory" in text


async def test_the_report_comes_as_a_file(living: Living) -> None:
    town = living.town
    answer = await (await town.volunteer.slash(town.volunteers, "knowledge report")).answer(30)
    assert [file["filename"] for file in answer.message["attachments"]] == ["knowledge-report.txt"]
    assert answer.ephemeral


# From the menu of a message


async def test_a_suggestion_becomes_a_valid_draft_without_the_members_words(
    living: Living, folder: Path
) -> None:
    town = living.town
    thread = await town.mother.post(town.forum, "Odd", "~annual-review purple caravan")
    (post,) = [m for m in town.mother.read(thread) if m["author"]["id"] == town.mother.id]
    shown = await town.volunteer.context_menu("Suggest for the knowledge base", post)
    modal = (await shown.answer()).modal
    assert "caravan" not in str(modal)
    assert living.app.house.library.now.knowledge.entries["annual-review"].title in str(modal)
    sent = await town.volunteer.submit_modal(
        shown, {"title": "Can we bring a caravan?", "ask": "may we", "short": "Yes: no.\n- &a"}
    )
    answer = await sent.answer()
    assert answer.ephemeral
    (file,) = answer.message["attachments"]
    assert file["filename"] == "can-we-bring-a-caravan.yaml"
    async with aiohttp.ClientSession() as web, web.get(file["url"]) as got:
        text = await got.text()
    (folder / "entries/ehc-plan/can-we-bring-a-caravan.yaml").write_text(text, "utf-8")
    drafted = load_knowledge(folder).entries["can-we-bring-a-caravan"]
    assert drafted.short == "Yes: no. - &a"
    assert drafted.cluster == "ehc-plan"
    assert drafted.asks == ("may we",)


async def test_a_volunteer_raises_an_alarm_by_hand(living: Living) -> None:
    town = living.town
    thread = await town.mother.post(town.forum, "Tired", "story of a long day")
    await living.settle()
    (post,) = town.mother.read(thread)
    used = await town.volunteer.context_menu("Someone may be in danger", post)
    (text,) = await living.told(used)
    assert "The card with services is in the thread now" in text
    await living.settle()
    assert "116 123" in text_of(town.mother.read(thread)[-1])
    assert "Someone may be in danger" in text_of(town.volunteer.read(town.volunteers)[-1])
    again = await town.volunteer.context_menu("Someone may be in danger", post)
    assert "raised for that message already" in (await living.told(again))[0]


async def test_a_volunteer_asks_once_for_details_to_be_removed(living: Living) -> None:
    town = living.town
    thread = await town.mother.post(town.forum, "Form", "story with a phone number 07700 900123")
    await living.settle()
    (post,) = town.mother.read(thread)
    used = await town.volunteer.context_menu("Ask to remove details", post)
    assert "I have asked the member" in (await living.told(used))[0]
    await living.settle()
    reply = town.mother.read(thread)[-1]
    assert "taking a personal detail out" in text_of(reply)
    assert "900123" not in text_of(reply)
    again = await town.volunteer.context_menu("Ask to remove details", post)
    assert await living.told(again) == [AlreadyAsked.__doc__]


@pytest.mark.parametrize(
    "name",
    ["Someone may be in danger", "Ask to remove details", "Suggest for the knowledge base"],
)
async def test_the_menu_is_for_volunteers(living: Living, name: str) -> None:
    town = living.town
    said = await town.mother.send(town.chat, "story")
    assert await living.told(await town.father.context_menu(name, said)) == [NotYours.__doc__]


# The doctor


async def test_the_doctor_is_for_admins_and_leads(living: Living) -> None:
    town = living.town
    used = await town.volunteer.slash(town.volunteers, "doctor")
    assert await living.told(used) == [NotYourHouse.__doc__]


async def test_the_doctor_says_what_is_well_and_what_to_mend(living: Living) -> None:
    town = living.town
    used = await town.admin.slash(town.chat, "doctor")
    await used.answer(30)
    (text,) = await living.told(used)
    assert "Discord lets me read messages" in text
    assert "Channels, roles and permissions are as they should be." in text
    assert "Nobody has signed off the wording of the safety cards yet. To mend:" in text.replace(
        "**", ""
    )
    assert "Alongside " in text


async def test_setup_and_doctor_name_a_role_that_a_call_would_not_reach(living: Living) -> None:
    town = living.town
    guild, role = int(town.guild.id), town.volunteer_role
    role["mentionable"] = False
    town.world.emit("GUILD_ROLE_UPDATE", {"guild_id": town.guild.id, "role": role})
    await living.settle()
    settings = await living.app.house.setup.of(guild)
    await living.app.house.store.apply(Changes(settings=(replace(settings, lead_role=12345),)))
    for command in ("setup", "doctor"):
        used = await town.admin.slash(town.chat, command)
        await used.answer(30)
        (text,) = await living.told(used)
        assert f"<@&{role['id']}> would not hear a call" in text
        assert "Allow anyone to @mention this role" in text
        assert "<@&12345> no longer exists" in text


async def test_the_doctor_names_a_channel_that_is_gone(living: Living) -> None:
    town = living.town
    house = living.app.house
    settings = await house.setup.of(int(town.guild.id))
    gone = replace(settings, help_channels=settings.help_channels | {12345})
    await house.store.apply(Changes(settings=(gone,)))
    used = await town.lead.slash(town.chat, "doctor")
    await used.answer(30)
    (text,) = await living.told(used)
    assert "<#12345> no longer exists" in text
