// The panel beside the chat: the inspector, the faults, the tour or a thread, one at a time.

import { button, byId, el, fill } from "./dom.js";

let now = "";
let opener = null;
const drawers = new Map();

export function panelFor(name, title, drawer) {
  drawers.set(name, { title, drawer });
  const toggle = byId(`show-${name}`);
  toggle?.addEventListener("click", () => (now === name ? closePanel() : openPanel(name, toggle)));
}

export function openPanel(name, from = null) {
  now = name;
  opener = from ?? document.activeElement;
  const { title, drawer } = drawers.get(name);
  const body = el("div", { class: "panel-body" });
  const panel = byId("panel");
  panel.hidden = false;
  panel.setAttribute("aria-label", title);
  fill(panel, el("div", { class: "panel-head" }, el("h2", { tabindex: "-1" }, title), button("×", closePanel, { class: "quiet", "aria-label": `Close ${title}` })), body);
  drawer(body);
  mark();
  panel.querySelector("h2").focus();
}

export function closePanel() {
  now = "";
  byId("panel").hidden = true;
  fill(byId("panel"));
  mark();
  if (opener?.isConnected) opener.focus();
}

export function panelNow() {
  return now;
}

function mark() {
  document.body.classList.toggle("with-panel", Boolean(now));
  for (const name of ["tour", "inspector", "faults"]) byId(`show-${name}`).setAttribute("aria-expanded", String(now === name));
}
