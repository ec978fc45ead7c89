// The clock in the corner, and travelling with it.

import { act } from "./api.js";
import { announce, button, byId, el, fill } from "./dom.js";
import { on, state } from "./state.js";
import { longTime } from "./times.js";

const WAYS = [
  ["news", "To the next nudge", "Until the app posts something here by itself, five weeks at most"],
  ["date", "To the ballot’s close", "Until the next date that the app has shown here"],
  ["hour", "One hour", ""],
  ["day", "One day", ""],
  ["monday", "Next Monday, 9:00", "In the zone of the person you are"],
  ["week", "One week", ""],
];

let travelling = false;

export function setUpClock() {
  for (const kind of ["clock", "person"]) on(kind, draw);
  on("travel", ({ running }) => { travelling = running; draw(); });
  setInterval(() => { if (!state.clock.pretend) { state.clock.now = new Date().toISOString(); label(); } }, 20_000);
  const list = el("div", { id: "ways", class: "menu", role: "group", "aria-label": "Travel in time", hidden: true },
    WAYS.map(([to, words, detail]) => button([el("span", {}, words), detail && el("span", { class: "hint" }, detail)], () => go(to))),
    el("form", { class: "row", onsubmit: (event) => { event.preventDefault(); go(`${event.target.at.value}:00Z`); } },
      el("label", {}, "To (UTC)", el("input", { type: "datetime-local", name: "at", required: true })), el("button", { class: "act", type: "submit" }, "Go")));
  fill(byId("clock"),
    button("", () => toggle(list), { id: "now", class: "quiet clock", "aria-expanded": "false", "aria-controls": "ways" }),
    button("Stop", () => act("travel", { to: "stop" }), { id: "halt", class: "act danger", hidden: true }), list);
  document.addEventListener("pointerdown", (event) => { if (!byId("clock").contains(event.target)) toggle(list, false); });
  byId("clock").addEventListener("keydown", (event) => { if (event.key === "Escape" && !list.hidden) { toggle(list, false); byId("now").focus(); } });
}

function toggle(list, open = list.hidden) {
  list.hidden = !open;
  byId("now").setAttribute("aria-expanded", String(open));
  if (open) list.querySelector("button").focus();
}

export async function go(to, quick = false) {
  const list = byId("ways");
  toggle(list, false);
  byId("now").focus();
  const channel = state.place.kind === "channel" ? state.place.id : "";
  const answer = await act("travel", { to, channel, quick });
  if (answer?.now) announce(`It is now ${longTime(new Date(answer.now))}${answer.arrived ? "" : ". Nothing came."}`);
  return answer;
}

function label() {
  const at = new Date(state.clock.now);
  byId("now").textContent = `${state.clock.pretend ? "" : "Real time: "}${longTime(at)}`;
}

function draw() {
  label();
  byId("halt").hidden = !travelling;
  byId("now").setAttribute("aria-label", `Clock: ${byId("now").textContent}. Travel in time`);
  byId("clock").classList.toggle("travelling", travelling);
}
