// What the page asks of the playground. A refusal is shown in words and comes back as null.

import { complain } from "./dom.js";
import { state } from "./state.js";

export async function look(name, said = {}) {
  const query = new URLSearchParams(Object.entries(said).filter(([, value]) => value !== undefined && value !== null));
  return answered(fetch(`/page/${name}?${query}`));
}

export async function act(name, said = {}) {
  const body = JSON.stringify({ user: state.user, ...said });
  return answered(fetch(`/page/act/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body }));
}

export async function control(name, said) {
  if (said === undefined) return answered(fetch(`/control/${name}`));
  const body = JSON.stringify(said);
  return answered(fetch(`/control/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body }));
}

async function answered(asked) {
  try {
    const answer = await asked;
    const body = await answer.json();
    if (answer.ok) return body;
    complain(body.error ?? "The playground refused that.");
  } catch {
    complain("The playground does not answer. Is it still running?");
  }
  return null;
}
