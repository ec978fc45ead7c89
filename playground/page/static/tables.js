// Tables: plain ones, and data tables that sort and turn pages.

import { button, el, fill, freshId } from "./dom.js";
import { plain, withBreaks } from "./mrkdwn.js";
import { richText } from "./richtext.js";

function cell(tag, content, props = {}) {
  const inner = content.type === "rich_text" ? richText(content) : withBreaks(plain(content.text ?? String(content.value ?? "")));
  return el(tag, props, inner);
}

function scroller(label, made) {
  return el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": label }, made);
}

export function table(block) {
  const [head, ...rows] = block.rows;
  const align = (index) => `to-${block.column_settings?.[index]?.align ?? "left"}`;
  const made = el("table", {},
    el("thead", {}, el("tr", {}, head.map((one, index) => cell("th", one, { scope: "col", class: align(index) })))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((one, index) => cell("td", one, { class: align(index) }))))));
  return el("div", {}, scroller("Table", made));
}

function sortable(one) {
  if (one.type === "raw_number") return one.value;
  return one.text ?? JSON.stringify(one.elements ?? "");
}

export function dataTable(block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 10;
  const order = { column: -1, down: false };
  let page = 0;
  const id = freshId("table");
  const holder = el("div", {});

  function sorted() {
    if (order.column < 0) return rows;
    const by = (row) => sortable(row[order.column]);
    const compare = (a, b) => (typeof by(a) === "number" && typeof by(b) === "number" ? by(a) - by(b) : String(by(a)).localeCompare(String(by(b))));
    return [...rows].sort((a, b) => (order.down ? -compare(a, b) : compare(a, b)));
  }
  function sortBy(column) {
    order.down = order.column === column && !order.down;
    order.column = column;
    draw(() => holder.querySelectorAll("th button")[column].focus());
  }
  function header(one, index) {
    const words = plain(one.text ?? String(one.value ?? ""));
    const how = order.column === index ? (order.down ? "descending" : "ascending") : "none";
    const mark = { ascending: " ▲", descending: " ▼", none: "" }[how];
    return el("th", { scope: "col", "aria-sort": how }, button([words, el("span", { "aria-hidden": "true" }, mark)], () => sortBy(index), { class: "sort" }));
  }
  function row(cells) {
    return el("tr", {}, cells.map((one, index) => cell(index === block.row_header_column_index ? "th" : "td", one,
      { class: one.type === "raw_number" ? "to-right" : "", ...(index === block.row_header_column_index ? { scope: "row" } : {}) })));
  }
  function draw(after) {
    const pages = Math.ceil(rows.length / size);
    const turn = (by) => draw((page += by, null));
    fill(holder,
      scroller(block.caption, el("table", { id }, el("caption", {}, block.caption), el("thead", {}, el("tr", {}, head.map(header))), el("tbody", {}, sorted().slice(page * size, (page + 1) * size).map(row)))),
      pages > 1 && el("p", { class: "pages" },
        button("Earlier rows", () => turn(-1), { class: "act", disabled: page === 0 }), ` Page ${page + 1} of ${pages} `,
        button("Later rows", () => turn(1), { class: "act", disabled: page === pages - 1 })));
    after?.();
  }
  draw();
  return holder;
}
