// One message.

import { drawComponents } from "./components.js";
import { h, icon, unseen } from "./dom.js";
import { link, rich } from "./markdown.js";
import { openMenu } from "./menu.js";
import { avatar } from "./people.js";
import { sentWhen } from "./time.js";

const NOTES = {
  4: "changed the name to",
  6: "pinned a message.",
  18: "began a thread:",
  21: "This thread began with a message in the channel.",
};

/** Draw a message as a row of the list. */
export function drawMessage(town, message, follows) {
  if (message.type in NOTES) return note(town, message);
  const kinds = [follows && "follows", message.private && "private", message.calls && "calls-me", message.author.bot && "by-bot"];
  return h(
    "li",
    { class: ["message", ...kinds].filter(Boolean).join(" "), "data-id": message.id, "data-key": `m-${message.id}`, tabindex: -1 },
    h("article", { "aria-label": `${message.author.name}, ${sentWhen(Date.parse(message.sent), town.now())}` },
      message.used ? used(message.used) : null,
      message.replies_to ? quoted(town, message) : null,
      follows ? null : header(town, message),
      h("div", { class: "said" }, body(town, message)),
      message.reactions.length ? reactions(town, message) : null,
      message.thread ? threadLink(town, message) : null,
      message.private ? privateNote() : null,
    ),
    follows ? null : h("div", { class: "face-place" }, avatar(message.author)),
    tools(town, message),
  );
}

function header(town, message) {
  const sent = Date.parse(message.sent);
  return h(
    "header",
    {},
    h("span", { class: "name" }, message.author.name),
    badge(town, message.author),
    h("time", { datetime: message.sent, class: "sent" }, sentWhen(sent, town.now())),
    message.edited ? h("span", { class: "edited" }, "edited") : null,
  );
}

function badge(town, author) {
  if (author.bot) return h("span", { class: "badge bot" }, "Bot");
  const person = town.people.find((one) => one.id === author.id);
  return (person?.roles ?? []).map((role) => h("span", { class: "badge" }, role));
}

function body(town, message) {
  if (message.thinking) return h("p", { class: "thinking" }, `${message.author.name} is thinking …`);
  return [
    message.content ? rich(message.content, town) : null,
    drawComponents(message.components, town, message),
    message.files.map((file) => h("p", {}, link(file.url, town, file.name))),
  ];
}

function used({ by, command }) {
  return h("p", { class: "used" }, `${by.name} used `, h("strong", {}, command || "a command"));
}

function quoted(town, message) {
  const { id, name, text } = message.replies_to;
  return h("p", { class: "quoted" }, icon("reply"), unseen("In reply to "), h("a", { href: town.hash(message.channel, id) }, h("strong", {}, name), ` ${text.replaceAll("\n", " ")}`));
}

function reactions(town, message) {
  const press = ({ emoji, mine }) => () => town.act("react", { channel: message.channel, message: message.id, emoji, on: !mine });
  const drawn = message.reactions.map((reaction) =>
    h("button", { type: "button", class: "reaction", "aria-pressed": String(reaction.mine), "data-key": `r-${message.id}-${reaction.emoji}`, onclick: press(reaction) }, `${reaction.emoji} ${reaction.count}`),
  );
  return h("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, drawn);
}

function threadLink(town, message) {
  const thread = town.channels.get(message.thread);
  return thread ? h("p", {}, h("a", { class: "thread-link", href: town.hash(thread.id) }, icon("thread"), `Thread: ${thread.name}`)) : null;
}

function privateNote() {
  return h("p", { class: "private-note" }, icon("eye"), "Only you can see this");
}

function note(town, message) {
  const own = NOTES[message.type];
  const words = message.type === 21 ? own : `${message.author.name} ${own} ${message.content}`;
  return h("li", { class: "note", "data-id": message.id }, h("span", {}, words));
}

function tools(town, message) {
  const label = `Actions for the message by ${message.author.name}`;
  const button = h("button", { type: "button", class: "quiet tool", "aria-label": label, title: "Actions", "aria-haspopup": "menu", "data-key": `t-${message.id}` }, icon("more"));
  button.addEventListener("click", () => openMenu(button, town, message));
  return button;
}
