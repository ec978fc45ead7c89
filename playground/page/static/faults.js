// Faults on purpose, each a switch.

import { control } from "./api.js";
import { announce, button, el, fill } from "./dom.js";
import { panelFor } from "./panel.js";
import { channelNow, state } from "./state.js";

const SWITCHES = [
  { name: "Rate limit", hint: "The next five requests of the app are answered with 429.", on: (now) => now.rate_limit.some((one) => one.times > 0), set: (yes) => ({ rate_limit: yes ? { method: "*", times: 5, retry_after: 1 } : [] }) },
  { name: "Slack’s own rate tiers", hint: "Limits per method and minute, as Slack has them.", on: (now) => now.tiers, set: (yes) => ({ tiers: yes }) },
  { name: "Slow network", hint: "Every answer and delivery takes two seconds longer.", on: (now) => now.delay_ms > 0, set: (yes) => ({ delay_ms: yes ? 2000 : 0 }) },
  { name: "Server errors", hint: "The next five requests of the app are answered with 503.", on: (now) => now.server_error.some((one) => one.times > 0), set: (yes) => ({ server_error: yes ? { method: "*", times: 5 } : [] }) },
  { name: "Lost acknowledgements", hint: "The app’s next three answers get lost; events are sent again.", on: (now) => now.lose_ack > 0, set: (yes) => ({ lose_ack: yes ? 3 : 0 }) },
  { name: "Expired triggers", hint: "Whatever the app opens comes too late.", on: (now) => now.expire_triggers, set: (yes) => ({ expire_triggers: yes }) },
  { name: "Token revoked", hint: "The app’s token is no longer good.", on: (now) => now.revoke_token, set: (yes) => ({ revoke_token: yes }) },
];

export function setUpFaults() {
  panelFor("faults", "Faults on purpose", draw);
}

async function draw(body) {
  const now = await control("faults");
  if (!now) return;
  const channel = state.place.kind === "channel" ? channelNow() : null;
  const archive = channel && channel.name && toggle({ name: `Archive #${channel.name}`, hint: "Nobody can write there any more, the app neither.", on: () => channel.archived }, now,
    (yes) => control("archive", { channel: channel.id, archived: yes }));
  fill(body,
    el("p", { class: "faint" }, "What real networks and workspaces do to an app now and then."),
    el("ul", { class: "switches" }, SWITCHES.map((one) => toggle(one, now, (yes) => control("faults", one.set(yes)))), archive),
    el("p", { class: "buttons start" },
      button("All off", async () => { await control("faults", { clear: true }); await draw(body); announce("All faults are off"); }, { class: "act" }),
      button("Renew sockets", async () => { await control("faults", { refresh_sockets: true }); announce("Socket Mode connections were renewed"); }, { class: "act" })));
}

function toggle(one, now, set) {
  const id = `fault-${one.name.toLowerCase().replace(/\W+/g, "-")}`;
  const box = el("input", { type: "checkbox", role: "switch", id, checked: one.on(now), "aria-describedby": `${id}-hint`, onchange: async () => { await set(box.checked); announce(`${one.name}: ${box.checked ? "on" : "off"}`); } });
  return el("li", {}, box, el("div", {}, el("label", { for: id }, one.name), el("p", { class: "hint", id: `${id}-hint` }, one.hint)));
}
