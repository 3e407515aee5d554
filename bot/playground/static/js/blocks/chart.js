// The data_visualization block as a simple drawing with its numbers in a table for everyone who cannot see it.

import { el } from "../dom.js";

const SPACE = "http://www.w3.org/2000/svg";
const WIDTH = 480;
const HEIGHT = 200;
const EDGE = { left: 40, right: 8, top: 8, bottom: 24 };

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

export function dataVisualization(block) {
  const chart = block.chart;
  const pie = chart.type === "pie";
  const series = pie
    ? [{ name: block.title, data: chart.segments }]
    : chart.series.map((one) => ({ name: one.name, data: one.data }));
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart-drawing", "aria-hidden": "true" });
  if (pie) drawPie(drawing, series[0].data);
  else drawAxes(drawing, chart.type, series);
  const names = pie ? chart.segments.map((one) => one.label) : series.map((one) => one.name);
  return el("figure", { class: "chart" },
    el("figcaption", { dir: "auto" }, block.title),
    drawing,
    el("ul", { class: "legend", "aria-hidden": "true" }, names.map((name, index) => el("li", { class: `tone-${index % 6}` }, name))),
    el("table", { class: "visually-hidden" },
      el("caption", {}, block.title),
      el("tbody", {}, series.flatMap((one) => one.data.map((point) =>
        el("tr", {}, el("th", { scope: "row" }, `${one.name}: ${point.label}`), el("td", {}, String(point.value))))))));
}

function drawPie(drawing, segments) {
  const total = segments.reduce((sum, one) => sum + one.value, 0) || 1;
  const round = 2 * Math.PI * 50;
  let done = 0;
  segments.forEach((one, index) => {
    const share = (one.value / total) * round;
    drawing.append(svg("circle", {
      cx: WIDTH / 2, cy: HEIGHT / 2, r: 50, class: `slice tone-${index % 6}`, "stroke-width": 40,
      "stroke-dasharray": `${share} ${round - share}`, "stroke-dashoffset": -done,
    }));
    done += share;
  });
}

function drawAxes(drawing, type, series) {
  const values = series.flatMap((one) => one.data.map((point) => point.value));
  const top = Math.max(0, ...values);
  const low = Math.min(0, ...values);
  const span = top - low || 1;
  const labels = series[0]?.data.map((point) => point.label) || [];
  const step = (WIDTH - EDGE.left - EDGE.right) / Math.max(1, labels.length);
  const x = (index) => EDGE.left + step * (index + 0.5);
  const y = (value) => EDGE.top + ((top - value) / span) * (HEIGHT - EDGE.top - EDGE.bottom);
  for (const value of [low, low + span / 2, top]) {
    drawing.append(svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(value), y2: y(value), class: "grid-line" }));
    drawing.append(svg("text", { x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end" }, String(Number(value.toPrecision(3)))));
  }
  const every = Math.ceil(labels.length / 8);
  labels.forEach((label, index) => {
    if (index % every === 0) drawing.append(svg("text", { x: x(index), y: HEIGHT - 6, "text-anchor": "middle" }, label.slice(0, 10)));
  });
  series.forEach((one, order) => {
    const tone = `tone-${order % 6}`;
    if (type === "bar") {
      const wide = (step * 0.7) / series.length;
      one.data.forEach((point, index) => drawing.append(svg("rect", {
        x: x(index) - step * 0.35 + wide * order, width: wide, y: Math.min(y(point.value), y(0)),
        height: Math.abs(y(point.value) - y(0)), rx: 2, class: `bar ${tone}`,
      })));
      return;
    }
    const line = one.data.map((point, index) => `${x(index)},${y(point.value)}`).join(" ");
    if (type === "area") drawing.append(svg("polygon", { points: `${x(0)},${y(0)} ${line} ${x(one.data.length - 1)},${y(0)}`, class: `area ${tone}` }));
    drawing.append(svg("polyline", { points: line, class: `line ${tone}` }));
  });
}
