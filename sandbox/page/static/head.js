// The heading of the open place.

import { h, icon, swap } from "./dom.js";
import { openNewPost } from "./post.js";
import { FORUM, THREADS } from "./town.js";

/** Draw the name of the open place, and what can be done with it as a whole. */
export function mountHead(town, host) {
  let moved = false;
  town.addEventListener("here", ({ detail }) => {
    draw(town, host);
    // Whoever went somewhere by keyboard hears where they are; on arrival the page stays quiet.
    if (moved && detail.moved) document.getElementById("heading").focus({ preventScroll: true });
    moved = true;
  });
  town.addEventListener("state", () => town.channel && draw(town, host));
}

function draw(town, host) {
  const channel = town.channel;
  const thread = THREADS.has(channel.type);
  const parent = thread ? town.channels.get(channel.parent) : null;
  document.title = `${channel.name} · ${town.guild.name}`;
  swap(
    host,
    h(
      "div",
      { class: "head-words" },
      parent ? h("a", { class: "crumb", href: town.hash(parent.id), "data-key": "crumb" }, icon(parent.type === FORUM ? "forum" : "text"), parent.name) : null,
      h("h1", { id: "heading", tabindex: -1, "data-key": "heading" }, thread ? null : icon(channel.type === FORUM ? "forum" : channel.private ? "lock" : "text"), h("span", {}, channel.name)),
      channel.topic ? h("p", { class: "topic" }, channel.topic) : null,
      channel.archived ? h("p", { class: "topic" }, "Archived: a new message opens it again.") : null,
    ),
    channel.type === FORUM && channel.writes ? newPost(town, channel) : null,
    thread && channel.closes ? archiving(town, channel) : null,
  );
}

function newPost(town, channel) {
  return h("button", { type: "button", class: "primary", "data-key": "new-post", onclick: () => openNewPost(town, channel) }, icon("plus"), "New post");
}

function archiving(town, channel) {
  const pressed = () => town.act("archive", { channel: channel.id, archived: !channel.archived });
  return h("button", { type: "button", class: "thread-action", "data-key": "archive", onclick: pressed }, icon("box"), h("span", {}, channel.archived ? "Open again" : "Archive"));
}
