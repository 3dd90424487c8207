// A text field that the bot completes while one types.

import { freshId, h } from "./dom.js";

const PAUSE_MS = 150;

/** Wrap an input in a combobox whose choices come from `ask`. */
export function completing(input, ask) {
  const list = h("ul", { id: freshId(), role: "listbox", class: "completions", "aria-label": "Suggestions", hidden: true });
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }).forEach(([key, value]) => input.setAttribute(key, value));
  let choices = [];
  let at = -1;
  let asked = 0;
  let timer = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (choice) => {
    input.value = choice.name;
    input.dataset.value = choice.value;
    close();
  };
  const move = (to) => {
    at = (to + choices.length) % choices.length;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const draw = () => {
    list.replaceChildren(...choices.map((choice) => item(choice, take)));
    if (!choices.length) list.append(h("li", { class: "none" }, "Nothing fits."));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const refresh = async () => {
    const mine = ++asked;
    const found = await ask(input.value);
    // An older answer must not replace a newer one.
    if (mine !== asked || document.activeElement !== input) return;
    choices = found;
    draw();
  };

  input.addEventListener("input", () => {
    delete input.dataset.value;
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE_MS);
  });
  input.addEventListener("focus", refresh);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || !choices.length) return;
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "Enter" && at >= 0) take(choices[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return h("div", { class: "completing" }, input, list);
}

function item(choice, take) {
  const made = h("li", { role: "option", id: freshId(), "aria-selected": "false" }, choice.name);
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take(choice);
  });
  return made;
}
