// Discord's markdown, drawn as nodes. What people write is only ever text to us.
// Source: https://support.discord.com/hc/en-us/articles/210298617

import { h } from "./dom.js";
import { stamped } from "./time.js";

const DEEPEST = 6;
const OWN_LINK = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/(\d+)\/(\d+)(?:\/(\d+))?\/?$/;

/** Draw a text that may have headings, lists, quotes and code in it. */
export function rich(text, town) {
  return blocks(String(text).replaceAll("\r\n", "\n").split("\n"), town);
}

/** Draw an address: into the page if it names a place here, else out of it. */
export function link(url, town, label) {
  const own = OWN_LINK.exec(url);
  if (own) return h("a", { href: town.hash(own[2], own[3]), class: "own-link" }, label ?? placeName(own, town));
  if (!/^https?:\/\//.test(url)) return document.createTextNode(url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label ?? url);
}

function placeName(own, town) {
  const channel = town.channels.get(own[2]);
  return channel ? `#${channel.name}${own[3] ? " › message" : ""}` : "a place you cannot see";
}

const BLOCKS = [
  { starts: /^```/, draw: code },
  { starts: /^#{1,3} \S/, draw: heading },
  { starts: /^-# \S/, draw: small },
  { starts: /^> ?/, draw: quote },
  { starts: /^ *(?:[-*]|\d+\.) \S/, draw: list },
];

function blocks(lines, town) {
  const out = document.createDocumentFragment();
  let plain = [];
  const flush = () => {
    if (plain.some((line) => line.trim())) out.append(paragraph(plain, town));
    plain = [];
  };
  while (lines.length) {
    const kind = BLOCKS.find((block) => block.starts.test(lines[0]));
    if (kind) {
      flush();
      out.append(kind.draw(lines, town));
    } else if (lines[0].trim() === "") {
      flush();
      lines.shift();
    } else {
      plain.push(lines.shift());
    }
  }
  flush();
  return out;
}

function paragraph(lines, town) {
  return h("p", {}, lines.flatMap((line, at) => [at ? h("br") : null, ...inline(line, town)]));
}

function code(lines) {
  const first = lines.shift().slice(3);
  const alone = first.endsWith("```") ? first.slice(0, -3) : null;
  if (alone !== null) return h("pre", {}, h("code", {}, alone));
  const held = /^\w*$/.test(first) ? [] : [first];
  while (lines.length) {
    const line = lines.shift();
    if (line.trimEnd().endsWith("```")) {
      held.push(line.trimEnd().slice(0, -3));
      break;
    }
    held.push(line);
  }
  return h("pre", {}, h("code", {}, held.join("\n").trimEnd()));
}

function heading(lines, town) {
  const [, marks, words] = /^(#{1,3}) (.*)$/.exec(lines.shift());
  // The page's own headings are levels 1 and 2, so a message begins at 3.
  return h(`h${marks.length + 2}`, { class: `said-${marks.length}` }, inline(words, town));
}

function small(lines, town) {
  return h("p", { class: "small" }, inline(lines.shift().slice(3), town));
}

function quote(lines, town) {
  const held = [];
  while (lines.length && /^> ?/.test(lines[0])) held.push(lines.shift().replace(/^> ?/, ""));
  return h("blockquote", {}, blocks(held, town));
}

const ITEM = /^( *)([-*]|\d+\.) (.*)$/;

function list(lines, town) {
  const [, indent, mark] = ITEM.exec(lines[0]);
  const ordered = mark !== "-" && mark !== "*";
  const made = h(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(mark, 10) } : {});
  while (lines.length) {
    const found = ITEM.exec(lines[0]);
    if (!found || found[1].length < indent.length) break;
    if (found[1].length > indent.length) {
      (made.lastElementChild ?? made).append(list(lines, town));
      continue;
    }
    if ((found[2] !== "-" && found[2] !== "*") !== ordered) break;
    lines.shift();
    made.append(h("li", {}, inline(found[3], town)));
  }
  return made;
}

// Each rule is tried where the text stands; the first that fits draws its piece.
const INLINE = [
  [/\\([\\*_~`|<>#[\]()-])/y, (m) => [m[1]]],
  [/`([^`\n]+)`/y, (m) => [h("code", {}, m[1])]],
  [/\*\*\*(.+?)\*\*\*(?!\*)/y, (m, go) => [h("strong", {}, h("em", {}, go(m[1])))]],
  [/\*\*(.+?)\*\*(?!\*)/y, (m, go) => [h("strong", {}, go(m[1]))]],
  [/__(.+?)__(?!_)/y, (m, go) => [h("u", {}, go(m[1]))]],
  [/~~(.+?)~~/y, (m, go) => [h("s", {}, go(m[1]))]],
  [/\|\|(.+?)\|\|/y, (m, go) => [h("details", { class: "spoiler" }, h("summary", {}, "Hidden words"), go(m[1]))]],
  [/\*(?!\s)([^*\n]+?)(?<!\s)\*/y, (m, go) => [h("em", {}, go(m[1]))]],
  [/(?<!\w)_(?!\s)([^_\n]+?)(?<!\s)_(?!\w)/y, (m, go) => [h("em", {}, go(m[1]))]],
  [/\[([^\]\n]{1,300})\]\(<?(https?:\/\/[^\s)>]+)>?\)/y, (m, go, town) => [link(m[2], town, go(m[1]))]],
  [/<(https?:\/\/[^\s>]+)>/y, (m, go, town) => [link(m[1], town)]],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;!?)'"\]]/y, (m, go, town) => [link(m[0], town)]],
  [/<@!?(\d+)>/y, (m, go, town) => [mention(`@${town.memberName(m[1])}`)]],
  [/<@&(\d+)>/y, (m, go, town) => [mention(`@${town.roleName(m[1])}`)]],
  [/<#(\d+)>/y, (m, go, town) => [channelMention(m[1], town)]],
  [/<t:(-?\d{1,12})(?::([tTdDfFR]))?>/y, (m, go, town) => [moment(Number(m[1]) * 1000, m[2], town)]],
  [/<a?:(\w+):\d+>/y, (m) => [`:${m[1]}:`]],
  [/<\/([\w -]+):\d+>/y, (m) => [mention(`/${m[1]}`)]],
];

function inline(text, town, depth = 0) {
  if (depth > DEEPEST) return [text];
  const out = [];
  const go = (inner) => inline(inner, town, depth + 1);
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const piece = pieceAt(text, at, go, town);
    if (!piece) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain) out.push(plain);
    plain = "";
    out.push(...piece.nodes);
    at += piece.length;
  }
  if (plain) out.push(plain);
  return out;
}

const MARKS = /[\\`*_~|[<h]/;

function pieceAt(text, at, go, town) {
  if (!MARKS.test(text[at])) return null;
  for (const [pattern, draw] of INLINE) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { nodes: draw(found, go, town), length: found[0].length };
  }
  return null;
}

function mention(words) {
  return h("span", { class: "mention" }, words);
}

function channelMention(id, town) {
  const channel = town.channels.get(id);
  return channel ? h("a", { class: "mention", href: town.hash(id) }, `#${channel.name}`) : mention("#a channel you cannot see");
}

/** Draw a moment; the page keeps the relative ones true as time passes. */
function moment(at, style, town) {
  const when = new Date(at);
  if (Number.isNaN(when.valueOf())) return document.createTextNode("an odd time");
  const attributes = { datetime: when.toISOString(), title: stamped(when, "F", town.now()), "data-style": style };
  return h("time", attributes, stamped(when, style, town.now()));
}

/** Write every relative moment in a part of the page anew. */
export function refreshMoments(host, town) {
  for (const time of host.querySelectorAll('time[data-style="R"]')) {
    time.textContent = stamped(new Date(time.dateTime), "R", town.now());
  }
}
