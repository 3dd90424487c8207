// The forms (modals) that the bot shows.

import { openDialog } from "./dialog.js";
import { freshId, h } from "./dom.js";
import { rich } from "./markdown.js";
import { choicesOf } from "./options.js";

const LONG = 2;
const [ROW, TEXT_INPUT, TEXT, LABEL, RADIOS, CHECKBOXES, CHECKBOX] = [1, 4, 10, 18, 21, 22, 23];

/** Show a form, and send it when it is filled in; the answer may be a message or nothing. */
export function showForm(town, { modal, handle }) {
  const readers = [];
  openDialog({
    title: modal.title,
    confirm: "Send",
    body: modal.components.map((part) => field(part, town, readers)),
    send: async (values) => {
      const filled = Object.fromEntries(readers.map(([name, read]) => [name, read(values)]));
      return (await town.act("submit", { handle, values: filled })) !== null;
    },
  });
}

function field(part, town, readers) {
  switch (part.type) {
    case ROW:
      return part.components.map((input) => asked(input, input.label, "", town, readers));
    case LABEL:
      return asked(part.component, part.label, part.description, town, readers);
    case TEXT:
      return h("div", { class: "intro" }, rich(part.content, town));
    default:
      return h("p", { class: "hint" }, "Something this page cannot draw.");
  }
}

function asked(input, label, description, town, readers) {
  const name = input.custom_id;
  const required = input.required !== false;
  const optional = required ? null : h("span", { class: "hint" }, " optional");
  const about = { name, required, id: freshId(), described: description ? freshId() : null };
  const hint = description ? h("span", { class: "hint", id: about.described }, description) : null;
  if (input.type === TEXT_INPUT) {
    readers.push([name, (values) => values.get(name)]);
    return h("div", { class: "field" }, h("label", { for: about.id }, label, optional), hint, textInput(input, about));
  }
  if (input.type === CHECKBOX) {
    readers.push([name, (values) => values.has(name)]);
    return h("div", { class: "field" }, h("label", { class: "choice" }, h("input", { type: "checkbox", name }), h("span", {}, label)), hint);
  }
  const many = input.type === CHECKBOXES || (input.max_values ?? 1) > 1;
  readers.push([name, (values) => (input.type === RADIOS ? values.get(name) : values.getAll(name))]);
  const options = input.type === RADIOS || input.type === CHECKBOXES ? input.options : choicesOf(input, town);
  const boxes = options.map((option) =>
    h("label", { class: "choice" }, h("input", { type: many ? "checkbox" : "radio", name, value: option.value, checked: option.chosen ?? option.default, required: required && !many }), h("span", {}, option.label, option.description ? h("span", { class: "hint" }, option.description) : null)),
  );
  return h("fieldset", { class: "field choices", "aria-describedby": about.described }, h("legend", {}, label, optional), hint, boxes);
}

function textInput(input, { id, name, required, described }) {
  const shared = {
    id,
    name,
    required,
    "aria-describedby": described,
    minlength: input.min_length,
    maxlength: input.max_length,
    placeholder: input.placeholder,
  };
  if (input.style === LONG) return h("textarea", { ...shared, rows: 5 }, input.value);
  return h("input", { ...shared, type: "text", value: input.value, autocomplete: "off" });
}
