// What a select offers: its own options, or the people, roles and channels of the town.

import { THREADS } from "./town.js";

const STRING = 3;
const USER = 5;
const ROLE = 6;
const MENTIONABLE = 7;
const CHANNEL = 8;

/** Return the choices of a select component as the page draws them. */
export function choicesOf(part, town) {
  if (part.type === STRING) return part.options.map((o) => ({ label: o.label, value: o.value, description: o.description, chosen: Boolean(o.default) }));
  const chosen = new Set((part.default_values ?? []).map((value) => value.id));
  return thingsOf(part, town).map((thing) => ({ ...thing, chosen: chosen.has(thing.value) }));
}

function thingsOf(part, town) {
  const people = () => [...town.members.values()].map((member) => ({ label: member.name, value: member.id }));
  const roles = () => [...town.roles.values()].map((role) => ({ label: `@${role.name}`, value: role.id }));
  switch (part.type) {
    case USER:
      return people();
    case ROLE:
      return roles();
    case MENTIONABLE:
      return [...people(), ...roles()];
    case CHANNEL:
      return channels(part.channel_types, town);
    default:
      return [];
  }
}

function channels(kinds, town) {
  const wanted = kinds?.length ? (channel) => kinds.includes(channel.type) : (channel) => !THREADS.has(channel.type);
  return [...town.channels.values()].filter(wanted).map((channel) => ({ label: `#${channel.name}`, value: channel.id }));
}

// Options of slash commands number the same things otherwise.
const OF_COMMAND = { 6: USER, 7: CHANNEL, 8: ROLE, 9: MENTIONABLE };

/** Return what an option of a slash command can be, if that is something of the town. */
export function thingsForOption(option, town) {
  return thingsOf({ type: OF_COMMAND[option.type], channel_types: option.channel_types }, town);
}
