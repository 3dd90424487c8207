"""That everybody can use the page: names, landmarks, contrast, narrow screens, large type."""

import re

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

NAMED = "button, a[href], input, select, textarea, [role=menuitem], dialog, nav, section"
UNNAMED = """(named) => [...document.querySelectorAll(named)]
  .filter((e) => e.checkVisibility())
  .filter((e) => !(e.getAttribute("aria-label") || e.innerText?.trim() || e.labels?.length
    || document.getElementById(e.getAttribute("aria-labelledby"))?.innerText))
  .map((e) => e.outerHTML.slice(0, 120))"""

# Every visible text with its colour and the first solid colour behind it.
COLOURS = """() => {
  const solid = (e) => {
    for (; e; e = e.parentElement) {
      const found = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$/.test(found) && found !== "transparent") return found;
    }
    return "rgb(255, 255, 255)";
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility()) continue;
    if (e.closest(".unseen, :disabled, script")) continue;
    const style = getComputedStyle(e);
    found.push([walker.currentNode.data.slice(0, 40), style.color, solid(e)]);
  }
  return found;
}"""

READ_COLOURS = """(names) => names.map((name) => {
  const e = document.createElement("i");
  e.style.color = `var(${name})`;
  document.body.append(e);
  const found = getComputedStyle(e).color;
  e.remove();
  return found;
})"""


def luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


async def _busy_thread(table):
    town = table.town
    thread = await town.mother.post(town.forum, "Many things", "**Can** they? `code`", ["School"])
    await town.volunteer.send(thread, f"{town.mother.mention} see https://example.org/page")
    await table.sit(town.mother, thread)
    await expect(table.page.get_by_role("heading", name="Can they refuse?").first).to_be_visible()
    return thread


async def test_everything_that_can_be_used_has_a_name(table):
    await _busy_thread(table)
    page = table.page
    assert await page.evaluate(UNNAMED, NAMED) == []
    await page.get_by_role("button", name="Actions for the message by Maya").click()
    assert await page.evaluate(UNNAMED, NAMED) == []
    await page.keyboard.press("Escape")
    await table.sit(table.town.mother, table.town.forum)
    await page.get_by_role("button", name="New post").click()
    assert await page.evaluate(UNNAMED, NAMED) == []


async def test_landmarks_headings_and_language(table):
    await _busy_thread(table)
    page = table.page
    for role in ("banner", "navigation", "main"):
        await expect(page.get_by_role(role)).to_have_count(1)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert await page.locator("html").get_attribute("lang") == "en-GB"
    assert "Many things" in await page.title()
    ids = await page.evaluate("() => [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


async def test_the_skip_link_comes_first_and_works(table):
    await _busy_thread(table)
    page = table.page
    await page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the conversation")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("#heading")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_what_is_behind_it(table, scheme):
    await table.page.emulate_media(color_scheme=scheme)
    await _busy_thread(table)
    seen = await table.page.evaluate(COLOURS)
    assert len(seen) > 20
    await table.sit(table.town.mother, table.town.forum)
    await table.page.get_by_role("button", name="New post").click()
    seen += await table.page.evaluate(COLOURS)
    faint = [(text, *colours) for text, *colours in seen if contrast(*colours) < 4.5]
    assert faint == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_edges_of_controls_and_the_focus_can_be_seen(table, scheme):
    page = table.page
    await page.emulate_media(color_scheme=scheme)
    await _busy_thread(table)
    names = ("--edge", "--accent", "--paper", "--raised", "--side")
    edge, accent, *grounds = await page.evaluate(READ_COLOURS, list(names))
    assert all(contrast(line, ground) >= 3 for line in (edge, accent) for ground in grounds)
    await page.get_by_role("button", name="This helped").first.focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Shift+Tab")
    outline = await page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


@pytest.mark.parametrize("width", [320, 768, 1920])
async def test_nothing_is_cut_off_at_any_width(table, width):
    page = table.page
    await page.set_viewport_size({"width": width, "height": 700})
    await _busy_thread(table)
    for _ in range(2):
        sizes = await page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        assert sizes[0] <= sizes[1]
        box = await page.get_by_label("Write to Many things as Maya").bounding_box()
        assert box is not None and box["x"] >= 0 and box["y"] + box["height"] <= 700
        await page.evaluate("() => { document.documentElement.style.fontSize = '125%'; }")


async def test_the_drawer_on_a_narrow_screen(table):
    page = table.page
    await page.set_viewport_size({"width": 320, "height": 640})
    await _busy_thread(table)
    drawer = page.get_by_role("button", name="Channels")
    await expect(page.get_by_label("Viewing as")).to_be_hidden()
    await drawer.click()
    await expect(page.get_by_label("Viewing as")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_focused()
    await drawer.click()
    await page.get_by_role("link", name="chat").click()
    await expect(page.get_by_label("Viewing as")).to_be_hidden()
    await expect(page.get_by_role("heading", level=1)).to_have_text("chat")


async def test_motion_is_left_out_where_it_is_not_wanted(table):
    await table.page.emulate_media(reduced_motion="reduce")
    await _busy_thread(table)
    moving = "() => document.getAnimations().length"
    assert await table.page.evaluate(moving) == 0
