// Dialogs. The browser's own element keeps the focus inside, closes on Escape and gives it back.

import { freshId, h } from "./dom.js";

/**
 * Open a dialog with a form in it. `send` gets called with the form's values when it is
 * submitted, and says whether the dialog may close.
 */
export function openDialog({ title, intro, body, confirm, danger, send }) {
  const titleId = freshId();
  const opener = document.activeElement;
  const submit = h("button", { type: "submit", class: danger ? "grave" : "primary" }, confirm);
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", { id: titleId }, title),
    intro ? h("p", { class: "intro" }, intro) : null,
    h("div", { class: "fields" }, body),
    h("div", { class: "actions" }, h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), submit),
  );
  const dialog = h("dialog", { "aria-labelledby": titleId, onclose: () => leave(dialog, opener) }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-busy") === "true") return;
    submit.setAttribute("aria-busy", "true");
    const done = await send(new FormData(form));
    submit.removeAttribute("aria-busy");
    if (done) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  (form.querySelector("[autofocus], .fields input, .fields textarea, .fields select") ?? submit).focus();
  return dialog;
}

function leave(dialog, opener) {
  dialog.remove();
  // The opener may have been drawn anew meanwhile.
  if (opener?.isConnected || !opener?.dataset.key) return;
  document.querySelector(`[data-key="${CSS.escape(opener.dataset.key)}"]`)?.focus();
}
