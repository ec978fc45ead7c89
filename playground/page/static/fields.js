// Fields that hold a value: each gives its node, and reads what it holds as the playground takes it.

import { act } from "./api.js";
import { combobox } from "./combobox.js";
import { el, freshId } from "./dom.js";
import { text, words } from "./mrkdwn.js";
import { richWords } from "./richtext.js";
import { state, titleOf } from "./state.js";
import { fromLocal, toLocal } from "./times.js";

// The raw value that a state stands for: options by their value, everything else as it is.
function rawOf(held) {
  if (!held) return null;
  const [name] = Object.keys(held).filter((key) => key !== "type" && key !== "timezone");
  const value = held[name];
  if (name === "selected_option") return value?.value ?? null;
  if (name === "selected_options") return (value ?? []).map((option) => option.value);
  return value ?? null;
}

export function makeField(ctx, block, one, more) {
  const kept = ctx.kept?.[block.block_id]?.[one.action_id];
  const held = ctx.values?.[block.block_id]?.[one.action_id];
  const start = kept !== undefined ? kept : rawOf(held);
  const make = MAKE[one.type] ?? typed;
  const options = more.grouped === undefined ? { ...more, id: freshId("loose"), named: { "aria-label": more.label } } : { ...more, named: {} };
  const made = make(one, start, options, { ctx, block, held });
  return { ...made, type: one.type, block_id: block.block_id, action_id: one.action_id };
}

function common(one, more) {
  return {
    id: more.id, ...more.named, "aria-describedby": more.described, "aria-invalid": more.invalid ? "true" : undefined,
    "aria-required": more.required ? "true" : undefined, autofocus: one.focus_on_load,
  };
}

const KINDS = { email_text_input: "email", url_text_input: "url", number_input: "text" };

function typed(one, start, more) {
  const shared = { ...common(one, more), placeholder: words(one.placeholder) || undefined, autocomplete: "off", value: start ?? "" };
  const node = one.multiline ? el("textarea", { rows: 4, ...shared })
    : el("input", { type: KINDS[one.type] ?? "text", inputmode: one.type === "number_input" ? "decimal" : undefined, ...shared });
  if (more.commit) dispatchTyped(node, one, more.commit);
  return { node, read: () => node.value };
}

function dispatchTyped(node, one, commit) {
  const on = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let waiting = 0;
  if (on.includes("on_character_entered")) {
    node.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(commit, 250);
    });
  }
  if (on.includes("on_enter_pressed")) {
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      commit();
    });
  }
}

function richInput(one, start, more) {
  const node = el("textarea", { rows: Math.min(one.min_lines ?? 4, 20), ...common(one, more), placeholder: words(one.placeholder) || undefined, value: typeof start === "string" ? start : richWords(start) });
  if (more.commit) node.addEventListener("change", more.commit);
  return { node, read: () => node.value };
}

// A choice that acts at once: browsing it with the arrow keys must not act, so they open the list instead.
function steady(node, commit) {
  if (!commit) return;
  node.addEventListener("change", commit);
  node.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    node.showPicker();
  });
}

function optionsOf(one) {
  if (one.option_groups) return one.option_groups.map((group) => ({ label: words(group.label), options: group.options.map(asPair) }));
  return [{ label: "", options: (one.options ?? []).map(asPair) }];
}

function asPair(option) {
  const detail = words(option.description);
  return { value: option.value, label: words(option.text) + (detail ? ` – ${detail}` : "") };
}

function select(groups, one, start, more) {
  const choice = (pair) => el("option", { value: pair.value, selected: pair.value === start }, pair.label);
  const inner = groups.map((group) => (group.label ? el("optgroup", { label: group.label }, group.options.map(choice)) : group.options.map(choice)));
  const node = el("select", common(one, more), el("option", { value: "", selected: !start }, words(one.placeholder) || "Choose …"), inner);
  steady(node, more.commit);
  return { node, read: () => node.value || null };
}

function many(groups, one, start, more) {
  const chosen = new Set(start ?? []);
  const boxes = groups.flatMap((group) => [group.label && el("p", { class: "faint" }, group.label), group.options.map((pair) => tick(pair.label, pair.value, chosen.has(pair.value), "checkbox"))]).flat(2).filter(Boolean);
  const list = el("div", { class: "many", ...(more.grouped === undefined ? { role: "group", "aria-label": more.label } : {}) }, boxes);
  const filter = boxes.length > 10 && el("input", { type: "search", placeholder: "Filter", "aria-label": `Filter ${more.label}`, oninput: () => sift(list, filter.value) });
  const node = el("div", { id: more.id }, filter, list);
  if (more.commit) list.addEventListener("change", more.commit);
  return { node, read: () => [...list.querySelectorAll("input:checked")].map((box) => box.value) };
}

function sift(list, wanted) {
  for (const label of list.querySelectorAll("label")) label.hidden = !label.textContent.toLowerCase().includes(wanted.toLowerCase());
}

function tick(label, value, checked, type, name, described) {
  return el("label", { class: "tick" }, el("input", { type, value, checked, name }), el("span", {}, label, described && el("span", { class: "hint" }, described)));
}

function choices(type) {
  return (one, start, more) => {
    const name = freshId("choice");
    const chosen = new Set(Array.isArray(start) ? start : [start]);
    const ticks = one.options.map((option) => tick(text(option.text), option.value, chosen.has(option.value), type, name, option.description && text(option.description)));
    const role = more.grouped === undefined ? { role: type === "radio" ? "radiogroup" : "group", "aria-label": more.label } : {};
    const node = el("div", { id: more.id, class: "ticks", ...role }, ticks);
    if (more.commit) node.addEventListener("change", more.commit);
    const picked = () => [...node.querySelectorAll("input:checked")].map((box) => box.value);
    return { node, read: () => (type === "radio" ? picked()[0] ?? null : picked()) };
  };
}

function when(type) {
  return (one, start, more) => {
    const value = type === "datetime-local" ? (start ? toLocal(start) : "") : start ?? "";
    const node = el("input", { type, ...common(one, more), value });
    let waiting = 0;
    if (more.commit) {
      node.addEventListener("change", () => {
        clearTimeout(waiting);
        waiting = setTimeout(more.commit, 600);
      });
    }
    return { node, read: () => (node.value ? (type === "datetime-local" ? fromLocal(node.value) : node.value) : null) };
  };
}

function people(one) {
  const people = [...state.people.values()].filter((person) => !(one.filter?.exclude_bot_users && person.is_bot));
  return [{ label: "", options: people.map((person) => ({ value: person.id, label: person.real_name })) }];
}

function places(one) {
  const kinds = one.type.endsWith("channels_select") ? ["public"] : one.filter?.include ?? ["public", "private", "im", "mpim"];
  const fitting = state.channels.filter((channel) => kinds.includes(channel.kind) && !(one.filter?.exclude_external_shared_channels && channel.shared));
  return [{ label: "", options: fitting.map((channel) => ({ value: channel.id, label: ["im", "mpim"].includes(channel.kind) ? titleOf(channel) : `#${channel.name}` })) }];
}

function external(several) {
  return (one, start, more, { ctx, block, held }) => {
    const known = [held?.selected_option, ...(held?.selected_options ?? [])].filter(Boolean).map(asPair);
    const ask = async (query) => {
      if (query.length < (one.min_query_length ?? 3)) return null;
      const answer = await act("suggest", { ...ctx.who, block_id: block.block_id, action_id: one.action_id, typed: query });
      return (answer?.options ?? []).map(asPair);
    };
    return combobox({ ...common(one, more), label: more.label, least: one.min_query_length ?? 3, placeholder: words(one.placeholder) }, { several, start, known, ask, commit: more.commit });
  };
}

function files(one, start, more) {
  const accept = one.filetypes?.map((type) => `.${type}`).join(",");
  const node = el("input", { type: "file", multiple: (one.max_files ?? 10) > 1, accept, ...common(one, more) });
  const read = () => Promise.all([...node.files].map(async (file) => ({ name: file.name, content_base64: await base64(file) })));
  return { node, read };
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(binary);
}

const MAKE = {
  rich_text_input: richInput,
  radio_buttons: choices("radio"),
  checkboxes: choices("checkbox"),
  static_select: (one, start, more) => select(optionsOf(one), one, start, more),
  users_select: (one, start, more) => select(people(one), one, start, more),
  channels_select: (one, start, more) => select(places(one), one, start, more),
  conversations_select: (one, start, more) => select(places(one), one, start, more),
  multi_static_select: (one, start, more) => many(optionsOf(one), one, start, more),
  multi_users_select: (one, start, more) => many(people(one), one, start, more),
  multi_channels_select: (one, start, more) => many(places(one), one, start, more),
  multi_conversations_select: (one, start, more) => many(places(one), one, start, more),
  external_select: external(false),
  multi_external_select: external(true),
  datepicker: when("date"),
  timepicker: when("time"),
  datetimepicker: when("datetime-local"),
  file_input: files,
};

