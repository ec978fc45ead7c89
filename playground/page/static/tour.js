// The guided tour: each step types and presses for you. Leave it whenever you like; everything stays where it is.

import { go } from "./clock.js";
import { sendNow, typeFor } from "./composer.js";
import { button, byId, el, fill } from "./dom.js";
import { openPanel, panelFor } from "./panel.js";
import { state, tell } from "./state.js";

let next = 0;
let busy = false;
let body = null;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function setUpTour() {
  if (!state.tour) return;
  byId("show-tour").hidden = false;
  panelFor("tour", "Tour", (holder) => { body = holder; draw(""); });
}

export function offerTour() {
  if (state.tour && window.innerWidth > 900) openPanel("tour", byId("show-tour"));
}

function draw(trouble) {
  const { title, note, end, steps } = state.tour;
  const step = steps[next];
  fill(body,
    el("p", { class: "heading" }, title), el("p", { class: "faint" }, note),
    step ? el("div", { class: "step" },
      el("p", { class: "faint" }, `Step ${next + 1} of ${steps.length}`),
      el("p", { class: "say" }, step.say),
      el("p", { class: "faint" }, doing(step)),
      el("p", { class: "buttons start" }, button(busy ? "Working …" : "Next step", run, { class: "act primary", id: "next-step", "aria-disabled": busy ? "true" : undefined }),
        next > 0 && !busy && button("From the start", () => { next = 0; draw(""); }, { class: "act" })))
      : el("div", { class: "step" }, el("p", {}, end || "That is the end."), button("From the start", () => { next = 0; draw(""); }, { class: "act" })),
    trouble && el("p", { class: "alert alert-error", role: "alert" }, trouble),
    el("ol", { class: "told", "aria-label": "Steps so far" }, steps.slice(0, next).map((one) => el("li", {}, one.say))));
}

function doing(step) {
  const who = [...state.people.values()].find((one) => one.name === step.who)?.real_name ?? step.who;
  if (step.act === "clock") return "The clock goes forward.";
  if (step.act === "type") return `${who} types: ${step.with}`;
  if (step.act === "press") return `${who} presses “${step.with}”.`;
  return `${who} fills in and submits the window.`;
}

async function run() {
  if (busy) return;
  busy = true;
  draw("");
  const trouble = await play(state.tour.steps[next]).catch((error) => String(error.message ?? error));
  busy = false;
  if (!trouble) next += 1;
  draw(trouble ?? "");
  byId("next-step")?.focus();
}

async function play(step) {
  if (step.act !== "clock") await stand(step);
  if (step.act === "clock") await go(step.with, true);
  if (step.act === "type") { await typeFor(step.with, 3); await pause(200); sendNow(); }
  if (step.act === "press") await pressFor(step.with);
  if (step.act === "submit") return submitFor(step.with);
  return step.wait ? waitFor(step.wait) : pause(300);
}

// Become the person of the step, in the channel of the step.
async function stand(step) {
  const person = [...state.people.values()].find((one) => one.name === step.who || one.id === step.who);
  if (person && person.id !== state.user) await settled("become", person.id);
  const channel = state.channels.find((one) => one.name === step.channel || one.id === step.channel);
  if (channel && (state.place.kind !== "channel" || state.place.id !== channel.id)) await settled("go", { kind: "channel", id: channel.id });
}

async function settled(kind, details) {
  const done = new Promise((resolve) => tell(kind, typeof details === "object" ? { ...details, done: resolve } : { id: details, done: resolve }));
  await Promise.race([done, pause(3000)]);
}

async function pressFor(label) {
  const button = await until(() => [...document.querySelectorAll(".feed .message button")].reverse().find((one) => one.textContent.trim() === label));
  if (!button) throw new Error(`There is no button “${label}” to press. Has something been done differently? You can start over with a new demo.`);
  button.scrollIntoView({ block: "center" });
  button.classList.add("pointed");
  await pause(600);
  button.classList.remove("pointed");
  button.click();
}

async function submitFor(fields) {
  const answer = await fetch("/control/submit", { method: "POST", body: JSON.stringify({ user: state.user, fields }) });
  if (!answer.ok) throw new Error((await answer.json()).error);
}

async function waitFor(words) {
  const folded = words.toLowerCase();
  const spoken = await until(() => [...document.querySelectorAll(".feed .message")].slice(-8).some((one) => one.textContent.toLowerCase().includes(folded)), 15_000);
  if (!spoken) throw new Error(`The app has not said “${words}” yet. Press “Next step” to try again, or play on.`);
}

async function until(check, ms = 5000) {
  for (let spent = 0; spent < ms; spent += 100) {
    const outcome = check();
    if (outcome) return outcome;
    await pause(100);
  }
  return null;
}
