// Tables: the table block and the data_table block with pages and sorting.

import { el, fill, uniqueId } from "../dom.js";
import { richText } from "./rich_text.js";

function cellNodes(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  return el("span", { class: "cell-text", dir: "auto" }, String(cell?.text ?? cell?.value ?? ""));
}

const isNumber = (cell) => cell?.type === "raw_number";

function cellClasses(cell, setting) {
  const align = setting?.align || (isNumber(cell) ? "right" : "left");
  return `align-${["left", "center", "right"].includes(align) ? align : "left"}${setting?.is_wrapped ? " wrapped" : ""}`;
}

function scroller(label, inner) {
  return el("div", { class: "table-scroll", role: "region", tabindex: "0", "aria-label": label }, inner);
}

export function table(block) {
  const settings = block.column_settings || [];
  const [head = [], ...rows] = block.rows;
  // A heading stands where the numbers below it do.
  const model = (cell, column, tag) => (tag === "th" && rows.length && rows.every((cells) => isNumber(cells[column])) ? rows[0][column] : cell);
  const row = (cells, tag) => el("tr", {}, cells.map((cell, column) =>
    el(tag, { class: cellClasses(model(cell, column, tag), settings[column]), scope: tag === "th" ? "col" : null }, cellNodes(cell))));
  return el("div", {}, scroller("Table", el("table", {},
    el("thead", {}, row(head, "th")), el("tbody", {}, rows.map((cells) => row(cells, "td"))))));
}

export function dataTable(block) {
  const [head = [], ...rows] = block.rows;
  const size = block.page_size || 5;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const named = block.row_header_column_index ?? 0;
  const body = el("tbody", {});
  const caption = el("caption", { id: uniqueId("caption"), dir: "auto" }, block.caption || "Table");
  const status = el("span", { class: "pages-status", role: "status" });
  const state = { page: 0, column: -1, down: false };

  const sorted = () => {
    if (state.column < 0) return rows;
    const key = (cells) => {
      const cell = cells[state.column];
      return isNumber(cell) ? Number(cell.value) : cellNodes(cell).textContent;
    };
    const compare = (left, right) => {
      const [a, b] = [key(left), key(right)];
      return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
    };
    return [...rows].sort((left, right) => (state.down ? compare(right, left) : compare(left, right)));
  };
  const show = () => {
    const from = state.page * size;
    fill(body, sorted().slice(from, from + size).map((cells) => el("tr", {}, cells.map((cell, column) =>
      el(column === named ? "th" : "td", { class: cellClasses(cell), scope: column === named ? "row" : null }, cellNodes(cell))))));
    status.textContent = `${from + 1}–${Math.min(from + size, rows.length)} of ${rows.length}`;
    back.disabled = state.page === 0;
    next.disabled = state.page === pages - 1;
    headings.forEach((heading, column) => {
      if (column === state.column) heading.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    });
  };
  const turn = (step) => () => {
    state.page += step;
    show();
  };
  const back = el("button", { type: "button", class: "button small", on: { click: turn(-1) } }, "Previous");
  const next = el("button", { type: "button", class: "button small", testid: "table-next", on: { click: turn(1) } }, "Next");
  const headings = head.map((cell, column) => {
    const sort = () => {
      Object.assign(state, { page: 0, column, down: state.column === column && !state.down });
      show();
    };
    const numeric = rows.length > 0 && rows.every((cells) => isNumber(cells[column]));
    return el("th", { scope: "col", class: numeric ? "align-right" : "align-left" },
      el("button", { type: "button", class: "sort", on: { click: sort } }, cellNodes(cell)));
  });
  show();
  return el("div", {},
    scroller(block.caption || "Table", el("table", {}, caption, el("thead", {}, el("tr", {}, headings)), body)),
    pages > 1 ? el("div", { class: "pages" }, back, status, next) : null);
}
