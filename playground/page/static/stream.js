// Live updates. Each has a number; after a broken connection the browser goes on after the last one that it had.

import { state, tell } from "./state.js";

let source = null;

export function follow(after) {
  source?.close();
  const user = state.user;
  source = new EventSource(`/page/stream?user=${encodeURIComponent(user)}&after=${after}`);
  for (const kind of ["message", "view", "call", "clock", "channel", "travel", "reset"]) {
    source.addEventListener(kind, (event) => {
      if (user === state.user && event.data) tell(`live ${kind}`, JSON.parse(event.data));
    });
  }
  source.addEventListener("open", () => document.body.classList.remove("lost"));
  source.addEventListener("error", () => document.body.classList.add("lost"));
}
