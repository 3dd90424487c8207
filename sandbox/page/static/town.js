// What the page knows of the town, as one person sees it, kept true by the stream.

import { act, listen, look, Refused } from "./api.js";

export const FORUM = 15;
export const THREADS = new Set([10, 11, 12]);
const KEPT = "sandbox-read";

/** Compare two ids: later ones are larger numbers, too long for JavaScript's own. */
export function newer(one, other) {
  if (!one) return false;
  if (!other) return true;
  return one.length === other.length ? one > other : one.length > other.length;
}

/**
 * The page's state. It tells of changes by events: "state" (anything around the messages),
 * "here" (another place was opened), "messages" (of the open place), "arrived" (one message),
 * "clock", "trouble" (words for a person).
 */
export class Town extends EventTarget {
  channels = new Map();
  messages = new Map();
  members = new Map();
  roles = new Map();
  people = [];
  commands = [];
  bot = { name: "The bot", connected: false };
  guild = { id: "", name: "" };
  me = "";
  here = "";
  target = "";
  lost = false;
  unreadFrom = "";
  #skew = 0;
  #stream = null;
  #greeted = null;
  #seated = false;
  #reads = {};

  /** Begin, and follow the address from then on. */
  async begin() {
    addEventListener("hashchange", () => this.#follow());
    await this.#follow();
  }

  /** Return the address of a place, and perhaps of a message there. */
  hash(channel, message, me = this.me) {
    return `#/${me}/${channel}${message ? `/${message}` : ""}`;
  }

  /** Return virtual time in milliseconds. */
  now() {
    return Date.now() + this.#skew;
  }

  get person() {
    return this.people.find((person) => person.id === this.me);
  }

  get channel() {
    return this.channels.get(this.here);
  }

  /** Return the messages of the open place, oldest first; null while they are on their way. */
  get shown() {
    const held = this.messages.get(this.here);
    return held ? [...held.values()].sort((a, b) => (newer(a.id, b.id) ? 1 : -1)) : null;
  }

  memberName(id) {
    return this.members.get(id)?.name ?? "someone who left";
  }

  roleName(id) {
    return this.roles.get(id)?.name ?? "a role that is gone";
  }

  /** Return a forum's posts, those with the newest words first. */
  posts(forum) {
    const found = [...this.channels.values()].filter((channel) => channel.parent === forum.id);
    return found.sort((a, b) => (newer(b.last ?? b.id, a.last ?? a.id) ? 1 : -1));
  }

  isUnread(channel) {
    return newer(channel.last, this.#readUpTo(channel.id));
  }

  /** Say how many unread messages call this person by name or role, as far as they are known. */
  calls(channel) {
    const upTo = this.#readUpTo(channel.id);
    return (channel.called ?? []).filter((id) => newer(id, upTo)).length;
  }

  /** Do something; trouble is told to the person. Returns null if it was refused. */
  async act(action, body) {
    try {
      return await act(action, this.me, body);
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      this.#tell("trouble", trouble.message);
      return null;
    }
  }

  /** Look at the town as somebody else, from the same place if they see it. */
  viewAs(person) {
    location.hash = this.hash(this.here, "", person);
  }

  async #follow() {
    const [, me = "", channel = "", message = ""] = location.hash.split("/");
    if (!this.me || me !== this.me) await this.#sitDown(me);
    await this.#open(channel, message);
  }

  async #sitDown(me) {
    this.#stream?.close();
    this.messages.clear();
    this.me = me;
    this.#seated = false;
    // Only what is read after the stream has begun cannot have missed anything.
    await new Promise((greeted) => {
      this.#greeted = greeted;
      this.#stream = listen(me, (said) => this.#hear(said));
    });
    await this.#refresh();
    this.#seated = true;
  }

  async #refresh() {
    const state = await look("state", this.me);
    this.me = state.me;
    this.guild = state.guild;
    this.people = state.people;
    this.members = new Map(state.members.map((member) => [member.id, member]));
    this.roles = new Map(state.roles.map((role) => [role.id, role]));
    this.commands = state.commands;
    this.bot = state.bot;
    const called = new Map([...this.channels.values()].map((channel) => [channel.id, channel.called]));
    this.channels = new Map(state.channels.map((c) => [c.id, { ...c, called: called.get(c.id) }]));
    this.#skew = state.clock.now - Date.now();
    this.#recall(state.newest);
    this.#tell("state");
  }

  async #open(id, message) {
    const moved = id !== this.here;
    // One's own new post may be opened before the stream has told of it.
    if (id && !this.channels.has(id)) await this.#refresh();
    this.here = this.channels.has(id) ? id : this.#firstPlace().id;
    this.target = message;
    this.unreadFrom = this.isUnread(this.channel) ? this.#readUpTo(this.here) : "";
    if (this.here !== id) history.replaceState(null, "", this.hash(this.here));
    this.#tell("here", { moved });
    await this.#load();
  }

  #firstPlace() {
    const found = [...this.channels.values()];
    return found.find((channel) => channel.type === FORUM) ?? found[0];
  }

  async #load() {
    const wanted = this.here;
    if (this.channel.type !== FORUM) {
      const found = await look(`messages/${wanted}`, this.me);
      this.messages.set(wanted, new Map(found.map((message) => [message.id, message])));
    }
    if (wanted !== this.here) return;
    this.#markRead();
    this.#tell("messages", { opened: true });
  }

  async #hear(said) {
    if (!this.#seated && said.kind !== "hello") return;
    const hear = {
      hello: () => this.#hello(said),
      lost: () => this.#set({ lost: true }),
      bot: () => this.#set({ bot: { ...this.bot, connected: said.connected } }),
      clock: () => this.#setClock(said.now),
      stale: () => this.#refresh(),
      channel: () => this.#takeChannel(said.channel),
      "channel-gone": () => this.#dropChannel(said.id),
      message: () => this.#takeMessage(said, true),
      changed: () => this.#takeMessage(said, false),
      gone: () => this.#dropMessages(said),
    };
    await hear[said.kind]?.();
  }

  async #hello(said) {
    if (this.#greeted) {
      this.#greeted();
      this.#greeted = null;
      this.lost = false;
      return;
    }
    if (said.guild !== this.guild.id) {
      // Another sandbox listens at this address now: nothing we hold is true any more.
      location.replace(location.pathname);
      return;
    }
    const returned = this.lost;
    this.#set({ lost: false });
    if (!returned) return;
    await this.#refresh();
    await this.#load();
  }

  #set(change) {
    Object.assign(this, change);
    this.#tell("state");
  }

  #setClock(now) {
    this.#skew = now - Date.now();
    this.#tell("clock");
  }

  #takeChannel(channel) {
    const called = this.channels.get(channel.id)?.called;
    this.channels.set(channel.id, { ...channel, called });
    this.#tell("state");
  }

  #dropChannel(id) {
    this.channels.delete(id);
    this.messages.delete(id);
    if (id === this.here) location.hash = this.hash(this.#firstPlace().id);
    this.#tell("state");
  }

  #takeMessage({ message, replies }, fresh) {
    const channel = this.channels.get(message.channel);
    const before = this.messages.get(message.channel)?.get(message.id);
    // What was promised while the bot was thinking arrives when it is said.
    const arrives = fresh || Boolean(before?.thinking && !message.thinking);
    this.messages.get(message.channel)?.set(message.id, message);
    if (channel && fresh) this.#count(channel, message, replies);
    if (message.channel === this.here) {
      this.#markRead();
      this.#tell("messages", { fresh: arrives ? message : null });
    }
    if (arrives) {
      this.#tell("arrived", message);
      this.#tell("state");
    }
  }

  #count(channel, message, replies) {
    if (!message.private && newer(message.id, channel.last)) channel.last = message.id;
    if (replies !== null) channel.replies = replies;
    if (message.calls) channel.called = [...(channel.called ?? []), message.id];
    if (message.author.id === this.me) this.#read(channel.id, message.id);
  }

  #dropMessages({ channel, ids }) {
    for (const id of ids) this.messages.get(channel)?.delete(id);
    if (channel === this.here) this.#tell("messages", {});
  }

  // What was read, by person and place; kept for as long as the tab.

  #recall(newest) {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    const ours = kept?.guild === this.guild.id;
    this.#reads = ours ? kept : { guild: this.guild.id, since: newest, by: {} };
    this.#keep();
  }

  #keep() {
    sessionStorage.setItem(KEPT, JSON.stringify(this.#reads));
  }

  #readUpTo(channel) {
    return this.#reads.by[this.me]?.[channel] ?? this.#reads.since;
  }

  #read(channel, message) {
    if (!newer(message, this.#readUpTo(channel))) return;
    (this.#reads.by[this.me] ??= {})[channel] = message;
    this.#keep();
  }

  #markRead() {
    const last = this.channel?.last;
    if (last && document.visibilityState === "visible") this.#read(this.here, last);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
