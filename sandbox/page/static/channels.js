// The list of places on the left.

import { h, icon, swap, unseen } from "./dom.js";
import { FORUM, THREADS } from "./town.js";

const SHOWN_POSTS = 12;

/** Draw channels, and under each the threads that are in it. */
export function mountChannels(town, host) {
  const draw = () => {
    const top = [...town.channels.values()].filter((channel) => !THREADS.has(channel.type));
    swap(host, h("ul", {}, top.map((channel) => group(town, channel))));
  };
  town.addEventListener("state", draw);
  town.addEventListener("here", draw);
  town.addEventListener("messages", ({ detail }) => detail.opened && draw());
}

function group(town, channel) {
  const threads = town.posts(channel);
  const shown = threads.slice(0, SHOWN_POSTS);
  const open = threads.find((thread) => thread.id === town.here);
  if (open && !shown.includes(open)) shown.push(open);
  const more = threads.length - shown.length;
  return h(
    "li",
    {},
    entry(town, channel, channel.type === FORUM ? "forum" : channel.private ? "lock" : "text"),
    shown.length ? h("ul", { class: "threads" }, shown.map((thread) => h("li", {}, entry(town, thread, thread.archived ? "box" : "thread")))) : null,
    more > 0 ? h("p", { class: "more-posts" }, h("a", { href: town.hash(channel.id), "data-key": `more-${channel.id}` }, `${more} more`)) : null,
  );
}

function entry(town, channel, picture) {
  const here = channel.id === town.here;
  const calls = here ? 0 : town.calls(channel);
  // A forum has nothing to read of its own: its posts carry the marks.
  const unread = !here && channel.type !== FORUM && town.isUnread(channel);
  const attributes = {
    href: town.hash(channel.id),
    class: `place${unread ? " unread" : ""}${channel.archived ? " archived" : ""}`,
    "aria-current": here ? "page" : null,
    "data-key": channel.id,
  };
  return h(
    "a",
    attributes,
    icon(picture),
    h("span", { class: "place-name" }, channel.name),
    channel.private ? unseen(" (private)") : null,
    channel.archived ? unseen(" (archived)") : null,
    unread && !calls ? [h("span", { class: "unread-dot", "aria-hidden": "true" }), unseen(" (unread)")] : null,
    calls ? [h("span", { class: "calls", "aria-hidden": "true" }, calls), unseen(` (${calls} unread for you)`)] : null,
  );
}
