// Rich text blocks as elements.

import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, mention, withBreaks } from "./mrkdwn.js";
import { formatted } from "./times.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

export function richText(block) {
  return el("div", { class: "rich" }, (block.elements ?? []).map(part));
}

function part(one) {
  if (one.type === "rich_text_list") return list(one);
  if (one.type === "rich_text_quote") return el("blockquote", {}, one.elements.map(piece));
  if (one.type === "rich_text_preformatted") return el("pre", {}, one.elements.map(piece));
  return el("p", {}, (one.elements ?? []).map(piece));
}

function list(one) {
  const tag = one.style === "ordered" ? "ol" : "ul";
  const start = one.offset ? { start: one.offset + 1 } : {};
  const items = one.elements.map((section) => el("li", {}, (section.elements ?? []).map(piece)));
  return el(tag, { class: `indent-${one.indent ?? 0}`, ...start }, items);
}

function piece(one) {
  return Object.entries(STYLES).reduce((node, [name, tag]) => (one.style?.[name] ? el(tag, {}, node) : node), bare(one));
}

function bare(one) {
  switch (one.type) {
    case "text": return el("span", {}, withBreaks(one.text));
    case "link": return link(one.url, one.text ?? one.url);
    case "emoji": return el("span", {}, emoji(one.name) ?? `:${one.name}:`);
    case "user": return mention(one.user_id);
    case "channel": return channelMention(one.channel_id);
    case "usergroup": return el("span", { class: "mention" }, `@${one.usergroup_id}`);
    case "broadcast": return el("span", { class: "mention" }, `@${one.range}`);
    case "date": return el("time", {}, formatted(one.timestamp, one.format) || one.fallback);
    case "color": return el("code", {}, one.value);
    default: return el("span", {}, one.text ?? "");
  }
}

// The words of rich text, for a box to edit them in.
export function richWords(block) {
  if (!block) return "";
  const inner = (one) => one.text ?? one.url ?? (one.elements ?? []).map(inner).join(one.type === "rich_text_list" ? "\n" : "");
  return (block.elements ?? []).map(inner).join("\n");
}
