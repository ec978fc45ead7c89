// What the page asks of the playground. A refusal is shown in words and comes back as null.

import { complain } from "./dom.js";
import { state } from "./state.js";

export async function look(name, asked = {}) {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== undefined && value !== null));
  return answered(fetch(`/page/${name}?${query}`));
}

export async function act(name, asked = {}) {
  const body = JSON.stringify({ user: state.user, ...asked });
  return answered(fetch(`/page/act/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body }));
}

export async function control(name, asked) {
  if (asked === undefined) return answered(fetch(`/control/${name}`));
  const body = JSON.stringify(asked);
  return answered(fetch(`/control/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body }));
}

async function answered(answering) {
  try {
    const answer = await answering;
    const body = await answer.json();
    if (answer.ok) return body;
    complain(body.error ?? "The playground refused that.");
  } catch {
    complain("The playground does not answer. Is it still running?");
  }
  return null;
}
