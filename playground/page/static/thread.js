// A thread: a message and its replies, in the panel.

import { look } from "./api.js";
import { el, fill } from "./dom.js";
import { openComposer } from "./composer.js";
import { messageNode } from "./message.js";
import { openPanel, panelFor, panelNow } from "./panel.js";
import { on, state } from "./state.js";

export function setUpThreads() {
  panelFor("thread", "Thread", draw);
  on("thread", (ts) => { state.thread = ts; openPanel("thread"); });
  on("reply", (message) => { if (panelNow() === "thread" && message.thread_ts === state.thread) refresh(); });
  on("live message", (change) => { if (panelNow() === "thread" && change.ts === state.thread) refresh(); });
}

let list = null;

async function draw(body) {
  list = el("div", { class: "thread-list" });
  const foot = el("div", {});
  fill(body, list, foot);
  openComposer(foot, { thread: state.thread, id: "reply-box" });
  await refresh();
}

async function refresh() {
  const answer = await look("messages", { user: state.user, channel: state.place.id, thread: state.thread });
  if (answer) fill(list, answer.messages.map((one) => messageNode(one, { thread: true })));
}
