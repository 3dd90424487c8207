"""What the page shows: places, messages, who sees what, and that it changes by itself."""

import pytest
from playwright.async_api import expect

from sandbox.world import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


async def test_a_message_of_another_appears_by_itself_and_is_announced(table):
    town, page = table.town, table.page
    await table.sit(town.mother, town.chat)
    await town.father.send(town.chat, "Good morning, all")
    await expect(table.message("Good morning, all")).to_be_visible()
    await expect(page.locator("#say")).to_have_text("Callum: Good morning, all")


async def test_each_person_sees_only_their_places(table):
    town, page = table.town, table.page
    await table.sit(town.mother)
    channels = page.get_by_role("navigation", name="Channels")
    await expect(channels.get_by_role("link", name="volunteers")).to_have_count(0)
    await page.get_by_label("Viewing as").select_option(label="Priya, a volunteer")
    await expect(channels.get_by_role("link", name="volunteers (private)")).to_be_visible()


async def test_a_call_marks_the_place_and_its_link_leads_to_the_post(table):
    town, page = table.town, table.page
    await table.sit(town.volunteer, town.chat)
    thread = await town.mother.post(town.forum, "Who can come with me?", "Can she refuse?")
    marked = page.get_by_role("link", name="volunteers (private) (1 unread for you)")
    await expect(marked).to_be_visible()
    await marked.click()
    call = table.message("@Volunteer waiting since")
    await expect(call.locator("time[data-style]")).to_have_attribute("data-style", "R")
    await call.get_by_role("link", name="#Who can come with me?").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Who can come with me?")
    await expect(page.locator(".message.target")).to_contain_text("Can she refuse?")
    assert thread["id"] in page.url


async def test_a_panel_changes_in_place(table):
    town = table.town
    await table.sit(town.volunteer, town.volunteers)
    await town.mother.post(town.forum, "First", "One question?")
    await expect(table.message("The queue")).to_contain_text("1 waiting")
    await town.father.post(town.forum, "Second", "Another question?")
    await expect(table.message("The queue")).to_contain_text("2 waiting")
    await expect(table.message("The queue")).to_have_count(1)


async def test_archived_threads_are_listed_and_say_so(table):
    town, page = table.town, table.page
    thread = await town.mother.post(town.forum, "Long ago", "Words")
    assert await until(town.world, lambda: thread["message_count"] > 0)
    await town.mother.archive(thread)
    await table.sit(town.father, town.forum)
    await expect(page.get_by_role("link", name="Long ago (archived)")).to_be_visible()
    await expect(page.locator(".post")).to_contain_text("Archived")
    await page.locator(".post").click()
    await page.get_by_label("Write to Long ago as Callum").fill("Is anyone still here?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Long ago", exact=True).first).to_be_visible()
    assert not thread["thread_metadata"]["archived"]


async def test_markdown_mentions_and_times_are_drawn(table):
    town = table.town
    said = (
        f"## Plans\n**bold** and *soft*, `code`\n> quoted\n1. one\n2. two\n-# small\n"
        f"{town.mother.mention} in <#{town.chat['id']}>, [a link](https://example.org/a) "
        "<t:1784541600:D>"
    )
    await town.father.send(town.chat, said)
    await table.sit(town.mother, town.chat)
    row = table.message("Plans")
    await expect(row).to_have_class("message calls-me")
    for drawn, text in (
        ("h4", "Plans"),
        ("strong", "bold"),
        ("em", "soft"),
        ("code", "code"),
        ("blockquote", "quoted"),
        ("ol li:nth-child(2)", "two"),
        ("p.small", "small"),
        ("span.mention", "@Maya"),
        ("a.mention", "#chat"),
        ("time", "20 July 2026"),
    ):
        await expect(row.locator(".said").locator(drawn)).to_have_text(text)
    link = row.get_by_role("link", name="a link")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">",
    "[click](javascript:document.title='owned')",
    "**" * 900,
    "||" * 900 + "[" * 100 + "](https://example.org" + "(" * 50,
    "\u202egnp.exe \u200b\u0300\u0301\u0302 zalgo",
    "> " * 200 + "deep",
    "`" * 500 + "* " * 300,
)


async def test_hostile_text_stays_text(table):
    town, page = table.town, table.page
    await table.sit(town.mother, town.chat)
    for number, text in enumerate(HOSTILE):
        await town.father.send(town.chat, text)
        await town.father.send(town.chat, f"and then some, {number}")
        await expect(table.message(f"and then some, {number}")).to_be_visible(timeout=2_000)
    assert "owned" not in await page.title()
    odd = page.locator(".said script, .said img, .said iframe, .said a[href^='javascript']")
    await expect(odd).to_have_count(0)


async def test_the_page_says_whether_the_bot_is_there(table, bot):
    await table.sit(table.town.mother)
    state = table.page.locator("#bot")
    await expect(state).to_have_text("Alongside is connected")
    await bot.close()
    await expect(state).to_have_text("Alongside is not connected")
