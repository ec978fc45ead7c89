// Charts as inline SVG, drawn in patterns as well as colours, with the same numbers as a table for whoever prefers it.

import { el, freshId } from "./dom.js";

const WIDTH = 480;
const HEIGHT = 240;
const EDGE = { left: 44, right: 12, top: 12, bottom: 44 };

function svg(name, props, ...children) {
  return el(name, { svg: true, ...props }, ...children);
}

export function chart(block) {
  const made = block.chart;
  const pie = made.type === "pie";
  const table = pie ? pieTable(made) : axisTable(made);
  const id = freshId("chart");
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": id, "aria-describedby": `${id}-words`, class: "chart" }, pie ? slices(made.segments) : axes(made));
  return el("figure", { class: "chart-figure" },
    el("figcaption", { id }, block.title),
    picture,
    legend(pie ? made.segments.map((one) => one.label) : made.series.map((one) => one.name)),
    el("p", { class: "unseen", id: `${id}-words` }, pie ? spokenPie(made) : spokenAxes(made)),
    el("details", {}, el("summary", {}, "The same as a table"), el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": `${block.title}, as a table` }, table)));
}

function spokenPie(made) {
  return `Pie chart. ${made.segments.map((one) => `${one.label}: ${one.value}`).join(", ")}.`;
}

function spokenAxes(made) {
  const series = made.series.map((one) => `${one.name}: ${one.data.map((point) => `${point.label} ${point.value}`).join(", ")}`);
  return `${made.type[0].toUpperCase()}${made.type.slice(1)} chart. ${series.join(". ")}.`;
}

function legend(names) {
  return el("ul", { class: "legend" }, names.map((name, index) => el("li", {}, el("span", { class: `swatch ink-${index % 12}`, "aria-hidden": "true" }), name)));
}

function slices(segments) {
  const total = segments.reduce((sum, one) => sum + one.value, 0);
  const middle = [WIDTH / 2, HEIGHT / 2];
  const radius = HEIGHT / 2 - 12;
  if (segments.length === 1) return [svg("circle", { cx: middle[0], cy: middle[1], r: radius, class: "ink-0" })];
  let from = -Math.PI / 2;
  return segments.map((one, index) => {
    const to = from + (one.value / total) * Math.PI * 2;
    const at = (angle) => `${middle[0] + radius * Math.cos(angle)} ${middle[1] + radius * Math.sin(angle)}`;
    const path = `M ${middle[0]} ${middle[1]} L ${at(from)} A ${radius} ${radius} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)} Z`;
    from = to;
    return svg("path", { d: path, class: `slice ink-${index % 12}` }, svg("title", {}, `${one.label}: ${one.value}`));
  });
}

function scale(made) {
  const values = made.series.flatMap((one) => one.data.map((point) => point.value));
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const span = high - low || 1;
  return { low, high: low + span, y: (value) => EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) * (1 - (value - low) / span) };
}

function axes(made) {
  const { categories, x_label: across, y_label: up } = made.axis_config;
  const wide = (WIDTH - EDGE.left - EDGE.right) / categories.length;
  const { low, high, y } = scale(made);
  const lines = [low, (low + high) / 2, high].map((value) => [
    svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(value), y2: y(value), class: "grid" }),
    svg("text", { x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end" }, String(Math.round(value * 100) / 100)),
  ]);
  const every = Math.ceil(categories.length / 8);
  const names = categories.map((name, index) => index % every === 0 && svg("text", { x: EDGE.left + wide * (index + 0.5), y: HEIGHT - EDGE.bottom + 16, "text-anchor": "middle" }, name.length > 9 ? `${name.slice(0, 8)}…` : name));
  const titles = [
    across && svg("text", { x: WIDTH / 2, y: HEIGHT - 6, "text-anchor": "middle", class: "axis" }, across),
    up && svg("text", { x: 10, y: HEIGHT / 2, "text-anchor": "middle", class: "axis", transform: `rotate(-90 10 ${HEIGHT / 2})` }, up),
  ];
  const draw = made.type === "bar" ? bars : curves;
  return [lines, names, titles, draw(made, categories, wide, y)];
}

function bars(made, categories, wide, y) {
  const width = (wide * 0.8) / made.series.length;
  return made.series.map((one, series) => one.data.map((point) => {
    const x = EDGE.left + wide * (categories.indexOf(point.label) + 0.1) + width * series;
    const [top, bottom] = [Math.min(y(point.value), y(0)), Math.max(y(point.value), y(0))];
    return svg("rect", { x, y: top, width: Math.max(1, width - 2), height: Math.max(1, bottom - top), class: `ink-${series % 12}` }, svg("title", {}, `${one.name}, ${point.label}: ${point.value}`));
  }));
}

function curves(made, categories, wide, y) {
  return made.series.map((one, series) => {
    const points = categories.map((name, index) => [EDGE.left + wide * (index + 0.5), y(one.data.find((point) => point.label === name).value)]);
    const path = points.map(([x, at], index) => `${index ? "L" : "M"} ${x} ${at}`).join(" ");
    const ground = `${path} L ${points.at(-1)[0]} ${y(0)} L ${points[0][0]} ${y(0)} Z`;
    return [
      made.type === "area" && svg("path", { d: ground, class: `area ink-${series % 12}` }),
      svg("path", { d: path, class: `curve line-${series % 12}` }),
      points.map(([x, at]) => svg("circle", { cx: x, cy: at, r: 3, class: `ink-${series % 12}` })),
    ];
  });
}

function pieTable(made) {
  return el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Label"), el("th", { scope: "col" }, "Value"))),
    el("tbody", {}, made.segments.map((one) => el("tr", {}, el("th", { scope: "row" }, one.label), el("td", { class: "to-right" }, one.value)))));
}

function axisTable(made) {
  return el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, made.axis_config.x_label ?? "Category"), made.series.map((one) => el("th", { scope: "col" }, one.name)))),
    el("tbody", {}, made.axis_config.categories.map((name) => el("tr", {}, el("th", { scope: "row" }, name),
      made.series.map((one) => el("td", { class: "to-right" }, one.data.find((point) => point.label === name)?.value))))));
}
