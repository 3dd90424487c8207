// The menu of a message.

import { openDialog } from "./dialog.js";
import { freshId, h } from "./dom.js";
import { showForm } from "./form.js";

const QUICK = ["👍", "❤️"];
const GAP = 4;

/** Open a message's menu at a button; arrow keys walk it, Escape closes it. */
export function openMenu(button, town, message) {
  const groups = itemsFor(town, message);
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": button.getAttribute("aria-label") }, groups);
  document.body.append(menu);
  menu.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "closed") menu.remove();
  });
  menu.addEventListener("keydown", (event) => walk(event, menu));
  menu.showPopover();
  put(menu, button.getBoundingClientRect());
  menu.querySelector("[role=menuitem]").focus();
}

function itemsFor(town, message) {
  const own = message.author.id === town.me;
  const manages = town.person?.roles.length > 0;
  const place = { channel: message.channel, message: message.id };
  const item = (label, does, kind = "") =>
    h("button", { type: "button", role: "menuitem", tabindex: -1, class: kind, onclick: (event) => close(event, does) }, label);
  const apps = town.commands.filter((command) => command.menu);
  return [
    message.private ? null : item("Reply", () => town.dispatchEvent(new CustomEvent("reply", { detail: message }))),
    message.private ? null : QUICK.map((emoji) => item(`React ${emoji}`, () => town.act("react", { ...place, emoji, on: true }))),
    own ? item("Edit", () => edit(town, message)) : null,
    item("Copy the link", () => copyLink(town, message)),
    own || manages ? item("Delete", () => remove(town, place), "grave-item") : null,
    apps.length && !message.private
      ? h("div", { role: "group", "aria-label": "Apps" }, h("p", { class: "menu-title", "aria-hidden": "true" }, "Apps"), apps.map((app) => item(app.name, () => useApp(town, place, app.name))))
      : null,
  ];
}

function close(event, does) {
  event.currentTarget.closest("[popover]").hidePopover();
  does();
}

async function useApp(town, place, name) {
  const said = await town.act("menu", { ...place, name });
  if (said?.modal) showForm(town, said);
}

function edit(town, message) {
  const id = freshId();
  openDialog({
    title: "Edit your message",
    confirm: "Save",
    body: h("div", { class: "field" }, h("label", { for: id }, "Message"), h("textarea", { id, name: "text", required: true, rows: 7, maxlength: 4000 }, message.content)),
    send: async (values) => (await town.act("edit", { channel: message.channel, message: message.id, text: values.get("text") })) !== null,
  });
}

function remove(town, place) {
  openDialog({
    title: "Delete this message?",
    intro: "It is gone for everyone, at once.",
    confirm: "Delete",
    danger: true,
    body: [],
    send: async () => (await town.act("delete", place)) !== null,
  });
}

async function copyLink(town, message) {
  await navigator.clipboard?.writeText(`https://discord.com/channels/${town.guild.id}/${message.channel}/${message.id}`).catch(() => {});
}

function put(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + GAP + height < innerHeight;
  menu.style.left = `${Math.max(GAP, Math.min(at.right - width, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - height - GAP)}px`;
}

function walk(event, menu) {
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (next === undefined) return;
  event.preventDefault();
  items[next % items.length].focus();
}
