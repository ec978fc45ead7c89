// A field that asks for its options while one types.

import { button, el, fill, freshId } from "./dom.js";

export function combobox(props, { several, start, known, ask, commit }) {
  const { label, least, placeholder, ...shared } = props;
  const listId = freshId("list");
  const chosen = new Map(known.filter((pair) => (several ? (start ?? []).includes(pair.value) : pair.value === start)).map((pair) => [pair.value, pair.label]));
  const chips = el("ul", { class: "chips", "aria-label": `Chosen for ${label}` });
  const list = el("ul", { id: listId, role: "listbox", class: "options", "aria-label": label, hidden: true });
  const box = el("input", { type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, placeholder: placeholder || "Type to search", ...shared });
  let offered = [];
  let active = -1;
  let turn = 0;

  const draw = () => fill(chips, [...chosen].map(([value, words]) => el("li", {}, words, button("×", () => drop(value), { "aria-label": `Remove ${words}`, class: "quiet" }))));
  const drop = (value) => { chosen.delete(value); draw(); box.focus(); commit?.(); };
  const close = () => { list.hidden = true; active = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const pick = (pair) => {
    if (!several) chosen.clear();
    chosen.set(pair.value, pair.label);
    box.value = several ? "" : pair.label;
    close();
    draw();
    commit?.();
  };
  const move = (to) => {
    active = (to + offered.length) % offered.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    box.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const search = async () => {
    const mine = (turn += 1);
    const options = await ask(box.value);
    if (mine !== turn) return;
    if (!list.hidden && options?.length && JSON.stringify(options) === JSON.stringify(offered)) return;
    offered = options ?? [];
    const nothing = options ? "Nothing found" : `Type at least ${least} characters`;
    fill(list, offered.length ? offered.map((pair) => el("li", { role: "option", id: freshId("option"), "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); pick(pair); } }, pair.label))
      : el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "faint" }, nothing));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    active = -1;
  };

  box.addEventListener("input", search);
  box.addEventListener("focus", () => { if (least === 0) search(); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(); }
    if (list.hidden || !offered.length) return;
    if (event.key === "ArrowDown") { event.preventDefault(); move(active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); move(active < 0 ? -1 : active - 1); }
    if (event.key === "Enter") { event.preventDefault(); if (active >= 0) pick(offered[active]); }
  });
  draw();
  if (!several && chosen.size) box.value = [...chosen.values()][0];
  const node = el("div", { class: several ? "combo several" : "combo" }, several && chips, box, list);
  const read = () => (several ? [...chosen.keys()] : box.value && chosen.size ? [...chosen.keys()][0] : null);
  return { node, read };
}
