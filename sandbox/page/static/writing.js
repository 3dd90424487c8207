// Writing: the box for a message, and the commands behind a slash.

import { h, icon, swap } from "./dom.js";
import { CommandList } from "./commands.js";
import { openCommand } from "./command.js";
import { FORUM } from "./town.js";

const LONGEST = 4000;
const TALLEST = 220;

/** Draw the box to write in, wherever this person may write. */
export function mountWriting(town, host) {
  const writing = new Writing(town, host);
  town.addEventListener("here", () => writing.enter());
  town.addEventListener("state", () => town.channel && writing.refresh());
  town.addEventListener("reply", ({ detail }) => writing.replyTo(detail));
}

class Writing {
  #town;
  #host;
  #drafts = new Map();
  #replied = null;
  #state = "";
  #key = "";
  #box = h("textarea", { id: "box", rows: 1, maxlength: LONGEST, "aria-describedby": "box-hint", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "commands", "aria-haspopup": "listbox" });
  #list;

  constructor(town, host) {
    this.#town = town;
    this.#host = host;
    this.#list = new CommandList(town, this.#box, (form) => this.#command(form));
    this.#box.addEventListener("keydown", (event) => this.#keyed(event));
    this.#box.addEventListener("input", () => this.#typed());
  }

  /** Draw the box for another place, with what was left unsent there. */
  enter() {
    const key = `${this.#town.me}/${this.#town.here}`;
    if (key === this.#key) return;
    if (this.#key) this.#drafts.set(this.#key, this.#box.value);
    this.#key = key;
    this.#replied = null;
    this.#box.value = this.#drafts.get(key) ?? "";
    this.#state = "";
    this.refresh();
  }

  /** Draw the box anew if what this person may do here has changed. */
  refresh() {
    const { channel, person } = this.#town;
    const state = JSON.stringify([channel.id, channel.writes, channel.name, person?.id, this.#replied?.id]);
    if (state === this.#state) return;
    this.#state = state;
    if (channel.type === FORUM) return this.#host.replaceChildren();
    if (!channel.writes) return this.#host.replaceChildren(h("p", { class: "closed" }, `${person.name} cannot write here.`));
    const focused = this.#host.contains(document.activeElement);
    this.#box.placeholder = `Write as ${person.name}`;
    this.#box.setAttribute("aria-label", `Write to ${channel.name} as ${person.name}`);
    swap(this.#host, this.#replied ? this.#replyBar() : null, this.#form());
    this.#grow();
    if (focused) this.#box.focus();
    return undefined;
  }

  /** Make the next message a reply. */
  replyTo(message) {
    this.#replied = message;
    this.refresh();
    this.#box.focus();
  }

  #form() {
    const commands = h("button", { type: "button", class: "quiet tool", "aria-label": "Commands", title: "Commands", onclick: () => this.#openList() }, icon("slash"));
    const send = h("button", { type: "submit", class: "primary send" }, icon("send"), h("span", {}, "Send"));
    const hint = h("p", { class: "hint", id: "box-hint" }, "Enter sends, Shift and Enter begins a new line, / shows the commands.");
    const form = h("form", { class: "composer" }, this.#list.element, h("div", { class: "composer-box" }, commands, this.#box, send), hint);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    return form;
  }

  #replyBar() {
    const stop = () => {
      this.#replied = null;
      this.refresh();
      this.#box.focus();
    };
    return h("div", { class: "reply-bar" }, icon("reply"), h("span", {}, "Replying to ", h("strong", {}, this.#replied.author.name)), h("button", { type: "button", class: "quiet", onclick: stop }, "Stop replying"));
  }

  #keyed(event) {
    if (event.isComposing || this.#list.keyed(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.#replied) {
      this.#replied = null;
      this.refresh();
    }
  }

  #typed() {
    this.#grow();
    this.#list.filter(this.#box.value);
  }

  #grow() {
    this.#box.style.height = "auto";
    this.#box.style.height = `${Math.min(this.#box.scrollHeight + 2, TALLEST)}px`;
  }

  #openList() {
    if (!this.#box.value.startsWith("/")) this.#box.value = "/";
    this.#box.focus();
    this.#typed();
  }

  #command(form) {
    this.#box.value = "";
    this.#typed();
    openCommand(this.#town, form);
  }

  async #send() {
    const text = this.#box.value;
    if (!text.trim()) return;
    const [channel, message] = [this.#town.here, this.#replied?.id];
    this.#box.value = "";
    this.#replied = null;
    this.refresh();
    this.#typed();
    const sent = await this.#town.act("send", { channel, text, message });
    // What could not be sent is not lost.
    if (!sent && !this.#box.value) this.#box.value = text;
    this.#typed();
  }
}
