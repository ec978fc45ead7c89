// What can be pressed or chosen in a block, and what pressing does.

import { act } from "./api.js";
import { confirmed } from "./confirm.js";
import { button, el, safeUrl } from "./dom.js";
import { makeField } from "./fields.js";
import { plain, words } from "./mrkdwn.js";
import { overflow } from "./overflow.js";
import { image } from "./picture.js";
import { state, tell } from "./state.js";

const PRESSED = { button: pressable, icon_button: pressable, workflow_button: pressable, overflow: menu, feedback_buttons: feedback };

// One element of an actions block, or beside a section. `heading` is the nearest words above it.
export function element(ctx, block, one, heading = "") {
  if (one.type === "image") return image(one, "medium");
  if (PRESSED[one.type]) return PRESSED[one.type](ctx, block, one, heading);
  const label = words(one.placeholder) || plain(heading).slice(0, 100) || "Choose";
  const field = makeField(ctx, block, one, { label, commit: () => choose(ctx, block, one, field) });
  ctx.fields.push(field);
  return el("div", { class: "loose" }, field.node);
}

function pressable(ctx, block, one) {
  if (one.visible_to_user_ids && !one.visible_to_user_ids.includes(state.user)) return el("span");
  const label = words(one.text) || one.accessibility_label || "Press";
  const spoken = one.accessibility_label ? plain(one.accessibility_label) : undefined;
  const made = button(one.icon === "trash" ? `🗑️ ${label}` : label, () => press(ctx, block, one, undefined, made), {
    class: `act ${one.style ?? ""}`, "aria-label": spoken, "data-action": one.action_id,
  });
  return made;
}

function feedback(ctx, block, one) {
  return el("span", { class: "pair" }, [one.positive_button, one.negative_button].map((side) => {
    const made = button(words(side.text), () => press(ctx, block, one, side.value, made), { class: "act", "aria-label": side.accessibility_label });
    return made;
  }));
}

function menu(ctx, block, one, heading) {
  const label = heading ? `More actions: ${plain(heading).slice(0, 60)}` : "More actions";
  return overflow(label, one.options.map((option) => ({
    label: words(option.text),
    detail: words(option.description),
    pick: (opener) => press(ctx, block, { ...one, url: option.url }, option.value, opener),
  })));
}

export async function press(ctx, block, one, value, pressed) {
  if (pressed?.getAttribute("aria-disabled") === "true") return;
  if (one.confirm && !(await confirmed(one.confirm))) return;
  if (one.url && safeUrl(one.url)) window.open(safeUrl(one.url), "_blank", "noopener,noreferrer");
  await busy(pressed, act("press", { ...ctx.who, block_id: block.block_id, action_id: one.action_id, value, values: collect(ctx) }));
}

export async function choose(ctx, block, one, field) {
  if (one.confirm && !(await confirmed(one.confirm))) return;
  const held = await field.read();
  await busy(field.node, act("choose", { ...ctx.who, block_id: block.block_id, action_id: one.action_id, held, values: collect(ctx) }));
}

async function busy(node, asked) {
  node?.setAttribute("aria-disabled", "true");
  const answer = await asked;
  node?.removeAttribute("aria-disabled");
  if (answer && "modal" in answer) tell("modal", answer.modal);
}

// What stands in a view's inputs, by block id and action id. Files are read only when a modal is submitted.
export function collect(ctx) {
  if (ctx.kind === "message") return undefined;
  const values = {};
  for (const field of ctx.fields) {
    if (field.type === "file_input") continue;
    (values[field.block_id] ??= {})[field.action_id] = field.read();
  }
  return values;
}
