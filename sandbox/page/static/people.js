// Who sits at the page.

import { h, swap } from "./dom.js";

/** Draw the picker of the person whose eyes the page looks through. */
export function mountPeople(town, host) {
  const select = h("select", { id: "viewer", onchange: () => town.viewAs(select.value) });
  const face = h("div", { class: "viewer-face" });
  host.append(face, h("div", { class: "viewer-words" }, h("label", { for: "viewer" }, "Viewing as"), select));
  let drawn = "";
  town.addEventListener("state", () => {
    const wanted = JSON.stringify([town.people, town.me]);
    if (drawn === wanted) return;
    drawn = wanted;
    select.replaceChildren(...town.people.map((person) => option(person)));
    select.value = town.me;
    swap(face, avatar(town.person));
  });
}

function option(person) {
  return h("option", { value: person.id }, `${person.name}, ${person.part}`);
}

const FACES = 8;

/** Draw somebody's mark: an initial on a colour that is always theirs. */
export function avatar(person) {
  if (person.bot) return h("img", { class: "face", src: "/page/static/mark.svg", alt: "", width: 36, height: 36 });
  const colour = [...person.name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % FACES;
  return h("span", { class: `face face-${colour}`, "aria-hidden": "true" }, person.name[0]);
}
