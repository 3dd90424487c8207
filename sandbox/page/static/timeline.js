// The messages of the open place.

import { h, swap } from "./dom.js";
import { drawMessage } from "./message.js";
import { postList } from "./post.js";
import { FORUM, newer } from "./town.js";
import { date, longDate } from "./time.js";

const NEAR = 48;
const GROUP_MS = 5 * 60 * 1000;

/** Draw the messages, and keep the view where a reader would want it. */
export function mountTimeline(town, host) {
  const timeline = new Timeline(town, host);
  town.addEventListener("here", ({ detail }) => detail.moved && timeline.open());
  town.addEventListener("messages", ({ detail }) => timeline.draw(detail));
  town.addEventListener("state", () => town.channel?.type === FORUM && timeline.draw({}));
}

class Timeline {
  #town;
  #host;
  #drawn = new Map();
  #firstFresh = "";
  #below = h("button", { type: "button", class: "below", hidden: true, onclick: () => this.#toEnd() }, "Newer messages below");

  constructor(town, host) {
    this.#town = town;
    this.#host = host;
    host.addEventListener("scroll", () => this.#below.toggleAttribute("hidden", this.#nearEnd()), { passive: true });
    // Where a person has gone by hand, what came first no longer holds the view.
    for (const gesture of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      host.addEventListener(gesture, () => (this.#firstFresh = ""), { passive: true });
    }
  }

  /** Begin with an empty place, until its messages are there. */
  open() {
    this.#drawn.clear();
    this.#firstFresh = "";
    this.#host.replaceChildren();
    this.#host.setAttribute("aria-busy", "true");
    if (this.#town.channel.type === FORUM) this.draw({});
  }

  /** Draw what changed; `opened` after the place was entered, `fresh` for a message just come. */
  draw({ opened, fresh }) {
    if (opened) this.#host.removeAttribute("aria-busy");
    const channel = this.#town.channel;
    if (channel.type === FORUM) return swap(this.#host, postList(this.#town, channel));
    if (!this.#town.shown) return undefined;
    const stuck = this.#nearEnd();
    this.#redraw();
    if (opened) this.#settle();
    else if (fresh?.author.id === this.#town.me) this.#toEnd();
    else if (fresh?.private) this.#bring(fresh);
    else if (fresh && stuck) this.#reveal(fresh);
    else if (stuck && !this.#firstFresh) this.#toEnd();
    return undefined;
  }

  #redraw() {
    const rows = [];
    let before = null;
    for (const message of this.#town.shown) {
      const marks = marksBetween(before, message, this.#town);
      rows.push(...marks, this.#row(message, before, marks.length > 0));
      before = message;
    }
    const name = this.#town.channel.name;
    const list = h("ol", { class: "messages", "aria-label": `Messages in ${name}` }, rows);
    swap(this.#host, rows.length ? list : h("div", { class: "empty" }, h("p", { class: "empty-title" }, `This is where ${name} begins.`)), this.#below);
  }

  /** Return a message's row; one that did not change stays the very element it was. */
  #row(message, before, parted) {
    const follows = !parted && isContinued(before, message);
    const version = JSON.stringify([message, follows, this.#town.me]);
    const known = this.#drawn.get(message.id);
    if (known?.version === version) return known.row;
    const row = drawMessage(this.#town, message, follows);
    this.#drawn.set(message.id, { version, row });
    return row;
  }

  #settle() {
    const target = this.#town.target && this.#host.querySelector(`[data-id="${CSS.escape(this.#town.target)}"]`);
    const unread = this.#host.querySelector(".new-from");
    this.#host.querySelector(".target")?.classList.remove("target");
    if (target) {
      target.classList.add("target");
      target.scrollIntoView({ block: "start" });
      target.focus({ preventScroll: true });
    } else if (unread) {
      unread.scrollIntoView({ block: "start" });
    } else {
      this.#toEnd();
    }
    this.#below.toggleAttribute("hidden", this.#nearEnd());
  }

  /** Show what somebody has just asked for, wherever they were reading. */
  #bring(fresh) {
    this.#firstFresh = "";
    this.#reveal(fresh);
  }

  /** Show what has come since the person last did something, from its first line on. */
  #reveal(fresh) {
    this.#firstFresh ||= fresh.id;
    const row = this.#host.querySelector(`[data-id="${CSS.escape(this.#firstFresh)}"]`);
    if (!row) return;
    this.#host.scrollTop = Math.min(row.offsetTop - NEAR / 3, this.#host.scrollHeight);
    this.#below.toggleAttribute("hidden", this.#nearEnd());
  }

  #toEnd() {
    this.#firstFresh = "";
    this.#host.scrollTop = this.#host.scrollHeight;
    this.#below.hidden = true;
  }

  #nearEnd() {
    return this.#host.scrollHeight - this.#host.scrollTop - this.#host.clientHeight < NEAR;
  }
}

function marksBetween(before, message, town) {
  const marks = [];
  const day = date(Date.parse(message.sent));
  if (!before || date(Date.parse(before.sent)) !== day) {
    marks.push(h("li", { class: "day" }, h("span", {}, longDate(Date.parse(message.sent)))));
  }
  const first = town.unreadFrom && newer(message.id, town.unreadFrom) && !newer(before?.id, town.unreadFrom);
  if (first && before && message.author.id !== town.me) {
    marks.push(h("li", { class: "new-from" }, h("span", {}, "New")));
  }
  return marks;
}

function isContinued(before, message) {
  if (!before || message.used || message.replies_to || before.private !== message.private) return false;
  const gap = Date.parse(message.sent) - Date.parse(before.sent);
  return before.author.id === message.author.id && gap < GROUP_MS;
}
