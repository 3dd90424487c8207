// Filling in a command's options and running it.

import { completing } from "./completing.js";
import { openDialog } from "./dialog.js";
import { freshId, h } from "./dom.js";
import { showForm } from "./form.js";
import { thingsForOption } from "./options.js";

const [STRING, INTEGER, BOOLEAN, NUMBER] = [3, 4, 5, 10];

/** Run a command at once if it takes nothing, else ask for its options first. */
export function openCommand(town, form) {
  const channel = town.here;
  const run = async (options) => {
    const said = await town.act("slash", { channel, name: form.name, options });
    if (said?.modal) showForm(town, said);
    return said !== null;
  };
  if (!form.options.length) return run({});
  const fields = form.options.map((option) => new Field(town, channel, form, option, () => read(fields)));
  return openDialog({
    title: `/${form.name}`,
    intro: form.description,
    confirm: "Run",
    body: fields.map((field) => field.element),
    send: () => run(read(fields)),
  });
}

function read(fields) {
  return Object.fromEntries(fields.filter((field) => field.value !== undefined).map((field) => [field.name, field.value]));
}

class Field {
  name;
  element;
  #option;
  #input;

  constructor(town, channel, form, option, others) {
    this.name = option.name;
    this.#option = option;
    const [id, hint] = [freshId(), freshId()];
    const about = { id, name: option.name, required: Boolean(option.required), "aria-describedby": hint };
    this.#input = this.#made(town, about);
    const typed = option.autocomplete ? completing(this.#input, (words) => complete(words)) : this.#input;
    this.element = h(
      "div",
      { class: "field" },
      h("label", { for: id }, option.name, option.required ? null : h("span", { class: "hint" }, " optional")),
      h("span", { class: "hint", id: hint }, option.description),
      typed,
    );
    const complete = async (words) => {
      const { [option.name]: _, ...rest } = others();
      const said = await town.act("complete", { channel, name: form.name, option: option.name, typed: words, options: rest });
      return said?.choices ?? [];
    };
  }

  /** Return what was entered in the option's own type; undefined if nothing was. */
  get value() {
    const raw = this.#input.dataset.value ?? this.#input.value;
    if (raw === "") return undefined;
    if (this.#option.type === BOOLEAN) return raw === "true";
    return this.#option.type === INTEGER || this.#option.type === NUMBER ? Number(raw) : raw;
  }

  #made(town, about) {
    const { type, choices, min_value: min, max_value: max, min_length: minlength, max_length: maxlength } = this.#option;
    if (choices?.length) return picker(about, choices.map((choice) => ({ label: choice.name, value: choice.value })));
    if (type === BOOLEAN) return picker(about, [{ label: "Yes", value: "true" }, { label: "No", value: "false" }]);
    if (type === INTEGER || type === NUMBER) return h("input", { ...about, type: "number", step: type === INTEGER ? 1 : "any", min, max });
    if (type === STRING && !this.#option.autocomplete && (maxlength ?? 6000) > 200) return h("textarea", { ...about, rows: 4, minlength, maxlength });
    if (type === STRING) return h("input", { ...about, type: "text", autocomplete: "off", minlength, maxlength });
    return picker(about, thingsForOption(this.#option, town));
  }
}

function picker(about, things) {
  return h("select", about, h("option", { value: "" }, "Choose …"), things.map((thing) => h("option", { value: thing.value }, thing.label)));
}
