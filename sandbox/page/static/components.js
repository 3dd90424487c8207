// What a message holds besides text: layouts, buttons, selects.
// Source: https://discord.com/developers/docs/components/reference

import { openDialog } from "./dialog.js";
import { h, icon } from "./dom.js";
import { showForm } from "./form.js";
import { link, rich } from "./markdown.js";
import { choicesOf } from "./options.js";

const STYLES = { 1: "primary", 2: "", 3: "good", 4: "grave" };
const TEXT = 10;
const LINK = 5;
const LONGEST_LABEL = 120;

/** Draw a message's components; a select is called by the text before it. */
export function drawComponents(parts, town, message, label = "") {
  let heard = label;
  return parts.map((part) => {
    if (part.type === TEXT) heard = part.content.replaceAll(/[*_#`]/g, "").trim().split("\n").at(-1);
    return draw(part, town, message, heard);
  });
}

/** Return all the text that components hold. */
export function componentText(parts) {
  const inner = (part) => [part.content, ...(part.components ?? []).map(inner)].flat().filter(Boolean);
  return parts.flatMap(inner).join(" ");
}

const DRAWN = {
  1: (part, town, message, label) => h("div", { class: "row" }, drawComponents(part.components, town, message, label)),
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: section,
  [TEXT]: (part, town) => h("div", { class: "text" }, rich(part.content, town)),
  14: (part) => h("hr", { class: part.divider === false ? "bare" : "" }),
  17: container,
};

function draw(part, town, message, label) {
  return DRAWN[part.type]?.(part, town, message, label) ?? h("p", { class: "small" }, "Something this page cannot draw.");
}

function section(part, town, message) {
  return h("div", { class: "section" }, h("div", {}, drawComponents(part.components, town, message)), part.accessory ? draw(part.accessory, town, message) : null);
}

function container(part, town, message) {
  const drawn = h("div", { class: "container" }, drawComponents(part.components, town, message));
  if (part.accent_color) drawn.style.setProperty("--accent-line", `#${part.accent_color.toString(16).padStart(6, "0")}`);
  return drawn;
}

function keyOf(part, message) {
  return `c-${message.id}-${part.custom_id}`;
}

function button(part, town, message) {
  if (part.style === LINK) {
    const made = link(part.url, town, [part.label, leavesPage(part.url) ? icon("out") : null]);
    made.className = "button";
    return made;
  }
  const attributes = {
    type: "button",
    class: STYLES[part.style] ?? "",
    disabled: Boolean(part.disabled),
    "data-key": keyOf(part, message),
    "data-custom-id": part.custom_id,
  };
  const pressed = h("button", attributes, part.emoji?.name, part.label);
  pressed.addEventListener("click", () => press(pressed, town, "click", { ...place(message), custom_id: part.custom_id }));
  return pressed;
}

function leavesPage(url) {
  return !url.startsWith("https://discord.com/channels/");
}

function place(message) {
  return { channel: message.channel, message: message.id };
}

async function press(pressed, town, action, body) {
  if (pressed.getAttribute("aria-busy") === "true") return null;
  pressed.setAttribute("aria-busy", "true");
  const said = await town.act(action, body);
  pressed.removeAttribute("aria-busy");
  if (said?.modal) showForm(town, said);
  return said;
}

/** Draw a select as a button that opens its choices: an arrow key must not choose by itself. */
function select(part, town, message, before) {
  const label = part.placeholder || before.slice(0, LONGEST_LABEL) || "Make a choice";
  const options = choicesOf(part, town);
  const chosen = options.filter((option) => option.chosen);
  const words = chosen.map((option) => option.label).join(", ") || part.placeholder || "Make a choice";
  const opener = h(
    "button",
    { type: "button", class: "select", "aria-label": `${label}: ${words}`, disabled: Boolean(part.disabled), "aria-haspopup": "dialog", "data-key": keyOf(part, message), "data-custom-id": part.custom_id },
    h("span", { class: chosen.length ? "" : "hint" }, words),
    icon("down"),
  );
  opener.addEventListener("click", () => choose(opener, part, label, options, town, message));
  return opener;
}

function choose(opener, part, label, options, town, message) {
  const many = part.max_values > 1;
  const boxes = options.map((option) => choice(option, many));
  const limit = many ? `Choose ${part.min_values} to ${Math.min(part.max_values, options.length)}.` : null;
  openDialog({
    title: label,
    intro: limit,
    confirm: "Choose",
    body: h("fieldset", { class: "choices" }, h("legend", { class: "unseen" }, label), boxes),
    send: async (values) => {
      const body = { ...place(message), custom_id: part.custom_id, values: values.getAll("choice") };
      return (await press(opener, town, "select", body)) !== null;
    },
  });
}

function choice(option, many) {
  const input = h("input", { type: many ? "checkbox" : "radio", name: "choice", value: option.value, checked: option.chosen, required: !many });
  return h("label", { class: "choice" }, input, h("span", {}, option.label, option.description ? h("span", { class: "hint" }, option.description) : null));
}
