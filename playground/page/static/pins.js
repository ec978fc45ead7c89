// What is pinned in a conversation, in the panel; and the links that are kept at the top of it.

import { look } from "./api.js";
import { button, el, fill, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { messageNode } from "./message.js";
import { openPanel, panelFor, panelNow } from "./panel.js";
import { on, state } from "./state.js";

export function setUpPins() {
  panelFor("pins", "Pinned", draw);
  on("live message", (change) => { if (panelNow() === "pins" && change.channel === state.place.id) refresh(); });
}

let list = null;

function draw(body) {
  list = el("div", { class: "thread-list" });
  fill(body, list);
  refresh();
}

async function refresh() {
  const answer = await look("pins", { user: state.user, channel: state.place.id });
  if (!answer) return;
  fill(list, answer.messages.length ? answer.messages.map((one) => messageNode(one, { thread: true })) : el("p", { class: "empty" }, "Nothing is pinned here."));
}

export function keptAtTop(channel) {
  const links = channel.bookmarks.map((one) => el("li", {}, link(one.link, `${emoji(one.emoji.replaceAll(":", "")) ?? "🔗"} ${one.title}`)));
  return el("div", { class: "kept" }, links.length > 0 && el("ul", { "aria-label": "Bookmarks" }, links), button("📌 Pinned", () => openPanel("pins"), { class: "quiet" }));
}
