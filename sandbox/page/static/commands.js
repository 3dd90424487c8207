// The list of commands that opens over the writing box when a message begins with a slash.

import { h } from "./dom.js";

/** A listbox whose focus stays in the writing box. */
export class CommandList {
  element = h("ul", { id: "commands", class: "commands", role: "listbox", "aria-label": "Commands", hidden: true });
  #town;
  #box;
  #chosen;
  #found = [];
  #at = 0;

  constructor(town, box, chosen) {
    this.#town = town;
    this.#box = box;
    this.#chosen = chosen;
    box.addEventListener("blur", () => this.#close());
  }

  /** Show the commands whose names begin with what is typed. */
  filter(text) {
    const typed = /^\/([\w -]*)$/.exec(text)?.[1].toLowerCase();
    if (typed === undefined) return this.#close();
    const forms = this.#town.commands.filter((command) => !command.menu).flatMap((command) => command.forms);
    this.#found = forms.filter((form) => form.name.startsWith(typed));
    this.#at = 0;
    return this.#draw();
  }

  /** Take a key if the list is open; say whether it was taken. */
  keyed(event) {
    if (this.element.hidden) return false;
    const size = this.#found.length;
    if (event.key === "Escape") this.#close();
    else if (event.key === "ArrowDown") this.#move((this.#at + 1) % size);
    else if (event.key === "ArrowUp") this.#move((this.#at - 1 + size) % size);
    else if ((event.key === "Enter" || event.key === "Tab") && size) this.#choose(this.#at);
    else return false;
    event.preventDefault();
    return true;
  }

  #draw() {
    const items = this.#found.map((form, at) => this.#item(form, at));
    this.element.replaceChildren(...(items.length ? items : [h("li", { class: "none" }, "There is no such command for this person.")]));
    this.element.hidden = false;
    this.#box.setAttribute("aria-expanded", "true");
    if (items.length) this.#move(0);
  }

  #item(form, at) {
    const item = h("li", { role: "option", id: `command-${at}`, "aria-selected": "false" }, h("strong", {}, `/${form.name}`), h("span", { class: "hint" }, form.description));
    // The box would lose the focus, and the list close, before a click arrived.
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#choose(at);
    });
    return item;
  }

  #move(at) {
    this.#at = at;
    [...this.element.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    this.#box.setAttribute("aria-activedescendant", `command-${at}`);
    this.element.children[at]?.scrollIntoView({ block: "nearest" });
  }

  #choose(at) {
    const form = this.#found[at];
    this.#close();
    this.#chosen(form);
  }

  #close() {
    this.element.hidden = true;
    this.#box.setAttribute("aria-expanded", "false");
    this.#box.removeAttribute("aria-activedescendant");
  }
}
