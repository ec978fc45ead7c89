// The inspector: each request between the pretend Slack and the app, both ways.

import { look } from "./api.js";
import { announce, button, el, fill } from "./dom.js";
import { panelFor, panelNow } from "./panel.js";
import { on } from "./state.js";

const MOST = 300;
let rows = [];
let list = null;
let only = "all";

const FILTERS = { all: () => true, "to the app": (one) => one.direction === "out", "from the app": (one) => one.direction === "in", "with trouble": (one) => !one.valid || one.error };

export function setUpInspector() {
  panelFor("inspector", "Inspector", draw);
  on("live call", (call) => {
    if (panelNow() !== "inspector") return;
    rows.push(call);
    rows = rows.slice(-MOST);
    if (FILTERS[only](call)) list.prepend(row(call));
    while (list.children.length > MOST) list.lastElementChild.remove();
  });
}

async function draw(body) {
  list = el("ul", { class: "calls" });
  const select = el("select", { "aria-label": "Show requests", onchange: () => { only = select.value; redraw(); } },
    Object.keys(FILTERS).map((name) => el("option", { value: name, selected: name === only }, name)));
  fill(body,
    el("p", { class: "faint" }, "What the pretend Slack and the app say to each other, the newest first. Tokens are masked."),
    el("p", {}, el("label", {}, "Show ", select)), list);
  const answer = await look("calls");
  rows = answer?.calls ?? [];
  redraw();
}

function redraw() {
  fill(list, rows.filter(FILTERS[only]).reverse().map(row));
}

function row(call) {
  const out = call.direction === "out";
  const status = call.status === null ? "no answer" : call.status;
  const signed = out ? (call.signed === null ? "Socket Mode" : call.signed ? "signed" : "not signed") : "";
  const notes = [`${status}`, `${call.ms} ms`, signed, call.valid ? "valid" : "invalid"].filter(Boolean).join(" · ");
  const details = el("details", { class: call.valid ? "call" : "call bad", ontoggle: () => { if (details.open && !details.dataset.filled) whole(details, call.n); } },
    el("summary", {}, el("span", { class: "arrow", "aria-hidden": "true" }, out ? "→" : "←"), el("span", { class: "unseen" }, out ? "to the app: " : "from the app: "),
      el("span", { class: "method" }, call.method), el("span", { class: "hint" }, notes), call.error && el("span", { class: "error" }, call.error)));
  return el("li", {}, details);
}

async function whole(details, n) {
  const call = await look("call", { n });
  if (!call) return;
  details.dataset.filled = "yes";
  details.append(
    call.errors.length ? el("div", {}, el("h3", {}, "What is wrong, and where"), el("ul", { class: "errors" }, call.errors.map((line) => el("li", {}, line)))) : el("span"),
    el("p", { class: "faint" }, `Request ${n}, ${call.at}`),
    el("h3", {}, "Request"), json(call.request),
    el("h3", {}, `Answer (${call.status ?? "none"}, ${call.ms} ms)`), json(call.answer),
    button("Copy as curl", () => copy(call.curl, details), { class: "act" }));
}

function json(value) {
  return el("pre", { tabindex: "0" }, value === null ? "empty" : typeof value === "string" ? value : JSON.stringify(value, null, 2));
}

async function copy(command, details) {
  try {
    await navigator.clipboard.writeText(command);
    announce("Copied");
  } catch {
    announce("Copying is not allowed here; the command stands below.");
  }
  if (!details.querySelector(".curl")) details.append(el("pre", { class: "curl", tabindex: "0" }, command));
}
