// How the app helps in a thread: what it calls it, what it is doing, what it offers to be asked.

import { act } from "./api.js";
import { button, el } from "./dom.js";
import { nameOf, state } from "./state.js";

export function assistance(message) {
  const help = message.assistant;
  if (!help) return null;
  const ask = (prompt) => act("type", { channel: message.channel, thread_ts: message.ts, text: prompt.message });
  return el("div", { class: "assistance" },
    help.title && el("p", { class: "heading" }, help.title),
    help.prompts.length > 0 && el("div", { class: "block-actions", role: "group", "aria-label": help.prompts_title || "Suggestions" },
      help.prompts_title && el("p", { class: "faint" }, help.prompts_title), help.prompts.map((one) => button(one.title, () => ask(one), { class: "act" }))),
    help.status && el("p", { class: "faint", role: "status" }, `${nameOf(state.app.user)} ${help.status}`));
}
