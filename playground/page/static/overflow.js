// A menu that opens from a button: arrows move, Enter chooses, Escape closes.

import { button, el } from "./dom.js";

export function overflow(label, items, shown = "⋯") {
  const list = el("div", { role: "menu", class: "menu", "aria-label": label, hidden: true }, items.map((item) =>
    button([el("span", {}, item.label), item.detail ? el("span", { class: "hint" }, item.detail) : null], () => { close(); item.pick(opener); }, { role: "menuitem", tabindex: "-1" })));
  const opener = button(shown, () => (list.hidden ? open() : close()), { class: "act", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label });
  const node = el("span", { class: "overflow" }, opener, list);

  function open() {
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside);
    list.firstElementChild?.focus();
  }
  function close() {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside);
    opener.focus();
  }
  function outside(event) {
    if (!node.contains(event.target)) close();
  }
  list.addEventListener("keydown", (event) => {
    const all = [...list.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); all[(to + all.length) % all.length].focus(); }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    if (event.key === "Tab") close();
  });
  return node;
}
