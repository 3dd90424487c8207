// The bar at the top: virtual time and its buttons, and whether the bot is there.

import { h, swap } from "./dom.js";
import { refreshMoments } from "./markdown.js";
import { clockTime, longDate } from "./time.js";

const MINUTE = 60;
const PUSHES = [
  ["+10 min", "Ten minutes later", { seconds: 10 * MINUTE }],
  ["+1 hour", "One hour later", { seconds: 60 * MINUTE }],
  ["+4 hours", "Four hours later", { seconds: 240 * MINUTE }],
  ["+1 day", "One day later", { seconds: 1440 * MINUTE }],
  ["+3 months", "Three months later", { months: 3 }],
];

/** Draw the bar, and let the clock tick. */
export function mountBar(town, { clock, bot, guild, drawer }) {
  const shown = h("time", { id: "now" });
  const note = h("span", { class: "clock-note", role: "status" });
  const buttons = PUSHES.map(([label, title, push]) => pushButton(town, label, title, push, note));
  clock.append(h("p", { class: "now" }, shown), h("div", { class: "pushes", role: "group", "aria-label": "Let time pass" }, buttons), note);
  const tick = () => {
    tell(shown, town.now());
    refreshMoments(document, town);
  };
  setInterval(tick, 1000);
  town.addEventListener("clock", tick);
  town.addEventListener("state", () => {
    tick();
    guild.textContent = town.guild.name;
    drawState(town, bot);
  });
  mountDrawer(town, drawer);
}

function tell(shown, now) {
  const moment = new Date(now);
  shown.dateTime = moment.toISOString();
  const [date, time] = [longDate(moment), clockTime(moment)];
  if (shown.dataset.told === date + time) return;
  shown.dataset.told = date + time;
  shown.replaceChildren(h("strong", {}, time), h("span", {}, date));
}

function pushButton(town, label, title, push, note) {
  // The name begins with what can be read on the button, for those who speak to their computer.
  const name = `${label}, ${title.toLowerCase()}`;
  const button = h("button", { type: "button", "aria-label": name, title, onclick: pressed }, label);
  async function pressed() {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    note.textContent = "Time is passing …";
    await town.act("clock", push);
    button.removeAttribute("aria-busy");
    note.textContent = "";
  }
  return button;
}

function drawState(town, bot) {
  const [state, words] = town.lost
    ? ["lost", "The sandbox does not answer"]
    : town.bot.connected
      ? ["here", `${town.bot.name} is connected`]
      : ["away", `${town.bot.name} is not connected`];
  if (bot.dataset.state === state && bot.textContent === words) return;
  bot.dataset.state = state;
  swap(bot, h("span", { class: "dot", "aria-hidden": "true" }), h("span", { role: "status" }, words));
}

/** On narrow screens the side opens and closes. */
function mountDrawer(town, drawer) {
  const side = document.getElementById("side");
  const set = (open) => {
    drawer.setAttribute("aria-expanded", String(open));
    side.classList.toggle("open", open);
  };
  drawer.addEventListener("click", () => {
    const open = drawer.getAttribute("aria-expanded") !== "true";
    set(open);
    if (open) side.querySelector("select, a, button")?.focus();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !side.classList.contains("open") || document.querySelector("dialog[open]")) return;
    set(false);
    drawer.focus();
  });
  town.addEventListener("here", () => set(false));
}
