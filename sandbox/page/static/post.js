// A new post in a forum, and the list of those there are.

import { openDialog } from "./dialog.js";
import { freshId, h, icon, unseen } from "./dom.js";
import { ago, sentWhen } from "./time.js";

const LONGEST_TITLE = 100;
const LONGEST_POST = 4000;

/** Open the form for a new post. */
export function openNewPost(town, forum) {
  const [title, body] = [freshId(), freshId()];
  openDialog({
    title: `New post in ${forum.name}`,
    confirm: "Post",
    body: [
      h("div", { class: "field" }, h("label", { for: title }, "Title"), h("input", { id: title, name: "title", required: true, maxlength: LONGEST_TITLE, autocomplete: "off" })),
      h("div", { class: "field" }, h("label", { for: body }, "Your post"), h("textarea", { id: body, name: "text", required: true, rows: 9, maxlength: LONGEST_POST })),
      forum.tags.length ? tags(forum) : null,
    ],
    send: async (values) => {
      const wanted = { channel: forum.id, title: values.get("title"), text: values.get("text"), tags: values.getAll("tag") };
      const made = await town.act("post", wanted);
      if (made) location.hash = town.hash(made.id);
      return made !== null;
    },
  });
}

function tags(forum) {
  const boxes = forum.tags.map((tag) => h("label", { class: "chip" }, h("input", { type: "checkbox", name: "tag", value: tag.name }), h("span", {}, tag.name)));
  return h("fieldset", { class: "field" }, h("legend", {}, "Tags ", h("span", { class: "hint" }, "optional")), h("div", { class: "chips" }, boxes));
}

/** Draw the list of a forum's posts. */
export function postList(town, forum) {
  const posts = town.posts(forum);
  if (!posts.length) return h("div", { class: "empty" }, h("p", { class: "empty-title" }, "Nobody has posted here yet."), h("p", {}, `Make a post as ${town.person.name}. Then look at it as a volunteer, or let time pass.`));
  return h("ul", { class: "posts" }, posts.map((post) => h("li", {}, card(town, forum, post))));
}

function card(town, forum, post) {
  const unread = town.isUnread(post);
  const tagNames = forum.tags.filter((tag) => post.applied.includes(tag.id)).map((tag) => tag.name);
  const begun = Date.parse(post.created);
  return h(
    "a",
    { class: `post${unread ? " unread" : ""}`, href: town.hash(post.id), "data-key": `post-${post.id}` },
    h("span", { class: "post-title" }, post.name, unread ? unseen(" (unread)") : null),
    h(
      "span",
      { class: "post-facts" },
      h("span", {}, town.memberName(post.owner)),
      h("time", { datetime: post.created, title: sentWhen(begun, town.now()), "data-style": "R" }, ago(begun, town.now())),
      h("span", {}, post.replies === 1 ? "1 reply" : `${post.replies} replies`),
      post.archived ? h("span", { class: "tag" }, icon("box"), "Archived") : null,
      tagNames.map((name) => h("span", { class: "tag" }, name)),
    ),
  );
}
