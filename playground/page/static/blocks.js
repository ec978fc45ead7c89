// Blocks as elements, on messages, modals and home tabs.

import { chart } from "./charts.js";
import { el, freshId, link } from "./dom.js";
import { element } from "./elements.js";
import { inputBlock } from "./inputs.js";
import { markdown, text, words } from "./mrkdwn.js";
import { image } from "./picture.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";

export function blocks(ctx, list) {
  let heading = "";
  return (list ?? []).map((block) => {
    const node = one(ctx, block, heading);
    if (!["actions", "context_actions", "divider"].includes(block.type)) heading = words(block.text ?? block.title) || heading;
    node.classList?.add("block", `block-${block.type}`);
    return node;
  });
}

const DRAW = {
  header: (ctx, block) => el("h3", { class: "heading" }, words(block.text)),
  divider: () => el("hr"),
  section,
  context: (ctx, block) => el("div", {}, (block.elements ?? []).map((inner) => (inner.type === "image" ? image(inner, "small") : el("span", {}, text(inner))))),
  actions: (ctx, block, heading) => el("div", { role: "group", "aria-label": heading.slice(0, 80) || "Actions" }, (block.elements ?? []).map((inner) => element(ctx, block, inner, heading))),
  context_actions: (ctx, block, heading) => DRAW.actions(ctx, block, heading),
  input: inputBlock,
  image: (ctx, block) => el("figure", {}, block.title && el("figcaption", {}, words(block.title)), image(block, "large")),
  rich_text: (ctx, block) => richText(block),
  markdown: (ctx, block) => el("div", { class: "rich" }, markdown(block.text)),
  table: (ctx, block) => table(block),
  data_table: (ctx, block) => dataTable(block),
  data_visualization: (ctx, block) => chart(block),
  alert: (ctx, block) => el("div", { class: `alert alert-${block.level ?? "default"}`, role: "note" }, text(block.text)),
  video: (ctx, block) => el("figure", {}, image({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "large"), el("figcaption", {}, link(block.title_url ?? block.video_url, words(block.title)), block.description && el("p", {}, words(block.description)))),
  card,
  carousel: (ctx, block) => el("div", { class: "carousel", role: "group", "aria-label": "Cards", tabindex: "0" }, (block.elements ?? []).map((inner) => card(ctx, inner))),
  container,
  plan: (ctx, block) => el("div", {}, el("p", { class: "heading" }, block.title), el("ul", { class: "tasks" }, (block.tasks ?? []).map((inner) => el("li", {}, task(ctx, inner))))),
  task_card: task,
};

function one(ctx, block, heading) {
  const draw = DRAW[block.type];
  return draw ? draw(ctx, block, heading) : el("p", { class: "odd" }, `This page does not know the block “${block.type}”.`);
}

function section(ctx, block) {
  const label = words(block.text) || (block.fields ?? []).map(words).join(" ");
  const body = el("div", { class: "section-text" }, text(block.text), block.fields && el("div", { class: "fields" }, block.fields.map((field) => el("div", {}, text(field)))));
  if (!block.accessory) return el("div", {}, body);
  const beside = block.accessory.type === "image" ? image(block.accessory, "medium") : element(ctx, block, block.accessory, label);
  return el("div", { class: "with-accessory" }, body, el("div", { class: "accessory" }, beside));
}

function card(ctx, block) {
  return el("article", { class: "card" },
    block.hero_image && image(block.hero_image, "large"),
    block.icon && image(block.icon, "small"),
    block.title && el("p", { class: "heading" }, text(block.title)),
    block.subtitle && el("p", { class: "faint" }, text(block.subtitle)),
    block.body && el("p", {}, text(block.body)),
    block.subtext && el("p", { class: "faint" }, text(block.subtext)),
    block.actions && el("div", { class: "block-actions" }, block.actions.map((inner) => element(ctx, block, inner, words(block.title)))));
}

function container(ctx, block) {
  const title = el("span", {}, block.title ? words(block.title) : block.rich_text_title ? richText(block.rich_text_title) : "");
  const inner = [block.subtitle && el("p", { class: "faint" }, text(block.subtitle)), blocks(ctx, block.child_blocks)];
  if (!block.is_collapsible) return el("section", { "aria-label": words(block.title) || "Container" }, el("p", { class: "heading" }, title), inner);
  return el("details", { open: !block.default_collapsed }, el("summary", {}, title), inner);
}

function task(ctx, block) {
  const state = { pending: "to do", in_progress: "under way", complete: "done", error: "failed" }[block.status] ?? "";
  return el("div", { id: freshId("task") }, el("p", {}, `${block.title} `, el("span", { class: "faint" }, state)), block.details && richText(block.details), block.output && richText(block.output),
    block.sources && el("ul", {}, block.sources.map((one) => el("li", {}, link(one.url, one.text)))));
}
