// Slack's mrkdwn, and the markdown of markdown blocks, as elements.

import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { nameOf, state } from "./state.js";
import { formatted } from "./times.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

export function decoded(text) {
  return text.replace(/&amp;|&lt;|&gt;/g, (entity) => ENTITIES[entity]);
}

export function plain(text) {
  return String(text ?? "").replace(/:([\w+'-]+):/g, (whole, name) => emoji(name) ?? whole);
}

export function mention(userId, label = "") {
  const name = state.people.has(userId) ? nameOf(userId) : label || userId;
  return el("span", { class: userId === state.user ? "mention mine" : "mention" }, `@${name}`);
}

export function channelMention(channelId, label = "") {
  return el("span", { class: "mention" }, `#${state.names[channelId] ?? (label || "private channel")}`);
}

function token(body) {
  const [target, ...rest] = body.split("|");
  const label = decoded(rest.join("|"));
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return el("span", { class: "mention" }, label || `@${target.slice(1).split("^")[0]}`);
  return link(decoded(target), label || decoded(target).replace(/^mailto:/, ""));
}

function date(target, label) {
  const [, epoch, format = "", url = ""] = target.split("^");
  const shown = /^\d+$/.test(epoch) ? formatted(epoch, decoded(format)) : label;
  const time = el("time", { title: label, datetime: new Date(Number(epoch) * 1000 || 0).toISOString() }, shown);
  return url ? link(decoded(url), time) : time;
}

const INLINE = [
  { tag: "code", pattern: /`([^`\n]+)`/, deep: false },
  { tag: "strong", pattern: /(?<![\w*])\*(?![\s*])([^*\n]*[^\s*])\*(?![\w*])/, deep: true },
  { tag: "em", pattern: /(?<![\w_])_(?![\s_])([^_\n]*[^\s_])_(?![\w_])/, deep: true },
  { tag: "s", pattern: /(?<![\w~])~(?![\s~])([^~\n]*[^\s~])~(?![\w~])/, deep: true },
];
const LINK = /<([^<>]+)>/;

export function inline(text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    const next = earliest(rest);
    if (!next) break;
    if (next.at > 0) nodes.push(plain(decoded(rest.slice(0, next.at))));
    nodes.push(next.node);
    rest = rest.slice(next.at + next.length);
  }
  if (rest) nodes.push(plain(decoded(rest)));
  return nodes;
}

function earliest(text) {
  let best = null;
  const offer = (match, make) => {
    if (match && (!best || match.index < best.at)) best = { at: match.index, length: match[0].length, make };
  };
  const reference = LINK.exec(text);
  offer(reference, () => token(reference[1]));
  for (const { tag, pattern, deep } of INLINE) {
    const match = pattern.exec(text);
    offer(match, () => el(tag, {}, deep ? inline(match[1]) : decoded(match[1].replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (all, target, label) => label || target))));
  }
  return best && { at: best.at, length: best.length, node: best.make() };
}

// Text with lines, quotes and preformatted parts.
export function mrkdwn(text) {
  const parts = String(text ?? "").split(/```\n?([\s\S]*?)\n?```/);
  return parts.flatMap((part, index) => (index % 2 ? [el("pre", {}, decoded(part))] : lines(part)));
}

function lines(text) {
  const nodes = [];
  let quote = null;
  text.split("\n").forEach((line, index, all) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (!quote) nodes.push((quote = el("blockquote", {})));
      else quote.append(el("br"));
      quote.append(...inline(quoted[1]));
      return;
    }
    quote = null;
    nodes.push(...inline(line));
    if (index < all.length - 1) nodes.push(el("br"));
  });
  return nodes;
}

// A text object of Block Kit.
export function text(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : withBreaks(plain(object.text));
}

export function withBreaks(words) {
  return words.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));
}

// A label or title where only words fit, such as a button or an accessible name.
export function words(object) {
  return plain(object?.text ?? "");
}

// Standard markdown, as markdown blocks carry it: headings, lists, quotes, code, emphasis, links.
export function markdown(source) {
  const nodes = [];
  let list = null;
  String(source ?? "").split(/```\w*\n?([\s\S]*?)\n?```/).forEach((part, index) => {
    if (index % 2) return nodes.push(el("pre", {}, part));
    for (const line of part.split("\n")) {
      const heading = /^(#{1,6}) (.*)$/.exec(line);
      const item = /^\s*(?:[-*+]|(\d+)\.) (.*)$/.exec(line);
      if (!item) list = null;
      if (heading) nodes.push(el("p", { class: "heading" }, marked(heading[2])));
      else if (item) {
        if (!list) nodes.push((list = el(item[1] ? "ol" : "ul", {})));
        list.append(el("li", {}, marked(item[2])));
      } else if (line.startsWith("> ")) nodes.push(el("blockquote", {}, marked(line.slice(2))));
      else if (line.trim()) nodes.push(el("p", {}, marked(line)));
    }
  });
  return nodes;
}

function marked(line) {
  const turned = line
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "<$2|$1>")
    .replace(/(?<!\*)\*(?!\*)([^*]+)\*(?!\*)/g, "_$1_")
    .replace(/\*\*([^*]+)\*\*|__([^_]+)__/g, (all, first, second) => `*${first ?? second}*`)
    .replace(/~~([^~]+)~~/g, "~$1~");
  return inline(turned);
}
