// Who you are, and the conversations that this person has.

import { button, byId, el, fill } from "./dom.js";
import { face } from "./message.js";
import { isRead, on, state, tell, titleOf } from "./state.js";

export function setUpSidebar() {
  for (const kind of ["channels", "person", "place", "unread"]) on(kind, draw);
  byId("menu").addEventListener("click", () => open(byId("menu").getAttribute("aria-expanded") !== "true"));
  byId("side").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(false);
    byId("menu").focus();
  });
}

function open(wanted) {
  byId("menu").setAttribute("aria-expanded", String(wanted));
  byId("side").classList.toggle("open", wanted);
  if (wanted) byId("side").querySelector("button")?.focus();
}

function draw() {
  const kept = document.activeElement?.dataset?.key;
  const rooms = state.channels.filter((one) => ["public", "private"].includes(one.kind));
  const direct = state.channels.filter((one) => one.kind === "mpim" || (one.kind === "im" && !one.members.includes(state.app.user)));
  fill(byId("side"),
    group("Be anyone", people()),
    group("Channels", rooms.map((one) => place(one, one.kind === "private" ? "◆" : "#", one.name, one.kind === "private" ? "private" : one.shared ? "shared" : ""))),
    group("Direct messages", [...direct.map((one) => place(one, "", titleOf(one), "")), fresh()]),
    group("Apps", [app()]));
  if (kept) byId("side").querySelector(`[data-key="${CSS.escape(kept)}"]`)?.focus();
}

function group(title, items) {
  const id = `side-${title.toLowerCase().replace(/\W+/g, "-")}`;
  return el("section", { "aria-labelledby": id }, el("h2", { id }, title), el("ul", {}, items.map((one) => el("li", {}, one))));
}

function people() {
  return [...state.people.values()].filter((one) => !one.is_bot).map((one) => {
    const notes = [one.title, one.outside ? one.home : "", one.uses_apps ? "" : "may not use apps"].filter(Boolean).join(" · ");
    return button([face(one.id, one.real_name), el("span", {}, one.real_name, el("span", { class: "hint" }, notes))], () => { open(false); tell("become", one.id); },
      { class: "person", "aria-pressed": String(one.id === state.user), "data-key": one.id });
  });
}

function place(channel, sign, name, note) {
  const here = state.place.kind === "channel" && state.place.id === channel.id;
  const unread = !here && !isRead(channel);
  return button([el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", { class: "grow" }, name), note && el("span", { class: "hint" }, note), unread && el("span", { class: "dot" }, el("span", { class: "unseen" }, "unread"))],
    () => { open(false); tell("go", { kind: "channel", id: channel.id }); },
    { class: unread ? "room unread" : "room", "aria-current": here ? "page" : undefined, "data-key": channel.id });
}

function app() {
  const direct = state.channels.find((one) => one.kind === "im" && one.members.includes(state.app.user));
  const here = state.place.kind === "home" || (direct && state.place.id === direct.id);
  const unread = direct && !here && !isRead(direct);
  return button([face(state.app.user, state.app.name), el("span", { class: "grow" }, state.app.name), unread && el("span", { class: "dot" }, el("span", { class: "unseen" }, "unread"))],
    () => { open(false); tell("app", {}); }, { class: unread ? "room unread" : "room", "aria-current": here ? "page" : undefined, "data-key": "app" });
}

// Somebody to write to whom this person has not written to yet.
function fresh() {
  const known = new Set(state.channels.filter((one) => one.kind === "im").flatMap((one) => one.members));
  const others = [...state.people.values()].filter((one) => one.id !== state.user && !known.has(one.id) && !one.is_bot);
  const select = el("select", { "aria-label": "New direct message", class: "room", "data-key": "fresh", onchange: () => tell("direct", select.value) },
    el("option", { value: "" }, "Write to …"), others.map((one) => el("option", { value: one.id }, one.real_name)));
  return select;
}
