"""What a person can do at the page, with a mouse and without."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from sandbox.calendar import LONDON
from sandbox.permissions import Permission
from sandbox.world.channels import overwrite

# From the last control the browser's own frame may come next, but never the page behind.
INSIDE = "e => e.contains(document.activeElement) || document.activeElement === document.body"
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


async def test_a_parent_posts_with_the_keyboard_alone(table):
    town, page = table.town, table.page
    await table.sit(town.mother, town.forum)
    keys = page.keyboard
    await page.get_by_role("button", name="New post").focus()
    await keys.press("Enter")
    dialog = page.get_by_role("dialog", name="New post in ask-for-help")
    await expect(dialog.get_by_label("Title")).to_be_focused()
    await keys.type("Who may come with me?")
    await keys.press("Tab")
    await keys.type("The Head says nobody.")
    await keys.press("Tab")
    await keys.press("Space")
    confirm = dialog.get_by_role("button", name="Post")
    for _ in range(8):
        if await confirm.evaluate("e => e === document.activeElement"):
            break
        await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Who may come with me?")
    await expect(page.get_by_role("heading", name="Can they refuse?")).to_be_visible()
    thread = next(c for c in town.world.channels.values() if c["name"] == "Who may come with me?")
    assert thread["owner_id"] == town.mother.id
    assert len(thread["applied_tags"]) == 1


async def test_a_dialog_keeps_the_focus_and_gives_it_back(table):
    page = table.page
    await table.sit(table.town.mother, table.town.forum)
    opener = page.get_by_role("button", name="New post")
    await opener.click()
    for _ in range(12):
        await page.keyboard.press("Tab")
        assert await page.locator("dialog").evaluate(INSIDE)
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_what_fails_is_said_in_the_open_dialog_and_the_words_stay(table):
    town, page = table.town, table.page
    await table.sit(town.mother, town.forum)
    await page.get_by_role("button", name="New post").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("A long day")
    await dialog.get_by_label("Your post").fill("Why? " * 800)
    town.forum["permission_overwrites"].append(
        overwrite({"id": town.guild.id}, deny=int(Permission.SEND_MESSAGES))
    )
    await dialog.get_by_role("button", name="Post").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("not allowed")
    await expect(dialog.get_by_label("Your post")).to_have_value("Why? " * 800)
    town.forum["permission_overwrites"].pop()
    await dialog.get_by_role("button", name="Post").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("A long day")


async def test_writing_replying_editing_and_deleting(table):
    town, page = table.town, table.page
    await town.father.send(town.chat, "Shall we meet?")
    await table.sit(town.mother, town.chat)
    await page.get_by_role("button", name="Actions for the message by Callum").click()
    await page.get_by_role("menuitem", name="Reply").click()
    box = page.get_by_label("Write to chat as Maya")
    await expect(box).to_be_focused()
    await box.fill("Yes, on Monday")
    await page.keyboard.press("Enter")
    mine = table.message("Yes, on Monday")
    await expect(mine.locator(".quoted")).to_contain_text("Shall we meet?")
    await page.get_by_role("button", name="Actions for the message by Maya").click()
    await page.keyboard.press("End")
    await page.keyboard.press("Home")
    await page.get_by_role("menuitem", name="Edit").click()
    await page.get_by_role("dialog").get_by_label("Message").fill("Yes, on Tuesday")
    await page.get_by_role("button", name="Save").click()
    mine = table.message("Yes, on Tuesday")
    await expect(mine).to_contain_text("edited")
    await page.get_by_role("button", name="Actions for the message by Maya").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(mine).to_have_count(0)


async def test_the_clock_is_shown_and_pushed(table):
    town, page = table.town, table.page
    await table.sit(town.mother)
    before = table.server.clock.now()
    await page.get_by_role("button", name="Four hours later").click()
    await table.server.clock.after(0, wait=5)
    await table.server.clock.acknowledge(table.server.clock.turn)
    passed = table.server.clock.now() - before
    assert 4 * 3600 <= passed.total_seconds() < 4 * 3600 + 30
    shown = await page.locator("#now").get_attribute("datetime")
    assert abs((datetime.fromisoformat(shown) - table.server.clock.now()).total_seconds()) < 5
    local = table.server.clock.now().astimezone(LONDON)
    await expect(page.locator("#now")).to_contain_text(f"{local:%A}")


async def test_a_command_with_completion_by_keyboard(table):
    town, page = table.town, table.page
    await table.sit(town.mother, town.chat)
    box = page.get_by_label("Write to chat as Maya")
    await box.focus()
    await page.keyboard.type("/")
    listed = page.get_by_role("listbox", name="Commands")
    await expect(listed.get_by_role("option")).to_have_count(2)
    await expect(listed).not_to_contain_text("/choose")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="/ask")
    await expect(dialog.get_by_label("question")).to_be_focused()
    await page.keyboard.type("Is this right?")
    await dialog.get_by_label("area").focus()
    await page.keyboard.type("le")
    offered = dialog.get_by_role("listbox", name="Suggestions")
    await expect(offered.get_by_role("option")).to_have_text(["Leeds", "Leicester", "Lewisham"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_label("area")).to_have_value("Leicester")
    await dialog.get_by_role("button", name="Run").click()
    told = table.message("You asked: Is this right? (LEICESTER)")
    await expect(told).to_contain_text("Only you can see this")
    await expect(told).to_contain_text("Maya used /ask")
    await page.get_by_label("Viewing as").select_option(label="Callum, another parent")
    await expect(page.get_by_label("Write to chat as Callum")).to_be_visible()
    await expect(told).to_have_count(0)


async def test_a_choice_command_and_its_public_answer(table):
    town, page = table.town, table.page
    await table.sit(town.mother, town.chat)
    await page.get_by_role("button", name="Commands").click()
    await page.keyboard.type("ask")
    await page.keyboard.press("Tab")
    dialog = page.get_by_role("dialog", name="/ask")
    await dialog.get_by_label("question").fill("In the open?")
    await dialog.get_by_label("where").select_option(label="In this channel")
    await dialog.get_by_role("button", name="Run").click()
    await expect(table.message("You asked: In the open?")).to_be_visible()
    assert any("In the open?" in m["content"] for m in town.father.read(town.chat))


async def test_selects_of_channels_several_at_once(table):
    town, page = table.town, table.page
    await table.sit(town.admin, town.chat)
    await page.get_by_label("Write to chat as Noor").fill("/choose")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Help channels: Make a choice").click()
    dialog = page.get_by_role("dialog", name="Help channels")
    await expect(dialog.get_by_role("checkbox")).to_have_count(4)
    await dialog.get_by_label("#ask-for-help").check()
    await dialog.get_by_label("#chat").check()
    await dialog.get_by_role("button", name="Choose").click()
    chosen = page.get_by_role("button", name="Help channels: #ask-for-help, #chat")
    await expect(chosen).to_be_focused()


async def test_a_form_from_a_button_and_from_the_menu_of_a_message(table):
    town, page = table.town, table.page
    thread = await town.mother.post(town.forum, "A post", "A question?")
    await table.sit(town.mother, thread)
    await page.get_by_role("button", name="Tell me more").click()
    dialog = page.get_by_role("dialog", name="Suggest an entry")
    await dialog.get_by_label("Question").fill("no")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_be_visible()
    await dialog.get_by_label("Question").fill("Who decides?")
    await dialog.get_by_label("Meetings").check()
    await dialog.get_by_role("button", name="Send").click()
    await expect(table.message("Noted: Who decides? (Meetings)")).to_be_visible()
    await page.get_by_role("button", name="Actions for the message by Maya").click()
    await page.get_by_role("menuitem", name="Suggest for the knowledge base").click()
    await expect(page.get_by_role("dialog", name="Suggest an entry")).to_be_visible()
    await page.keyboard.press("Escape")


async def test_what_one_asked_for_privately_is_brought_into_view(table):
    town, page = table.town, table.page
    thread = await town.mother.post(town.forum, "A post", "A question?")
    for number in range(30):
        await town.father.send(thread, f"Line {number}")
    await table.sit(town.mother, thread)
    await page.get_by_role("button", name="This helped").first.click()
    await expect(table.message("Thank you.")).to_be_in_viewport()


async def test_disabled_buttons_and_refusals(table):
    town, page = table.town, table.page
    thread = await town.mother.post(town.forum, "A post", "A question?")
    await table.sit(town.father, thread)
    await expect(page.get_by_role("button", name="Not now")).to_be_disabled()
    await page.get_by_label("Write to A post as Callum").fill("/silent")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Alongside did not answer in time.")
    await page.get_by_role("button", name="Dismiss").click()
    await expect(page.locator(".alarm")).to_have_count(0)


async def test_what_could_not_be_sent_is_not_lost(table):
    town, page = table.town, table.page
    thread = await town.mother.post(town.forum, "A post", "A question?")
    await table.sit(town.father, thread)
    box = page.get_by_label("Write to A post as Callum")
    await box.fill("Precious words")
    thread["thread_metadata"]["locked"] = True
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("not allowed")
    await expect(box).to_have_value("Precious words")
