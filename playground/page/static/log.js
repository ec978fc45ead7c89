// The messages of a conversation: only a window of them is drawn, however many there are.

import { look } from "./api.js";
import { announce, button, byId, el, fill } from "./dom.js";
import { messageNode } from "./message.js";
import { channelNow, markRead, state, tell, titleOf } from "./state.js";
import { dayOf, ofTs } from "./times.js";

const MOST = 120; // drawn at once
const MORE = 60; // fetched when the edge comes near
const NEAR = 600; // pixels from the edge

let list = []; // the window's messages, oldest first
let first = 0; // the place of list[0] among all
let total = 0;
let feed = null;
let key = "";
let loading = false;
let unseen = 0;
let waiting = [];
let frame = 0;
const nodes = new Map();

const atTail = () => first + list.length >= total;
const atBottom = () => feed.scrollHeight - feed.scrollTop - feed.clientHeight < 80;

export async function openLog(channel) {
  const mine = (key = `${state.user} ${channel}`);
  waiting = [];
  const answer = await look("messages", { user: state.user, channel, limit: MOST });
  if (!answer || mine !== key) return;
  feed = el("div", { class: "feed", role: "feed", "aria-label": `Messages in ${titleOf(channelNow())}`, "aria-busy": "false", tabindex: "0" });
  feed.addEventListener("scroll", scrolled, { passive: true });
  watch(feed);
  feed.addEventListener("keydown", walk);
  const jump = button("Newest messages", toTail, { class: "jump", id: "jump", hidden: true });
  fill(byId("place"), feed, jump);
  nodes.clear();
  unseen = 0;
  take(answer);
  draw();
  feed.scrollTop = feed.scrollHeight;
  markRead(channelNow());
}

// Where the room for messages changes, whoever was at the end stays at the end.
function watch(node) {
  let end = true;
  node.addEventListener("scroll", () => { end = atBottom(); }, { passive: true });
  new ResizeObserver(() => { if (end && node === feed) node.scrollTop = node.scrollHeight; }).observe(node);
}

export function closeLog() {
  key = "";
  feed = null;
}

function take(answer) {
  ({ first, total } = answer);
  list = answer.messages;
}

// A message was added, changed or taken away. Many may come at once: they are drawn once a frame, in order.
export function heard(change) {
  if (!feed || `${state.user} ${change.channel}` !== key) return;
  waiting.push(change);
  frame ||= requestAnimationFrame(drain);
}

function drain() {
  frame = 0;
  if (!feed) return;
  const stay = atTail() && atBottom();
  const news = [];
  for (const change of waiting.splice(0)) apply(change, news);
  if (stay && list.length > MOST) {
    first += list.length - MOST;
    list = list.slice(-MOST);
  } else if (!stay && list.length > MOST * 2) {
    list = list.slice(0, MOST * 2);
  }
  draw();
  if (stay) feed.scrollTop = feed.scrollHeight;
  else unseen += news.length;
  showJump();
  if (news.length) announce(spoken(news));
  markRead(channelNow());
}

function apply({ ts, message }, news) {
  const at = list.findIndex((one) => one.ts === ts);
  if (message?.thread_ts) return tell("reply", message);
  if (!message) {
    if (at >= 0) { list.splice(at, 1); total -= 1; nodes.delete(ts); }
    return undefined;
  }
  if (at >= 0) {
    list[at] = message;
    nodes.delete(ts);
  } else if (!list.length || Number(ts) > Number(list.at(-1).ts)) {
    const whole = atTail();
    if (message.revision > 0 && !whole) return undefined;
    total += 1;
    if (whole) list.push(message);
    news.push(message);
  }
  return undefined;
}

function spoken(news) {
  if (news.length > 3) return `${news.length} new messages`;
  return news.filter((one) => one.author !== state.user).map((one) => `${one.name}${one.ephemeral ? ", only visible to you" : ""}: ${one.text.slice(0, 300)}`).join(". ");
}

function draw() {
  const wanted = [];
  let day = "";
  list.forEach((message, index) => {
    const here = dayOf(ofTs(message.ts));
    if (here !== day) wanted.push(divider(here));
    day = here;
    const node = nodes.get(message.ts) ?? messageNode(message);
    nodes.set(message.ts, node);
    node.setAttribute("aria-posinset", first + index + 1);
    node.setAttribute("aria-setsize", total);
    wanted.push(node);
  });
  const keep = new Set(list.map((one) => one.ts));
  for (const ts of nodes.keys()) if (!keep.has(ts)) nodes.delete(ts);
  reconcile(wanted);
  if (!list.length) feed.append(el("article", { class: "empty", "aria-label": "Nothing yet", tabindex: "-1" }, el("p", {}, "Nothing has been said here yet.")));
}

const dividers = new Map();

function divider(day) {
  if (!dividers.has(day)) dividers.set(day, el("div", { class: "day", role: "presentation" }, el("span", {}, day)));
  return dividers.get(day);
}

// Put the wanted nodes in place without moving those that stand right already.
function reconcile(wanted) {
  const keep = new Set(wanted);
  const held = document.activeElement?.closest?.("article")?.dataset.ts;
  const label = document.activeElement?.textContent;
  for (const node of [...feed.children]) if (!keep.has(node)) node.remove();
  wanted.forEach((node, index) => {
    if (feed.children[index] !== node) feed.insertBefore(node, feed.children[index] ?? null);
  });
  if (held && !feed.contains(document.activeElement)) refocus(held, label);
}

// A message that was drawn anew keeps the focus on the same button, or on itself.
function refocus(ts, label) {
  const node = nodes.get(ts);
  if (!node) return;
  const same = [...node.querySelectorAll("button, input, select")].find((one) => one.textContent === label);
  (same ?? node).focus({ preventScroll: true });
}

async function scrolled() {
  showJump();
  if (loading || !feed) return;
  if (feed.scrollTop < NEAR && first > 0) await older();
  else if (feed.scrollHeight - feed.scrollTop - feed.clientHeight < NEAR && !atTail()) await newer();
}

async function fetched(start, limit) {
  loading = true;
  const mine = key;
  const answer = await look("messages", { user: state.user, channel: state.place.id, start, limit });
  loading = false;
  return answer && mine === key ? answer : null;
}

async function older() {
  const start = Math.max(0, first - MORE);
  const answer = await fetched(start, first - start);
  if (!answer) return;
  const anchor = feed.querySelector("article");
  const before = anchor.getBoundingClientRect().top;
  total = answer.total;
  first = answer.first;
  list = [...answer.messages, ...list].slice(0, MOST * 2);
  draw();
  feed.scrollTop += anchor.getBoundingClientRect().top - before;
}

async function newer() {
  const answer = await fetched(first + list.length, MORE);
  if (!answer) return;
  const anchor = [...feed.querySelectorAll("article")].at(-1);
  const before = anchor.getBoundingClientRect().top;
  total = answer.total;
  list = [...list, ...answer.messages];
  const extra = Math.max(0, list.length - MOST * 2);
  list = list.slice(extra);
  first += extra;
  draw();
  feed.scrollTop += anchor.getBoundingClientRect().top - before;
}

async function toTail() {
  if (!atTail()) {
    const answer = await fetched(undefined, MOST);
    if (answer) { take(answer); draw(); }
  }
  feed.scrollTop = feed.scrollHeight;
  unseen = 0;
  showJump();
  feed.focus();
}

async function toHead() {
  if (first > 0) {
    const answer = await fetched(0, MOST);
    if (answer) { take(answer); draw(); }
  }
  feed.scrollTop = 0;
}

function showJump() {
  const jump = byId("jump");
  if (!jump) return;
  if (atTail() && atBottom()) unseen = 0;
  jump.hidden = atTail() && atBottom();
  jump.textContent = unseen ? `${unseen} new – newest messages` : "Newest messages";
}

// Arrow keys walk from message to message; Home and End go to the first and the last of all.
async function walk(event) {
  const here = document.activeElement;
  if (here !== feed && here?.tagName !== "ARTICLE") return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Home") { event.preventDefault(); await toHead(); feed.querySelector("article")?.focus(); }
  if (event.key === "End") { event.preventDefault(); await toTail(); [...feed.querySelectorAll("article")].at(-1)?.focus(); }
  if (!step) return;
  event.preventDefault();
  const all = [...feed.querySelectorAll("article")];
  const at = all.indexOf(here);
  const next = all[at < 0 ? all.length - 1 : at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}
