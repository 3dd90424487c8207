// Making elements. Text goes in as text nodes only: no string is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; attributes that are null or false are left out, `on…` are listeners. */
export function h(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const PATHS = {
  text: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  forum: "M4 5h16v11H11l-4 3.500V16H4zM8 9h8M8 12.500h5",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  thread: "M5 5v8a4 4 0 0 0 4 4h9M14.500 13.500 18 17l-3.500 3.500",
  box: "M4 5h16v4H4zM6 9v10h12V9M10 13h4",
  plus: "M12 5v14M5 12h14",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  reply: "M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7",
  eye: "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  down: "M6 9l6 6 6-6",
  slash: "M15 4 9 20",
  send: "M4 12 20 4l-5 16-3.500-6.500z",
};

/** Draw one of our line icons; it never carries meaning alone. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Put nodes in place of what a host holds, keeping the focus on the thing with the same key. */
export function swap(host, ...nodes) {
  const held = host.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  host.replaceChildren(...nodes.flat(Infinity).filter(Boolean));
  if (held) host.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
}

/** Words for screen readers alone. */
export function unseen(words) {
  return h("span", { class: "unseen" }, words);
}

/** Make an id that is used once. */
export function freshId() {
  return `n${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
}
