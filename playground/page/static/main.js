// The page put together.

import { act, look } from "./api.js";
import { blocks } from "./blocks.js";
import { setUpClock } from "./clock.js";
import { openComposer } from "./composer.js";
import { announce, button, byId, el, fill } from "./dom.js";
import { setUpFaults } from "./faults.js";
import { setUpInspector } from "./inspector.js";
import { closeLog, heard, openLog } from "./log.js";
import { setUpModals } from "./modal.js";
import { closePanel, panelNow } from "./panel.js";
import { keptAtTop, setUpPins } from "./pins.js";
import { setUpSidebar } from "./sidebar.js";
import { channelNow, isRead, markRead, me, on, state, tell, titleOf } from "./state.js";
import { follow } from "./stream.js";
import { setUpThreads } from "./thread.js";
import { offerTour, setUpTour } from "./tour.js";

async function start() {
  const known = await look("start");
  if (!known) return;
  Object.assign(state, { app: known.app, workspace: known.workspace, names: known.channels, commands: known.commands, shortcuts: known.shortcuts, tour: known.tour, clock: known.clock });
  state.people = new Map(known.people.map((one) => [one.id, one]));
  byId("workspace").textContent = known.workspace;
  document.title = `${known.app.name} – playground, not Slack`;
  for (const setUp of [setUpSidebar, setUpClock, setUpModals, setUpThreads, setUpPins, setUpInspector, setUpFaults, setUpTour]) setUp();
  listen();
  const asked = new URLSearchParams(location.search);
  const first = known.people.find((one) => one.name === asked.get("as")) ?? known.people.find((one) => !one.is_bot);
  await become(first.id, asked.get("in"));
  if (!asked.has("as")) offerTour();
  document.body.dataset.ready = "yes";
}

function listen() {
  on("become", (whom) => become(whom.id ?? whom).then(whom.done));
  on("go", (where) => go(where).then(where.done));
  on("app", openApp);
  on("direct", async (other) => {
    const answer = other && (await act("direct", { with: other }));
    if (!answer) return;
    await channels();
    await go({ kind: "channel", id: answer.channel });
  });
  on("live message", (change) => { noted(change); heard(change); });
  on("live view", () => { tell("view"); if (state.place.kind === "home") drawHome(); });
  on("live clock", (clock) => { state.clock = clock; tell("clock"); });
  on("live travel", (travel) => tell("travel", travel));
  on("live channel", membership);
  on("live reset", () => become(state.user));
}

// A channel was made, archived, joined or left; whoever has left the one they look at goes elsewhere.
async function membership() {
  await channels();
  if (state.place.kind === "channel" && !channelNow()) return become(state.user);
  drawHead();
  if (byId("foot").dataset.for !== composerFor()) drawFoot();
}

async function become(userId, channelName = "") {
  const before = channelNow();
  state.user = userId;
  if (panelNow() === "thread") closePanel();
  const seq = await channels();
  if (state.user !== userId) return;
  follow(seq);
  tell("person");
  const rooms = state.channels.filter((one) => one.name);
  const wanted = rooms.find((one) => one.name === channelName) ?? rooms.find((one) => one.id === before?.id) ?? rooms.find((one) => one.members.includes(state.app.user)) ?? rooms[0];
  if (wanted) await go({ kind: "channel", id: wanted.id });
  else goNowhere();
  announce(`You are ${me().real_name}${wanted ? `, in ${wanted.name}` : ""}`);
}

// A person in no channel at all.
function goNowhere() {
  state.place = { kind: "channel", id: "" };
  closeLog();
  fill(byId("head"), el("h1", {}, "No channels"));
  fill(byId("place"), el("p", { class: "empty" }, `${me().real_name} is in no channel.`));
  fill(byId("foot"));
  tell("place");
}

async function channels() {
  const answer = await look("channels", { user: state.user });
  if (!answer) return 0;
  state.channels = answer.channels;
  state.names = answer.names;
  state.people = new Map(answer.people.map((one) => [one.id, one]));
  tell("channels");
  return answer.seq;
}

async function go({ kind, id }) {
  if (panelNow() === "thread" && id !== state.place.id) closePanel();
  state.place = { kind, id };
  drawHead();
  if (kind === "home") {
    closeLog();
    await drawHome();
  } else {
    drawFoot();
    await openLog(id);
    markRead(channelNow());
  }
  tell("place");
}

// The app's own place: its home tab where it has one, and the messages with it.
async function openApp() {
  if (state.app.home) return go({ kind: "home", id: "" });
  const answer = await act("direct", { with: state.app.user });
  if (!answer) return undefined;
  await channels();
  return go({ kind: "channel", id: answer.channel });
}

function drawHead() {
  const channel = channelNow();
  const withApp = state.place.kind === "home" || channel?.members.includes(state.app.user) && channel.kind === "im";
  const title = withApp ? state.app.name : `${channel?.name && channel.kind !== "im" ? "#" : ""}${titleOf(channel)}`;
  const notes = channel && channel.name ? [channel.topic, `${channel.members.length} members`, channel.archived ? "archived" : ""].filter(Boolean).join(" · ") : "";
  fill(byId("head"), el("h1", {}, title), notes && el("p", { class: "faint" }, notes), channel && keptAtTop(channel),
    withApp && state.app.assists && button("New chat", newChat, { class: "act" }),
    withApp && state.app.home && el("div", { class: "tabs", role: "group", "aria-label": `${state.app.name}’s tabs` },
      button("Home", () => go({ kind: "home", id: "" }), { class: "act", "aria-pressed": String(state.place.kind === "home") }),
      button("Messages", openMessages, { class: "act", "aria-pressed": String(state.place.kind !== "home") })));
}

async function newChat() {
  const answer = await act("assistant");
  if (!answer) return;
  await channels();
  await go({ kind: "channel", id: answer.channel });
  tell("thread", answer.thread_ts);
}

async function openMessages() {
  const answer = await act("direct", { with: state.app.user });
  if (!answer) return;
  await channels();
  await go({ kind: "channel", id: answer.channel });
}

async function drawHome() {
  const opened = byId("place").dataset.home !== state.user;
  byId("place").dataset.home = state.user;
  const answer = opened ? await act("home") : await look("views", { user: state.user });
  if (!answer || state.place.kind !== "home") return;
  fill(byId("foot"));
  const view = answer.home;
  const ctx = view && { kind: "home", who: { view_id: view.id }, values: view.values, fields: [] };
  fill(byId("place"), el("div", { class: "home", tabindex: "0", role: "region", "aria-label": "Home" }, view ? blocks(ctx, view.blocks) : el("p", { class: "faint" }, "The app has put nothing here yet.")));
}

// What the message box depends on: drawn again for the same, it would close a menu under the mouse.
function composerFor() {
  return `${state.user} ${state.place.id} ${channelNow()?.archived ?? false}`;
}

function drawFoot() {
  if (state.place.kind === "channel" && channelNow()) {
    const kept = byId("box")?.value ?? "";
    const focused = document.activeElement?.id === "box";
    delete byId("place").dataset.home;
    openComposer(byId("foot"));
    const box = byId("box");
    if (box && byId("foot").dataset.for === composerFor()) box.value = kept;
    if (box && focused) box.focus();
    byId("foot").dataset.for = composerFor();
  }
}

function noted(change) {
  const channel = state.channels.find((one) => one.id === change.channel);
  if (!channel || !change.message) return;
  const was = isRead(channel);
  if (Number(change.ts) > Number(channel.newest || 0)) channel.newest = change.ts;
  if (state.place.id === channel.id) markRead(channel);
  if (was !== isRead(channel)) tell("unread");
}

start();
