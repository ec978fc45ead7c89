// The message box: it completes slash commands, people and channels.

import { act } from "./api.js";
import { button, byId, el, fill, freshId } from "./dom.js";
import { overflow } from "./overflow.js";
import { channelNow, me, state, tell, titleOf } from "./state.js";

export function openComposer(holder, { thread = "", id = "box" } = {}) {
  const channel = channelNow();
  if (channel?.archived) return fill(holder, el("p", { class: "faint quiet-line" }, "This channel is archived. Nobody can write here."));
  const listId = freshId("complete");
  const label = thread ? "Reply" : `Message ${channel?.kind === "im" ? titleOf(channel) : `#${titleOf(channel)}`}`;
  const box = el("textarea", { id, rows: 1, placeholder: label, "aria-label": label, "aria-autocomplete": "list", "aria-controls": listId, autocomplete: "off", spellcheck: "true" });
  const list = el("ul", { id: listId, role: "listbox", "aria-label": "Suggestions", class: "options complete", hidden: true });
  const hint = el("p", { class: "hint command-hint", "aria-live": "polite" });
  const send = button("Send", () => submit(), { class: "act primary send" });
  const completing = complete(box, list, hint);
  const submit = async () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    completing.update();
    grow(box);
    const answer = await act("type", { channel: channel.id, text, thread_ts: thread });
    if (answer) tell("modal", answer.modal);
    else if (!box.value) box.value = text;
  };
  box.addEventListener("input", () => { completing.update(); grow(box); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || completing.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(); }
  });
  box.addEventListener("blur", () => completing.close());
  const shortcuts = thread ? [] : state.shortcuts.filter((one) => one.kind === "global");
  const more = shortcuts.length > 0 && overflow("Shortcuts", shortcuts.map((one) => ({ label: one.name, detail: state.app.name, pick: () => shortcut(one) })), "+");
  return fill(holder, hint, el("div", { class: "composer" }, list, commands(box, thread), more, box, send));
}

// The commands for the mouse: choosing one writes it into the box.
function commands(box, thread) {
  if (thread || !mayCommand() || !state.commands.length) return null;
  const write = (name) => {
    box.value = `${name} `;
    box.dispatchEvent(new Event("input"));
    box.focus();
  };
  return overflow("Commands", state.commands.map((one) => ({ label: one.name, detail: one.description, pick: () => write(one.name) })), "/");
}

// Slash commands belong to one workspace: people of another home do not have them, nor have guests without apps.
function mayCommand() {
  return Boolean(me()) && !me().outside && me().uses_apps;
}

async function shortcut(one) {
  const answer = await act("shortcut", { id: one.id, channel: state.place.kind === "channel" ? state.place.id : undefined });
  if (answer) tell("modal", answer.modal);
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 180)}px`;
}

// Write a text into the box the way a person would; the guided tour uses it.
export async function typeFor(text, pace) {
  const box = byId("box");
  box.focus();
  box.value = "";
  for (let at = 0; at < text.length; at += pace) {
    box.value = text.slice(0, at + pace);
    grow(box);
    await new Promise((resolve) => setTimeout(resolve, 12));
  }
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

export function sendNow() {
  document.querySelector("#foot .send")?.click();
}

function complete(box, list, hint) {
  let offered = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    box.removeAttribute("aria-activedescendant");
  }
  function update() {
    const fitting = suggestions(box);
    offered = fitting.items;
    hint.textContent = fitting.hint;
    if (!offered.length) return close();
    fill(list, offered.map((one, index) => el("li", { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); pick(one); } },
      el("span", { class: "name" }, one.label), one.usage && el("span", { class: "usage" }, one.usage), one.detail && el("span", { class: "hint" }, one.detail))));
    list.hidden = false;
    return mark(0);
  }
  function mark(to) {
    active = (to + offered.length) % offered.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    box.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }
  function pick(one) {
    const from = box.selectionStart;
    const before = box.value.slice(0, from).replace(one.replaces, () => one.text);
    box.value = before + box.value.slice(from);
    box.setSelectionRange(before.length, before.length);
    update();
  }
  function key(event) {
    if (list.hidden) return false;
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Tab" || (event.key === "Enter" && box.value.trim() !== offered[active]?.text.trim())) pick(offered[active]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
  return { update, close, key };
}

function suggestions(box) {
  const before = box.value.slice(0, box.selectionStart);
  const home = mayCommand();
  if (/^\/\S*$/.test(before) && home) {
    const items = state.commands.filter((one) => one.name.startsWith(before.toLowerCase()))
      .map((one) => ({ label: one.name, usage: one.usage_hint, detail: one.description, text: `${one.name} `, replaces: /^\/\S*$/ }));
    return { items, hint: "" };
  }
  const command = home && state.commands.find((one) => before.startsWith(`${one.name} `));
  const hint = command ? `${command.name} ${command.usage_hint}` : "";
  const sign = /(^|[\s|=])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!sign || (sign[2] === "#" && !sign[3])) return { items: [], hint };
  return { items: named(sign[2], sign[3].toLowerCase()), hint };
}

function named(sign, begun) {
  const replaces = /[@#][\p{L}\p{N}._-]*$/u;
  if (sign === "#") {
    return state.channels.filter((one) => one.name.toLowerCase().startsWith(begun)).slice(0, 8).map((one) => ({ label: `#${one.name}`, text: `#${one.name} `, replaces }));
  }
  const fits = (one) => one.name.startsWith(begun) || one.real_name.toLowerCase().startsWith(begun);
  return [...state.people.values()].filter(fits).slice(0, 8).map((one) => ({ label: one.real_name, detail: one.title, text: `@${one.name} `, replaces }));
}
