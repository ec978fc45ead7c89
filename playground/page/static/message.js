// One message as an article.

import { act } from "./api.js";
import { assistance } from "./assistance.js";
import { blocks } from "./blocks.js";
import { button, el, link } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { overflow } from "./overflow.js";
import { gestures, reactions } from "./reactions.js";
import { nameOf, state, tell } from "./state.js";
import { longTime, ofTs, timeOf } from "./times.js";

export function initials(name) {
  return name.split(/\s+/).map((part) => [...part][0] ?? "").slice(0, 2).join("").toUpperCase();
}

export function face(id, name) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 8;
  return el("span", { class: `face face-${sum}`, "aria-hidden": "true" }, initials(name));
}

export function messageNode(message, { thread = false } = {}) {
  const ctx = { kind: "message", who: { channel: message.channel, ts: message.ts }, values: message.values, fields: [] };
  const head = `m-${message.ts.replace(".", "-")}${thread ? "-t" : ""}`;
  const kind = ["message", message.ephemeral && "only-you", message.subtype && "told"].filter(Boolean).join(" ");
  return el("article", { class: kind, "aria-labelledby": head, tabindex: "-1", "data-ts": message.ts },
    face(message.author, message.name),
    el("div", { class: "message-main" },
      el("div", { class: "by", id: head },
        el("span", { class: "name" }, message.name), message.is_app && el("span", { class: "badge" }, "App"),
        el("time", { datetime: ofTs(message.ts).toISOString(), title: longTime(ofTs(message.ts)) }, timeOf(message.ts)),
        message.ephemeral && el("span", { class: "private" }, "Only visible to you")),
      message.pinned_by && el("span", { class: "faint" }, `📌 Pinned by ${nameOf(message.pinned_by)}`),
      content(ctx, message),
      message.edited && el("span", { class: "faint" }, "(edited)"),
      message.files.map(file),
      reactions(message),
      assistance(message),
      !thread && message.replies > 0 && button(message.replies === 1 ? "1 reply" : `${message.replies} replies`, () => tell("thread", message.ts), { class: "replies" })),
    extras(message, thread));
}

function content(ctx, message) {
  const inner = [];
  if (message.blocks.length) inner.push(blocks(ctx, message.blocks));
  else if (message.text) inner.push(el("div", { class: "section-text" }, mrkdwn(message.text)));
  for (const one of message.attachments) inner.push(attachment(ctx, one));
  return el("div", { class: "content" }, inner);
}

function attachment(ctx, one) {
  const bar = el("div", { class: "attachment" },
    one.pretext && el("p", {}, mrkdwn(one.pretext)),
    one.title && el("p", { class: "heading" }, one.title_link ? link(one.title_link, plain(one.title)) : plain(one.title)),
    one.text && el("div", {}, mrkdwn(one.text)),
    one.fields && el("dl", {}, one.fields.flatMap((field) => [el("dt", {}, plain(field.title ?? "")), el("dd", {}, mrkdwn(field.value ?? ""))])),
    one.blocks && blocks(ctx, one.blocks),
    !one.text && !one.blocks && one.fallback && el("p", {}, plain(one.fallback)));
  if (/^#?[0-9a-f]{6}$/i.test(one.color ?? "")) bar.style.borderInlineStartColor = `#${one.color.replace("#", "")}`;
  return bar;
}

function file(one) {
  if (["image/png", "image/jpeg", "image/gif", "image/webp"].includes(one.mimetype)) {
    return el("figure", {}, el("img", { class: "picture large", src: one.url, alt: one.alt_txt || one.title }), el("figcaption", {}, one.name));
  }
  return el("p", { class: "file" }, el("a", { href: one.url, download: one.name }, one.name), el("span", { class: "faint" }, ` ${size(one.size)}`));
}

function size(bytes) {
  return bytes < 2048 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`;
}

// What can be done with a message besides what the app put in it.
function extras(message, thread) {
  const items = state.shortcuts.filter((one) => one.kind === "message").map((one) => ({ label: one.name, detail: state.app.name, pick: () => useShortcut(one, message) }));
  if (!thread && !message.ephemeral) items.unshift({ label: "Reply in thread", pick: () => tell("thread", message.ts) });
  items.push(...gestures(message));
  if (!items.length) return null;
  return el("div", { class: "extras" }, overflow("More for this message", items));
}

async function useShortcut(one, message) {
  const answer = await act("shortcut", { id: one.id, channel: message.channel, ts: message.ts });
  if (answer) tell("modal", answer.modal);
}
