// Reactions below a message. Pressing one adds your own, or takes it back.

import { act } from "./api.js";
import { button, el } from "./dom.js";
import { emoji } from "./emoji.js";
import { nameOf, state } from "./state.js";

const OFFERED = ["+1", "eyes", "white_check_mark", "heart", "tada"];

export function reactions(message) {
  if (!message.reactions.length) return null;
  return el("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, message.reactions.map(({ name, users }) => {
    const mine = users.includes(state.user);
    return button(`${shown(name)} ${users.length}`, () => react(message, name), {
      class: "act reaction", "aria-pressed": String(mine), title: users.map(nameOf).join(", "), "aria-label": `${name}: ${users.map(nameOf).join(", ")}`,
    });
  }));
}

// What the menu of a message offers: a few reactions, and the pin.
export function gestures(message) {
  if (message.ephemeral) return [];
  return [
    ...OFFERED.map((name) => ({ label: `React with ${shown(name)}`, pick: () => react(message, name) })),
    { label: message.pinned_by ? "Take the pin away" : "Pin to this conversation", pick: () => act("pin", { channel: message.channel, message_ts: message.ts }) },
  ];
}

function shown(name) {
  return emoji(name.split("::")[0]) ?? `:${name}:`;
}

function react(message, name) {
  return act("react", { channel: message.channel, message_ts: message.ts, name });
}
