// Words for screen readers when something arrives, and for everyone when something fails.

import { h } from "./dom.js";
import { componentText } from "./components.js";

const SPOKEN = 200;
const SHOWN_MS = 8000;

/** Announce new messages politely, and show trouble until it has been read. */
export function mountAnnouncer(town, { say, alarms }) {
  town.addEventListener("arrived", ({ detail: message }) => {
    if (message.author.id === town.me) return;
    const words = spoken(message, town);
    if (words) say.replaceChildren(words);
  });
  town.addEventListener("trouble", ({ detail: words }) => warn(alarms, words));
}

function spoken(message, town) {
  if (message.thinking) return "";
  if (message.channel === town.here) {
    const text = (message.content || componentText(message.components)).slice(0, SPOKEN);
    return `${message.author.name}${message.private ? ", to you alone" : ""}: ${text}`;
  }
  const channel = town.channels.get(message.channel);
  if (!channel || !message.calls) return "";
  return `${message.author.name} calls you in ${channel.name}`;
}

function warn(alarms, words) {
  const close = h("button", { type: "button", class: "quiet", onclick: () => note.remove() }, "Dismiss");
  const note = h("div", { class: "alarm" }, h("p", {}, words), close);
  const form = document.querySelector("dialog[open] form");
  if (form) {
    // Behind an open dialog nobody would see it.
    note.setAttribute("role", "alert");
    form.querySelector(".actions").before(note);
  } else alarms.append(note);
  // It goes by itself only while nobody is on it.
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, SHOWN_MS) : note.remove());
  setTimeout(leave, SHOWN_MS);
}
