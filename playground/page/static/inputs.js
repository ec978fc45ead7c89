// Input blocks: a label, the field, a hint, and what is wrong with it.

import { el, freshId } from "./dom.js";
import { choose } from "./elements.js";
import { makeField } from "./fields.js";
import { words } from "./mrkdwn.js";

const GROUPS = ["radio_buttons", "checkboxes"];

export function inputBlock(ctx, block) {
  const id = freshId("field");
  const one = block.element;
  const error = ctx.errors?.[block.block_id];
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const group = GROUPS.includes(one.type) || one.type.startsWith("multi_");
  const names = { id, label: words(block.label), grouped: group, described, invalid: Boolean(error), required: !block.optional };
  const commit = block.dispatch_action ? () => choose(ctx, block, one, field) : null;
  const field = makeField(ctx, block, one, { ...names, commit });
  ctx.fields.push(field);
  const optional = block.optional && el("span", { class: "faint optional" }, " optional");
  const inner = [
    field.node,
    block.hint && el("p", { class: "hint", id: `${id}-hint` }, words(block.hint)),
    error && el("p", { class: "error", id: `${id}-error` }, error),
  ];
  if (group) {
    return el("fieldset", { "aria-describedby": described, class: error ? "wrong" : "" }, el("legend", {}, names.label), optional, inner);
  }
  return el("div", { class: error ? "wrong" : "" }, el("label", { for: id }, names.label), optional, inner);
}
