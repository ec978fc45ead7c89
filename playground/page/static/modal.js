// The modal that a person has before them: drawn anew when the app changes it, keeping what was filled in.

import { act, look } from "./api.js";
import { blocks } from "./blocks.js";
import { announce, button, el, fill } from "./dom.js";
import { collect } from "./elements.js";
import { words } from "./mrkdwn.js";
import { on, state } from "./state.js";

let shown = null; // { view, ctx, dialog, back }

export function setUpModals() {
  on("modal", show);
  on("view", refresh);
  on("person", refresh);
}

async function refresh() {
  const user = state.user;
  const answer = await look("views", { user });
  if (!answer || user !== state.user) return;
  show(answer.modal);
}

export function show(view) {
  if (!view) return hide();
  const same = shown && shown.view.id === view.id;
  if (same && shown.view.hash === view.hash && unchanged(view)) return undefined;
  const kept = same ? collect(shown.ctx) : undefined;
  const dialog = shown?.dialog ?? fresh();
  const focused = same ? document.activeElement?.id || document.activeElement?.textContent : "";
  const place = same ? dialog.querySelector(".modal-body")?.scrollTop : 0;
  const ctx = { kind: "modal", who: { view_id: view.id }, values: view.values, errors: view.errors, kept, fields: [] };
  const files = same ? fileNodes(shown.ctx) : new Map();
  shown = { view, ctx, dialog, back: shown?.back ?? document.activeElement };
  draw(dialog, view, ctx);
  keepFiles(ctx, files);
  if (!dialog.open) dialog.showModal();
  settle(dialog, view, focused, place, same);
  return undefined;
}

function unchanged(view) {
  const complaints = (one) => JSON.stringify([one.errors, one.notice]);
  return complaints(view) === complaints(shown.view) && !Object.keys(view.errors).length;
}

function fresh() {
  const dialog = el("dialog", { class: "modal", "aria-labelledby": "modal-title", oncancel: (event) => { event.preventDefault(); if (event.target === dialog) close(); } });
  document.body.append(dialog);
  return dialog;
}

function draw(dialog, view, ctx) {
  const title = words(view.title);
  const body = el("div", { class: "modal-body", tabindex: "-1" },
    view.notice && el("p", { class: "alert alert-error", role: "alert" }, view.notice),
    blocks(ctx, view.blocks));
  fill(dialog, el("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(); } },
    el("div", { class: "modal-head" }, el("h2", { id: "modal-title" }, title), button("×", close, { class: "quiet", "aria-label": "Dismiss" })),
    body,
    el("div", { class: "modal-foot buttons" },
      el("span", { class: "faint" }, view.depth > 1 ? `Window ${view.depth}` : ""),
      button(words(view.close) || (view.submit ? "Cancel" : "Close"), close, { class: "act" }),
      view.submit && el("button", { type: "submit", class: "act primary" }, words(view.submit)))));
}

function settle(dialog, view, focused, place, same) {
  const wrong = dialog.querySelector('[aria-invalid="true"], fieldset.wrong input');
  if (wrong) {
    wrong.focus();
    announce(Object.values(view.errors).join(". "));
    return;
  }
  const body = dialog.querySelector(".modal-body");
  const again = same && [...dialog.querySelectorAll("button, input, select, textarea")].find((one) => focused && one.textContent === focused);
  const first = dialog.querySelector("[autofocus]") ?? body.querySelector("input, select, textarea, button") ?? body;
  (again || first).focus({ preventScroll: Boolean(same) });
  body.scrollTop = place ?? 0;
}

function fileNodes(ctx) {
  return new Map(ctx.fields.filter((field) => field.type === "file_input").map((field) => [`${field.block_id} ${field.action_id}`, field]));
}

// Chosen files cannot be put into a new field by value, so the very field moves over.
function keepFiles(ctx, files) {
  ctx.fields.forEach((field, index) => {
    const earlier = files.get(`${field.block_id} ${field.action_id}`);
    if (field.type !== "file_input" || !earlier) return;
    earlier.node.id = field.node.id;
    field.node.replaceWith(earlier.node);
    ctx.fields[index] = earlier;
  });
}

async function submit() {
  const { view, ctx, dialog } = shown;
  const foot = dialog.querySelector('[type="submit"]');
  if (!foot || foot.getAttribute("aria-disabled") === "true") return;
  foot.setAttribute("aria-disabled", "true");
  const values = collect(ctx);
  for (const field of ctx.fields.filter((one) => one.type === "file_input")) (values[field.block_id] ??= {})[field.action_id] = await field.read();
  const answer = await act("submit", { view_id: view.id, values });
  foot.removeAttribute("aria-disabled");
  if (answer) show(answer.modal);
}

async function close() {
  const { view } = shown ?? {};
  if (!view || view.closing) return;
  view.closing = true;
  const answer = await act("close", { view_id: view.id });
  view.closing = false;
  if (answer) show(answer.modal);
}

function hide() {
  if (!shown) return;
  const { dialog, back } = shown;
  shown = null;
  dialog.close();
  dialog.remove();
  if (back?.isConnected) back.focus();
  else document.getElementById("box")?.focus();
}
