// The drawer with every signed request and its answer.

import { read } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { me } from "./store.js";

const KEPT = 400;

export class Log {
  constructor(node, { onClose }) {
    Object.assign(this, { node, last: 0, reading: null });
    this.rows = el("ol", { class: "log-rows", "aria-label": "Requests, newest first", tabindex: "0" });
    this.filter = el("input", { class: "entry", type: "search", placeholder: "Filter", "aria-label": "Filter the log", on: { input: () => this.sift() } });
    this.empty = el("p", { class: "empty" }, "No requests yet.");
    fill(node,
      el("header", { class: "log-head" }, el("h2", {}, "Request log"), this.filter,
        el("button", { type: "button", class: "button small", on: { click: () => this.clear() } }, "Clear"),
        el("button", { type: "button", class: "button icon-button", "aria-label": "Close the log", testid: "log-close", on: { click: onClose } }, icon("close"))),
      this.empty, this.rows);
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    });
  }

  get open() {
    return !this.node.hidden;
  }

  show(open) {
    this.node.hidden = !open;
    if (open) {
      this.update();
      this.filter.focus();
    }
  }

  /** Reads the entries after the last one, when the drawer is open. */
  async update() {
    if (!this.open) return;
    this.reading ??= this.fetch().finally(() => (this.reading = null));
    await this.reading;
  }

  async fetch() {
    const { entries } = await read("log", { after: this.last });
    for (const entry of entries) {
      this.last = Math.max(this.last, entry.n);
      this.rows.prepend(this.row(entry));
    }
    while (this.rows.children.length > KEPT) this.rows.lastElementChild.remove();
    this.sift();
  }

  clear() {
    fill(this.rows);
    this.sift();
  }

  sift() {
    const wanted = this.filter.value.trim().toLowerCase();
    for (const row of this.rows.children) row.hidden = Boolean(wanted) && !row.dataset.words.includes(wanted);
    this.empty.hidden = this.rows.children.length > 0;
  }

  row(entry) {
    const toBot = entry.direction === "to bot";
    const good = entry.status === undefined || entry.status === null || (Number(entry.status) >= 200 && Number(entry.status) < 300);
    const time = new Intl.DateTimeFormat("en-GB", { timeZone: me().tz, hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const at = typeof entry.at === "number" ? entry.at * 1000 : Date.parse(entry.at);
    const details = el("details", {},
      el("summary", {},
        el("span", { class: `log-way ${toBot ? "to-bot" : "from-bot"}` }, toBot ? "→ bot" : "← bot"),
        el("span", { class: "log-what", dir: "auto" }, entry.what),
        el("span", { class: `log-status ${good ? "" : "bad"}` }, String(entry.status ?? "")),
        el("span", { class: "log-ms" }, entry.ms === undefined || entry.ms === null ? "" : `${Math.round(entry.ms)} ms`),
        el("span", { class: "log-at" }, Number.isNaN(at) ? "" : time.format(at))));
    // The JSON is drawn when it is asked for; the log can be long.
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) {
        details.append(el("div", { class: "log-json" }, part("Request", entry.request), part("Answer", entry.answer)));
      }
    });
    return el("li", { testid: "log-row", data: { words: `${entry.what} ${entry.direction} ${entry.status}`.toLowerCase() } }, details);
  }
}

function part(label, data) {
  const text = typeof data === "string" ? data : JSON.stringify(data ?? null, null, 2);
  return el("div", {}, el("h3", {}, label), el("pre", { tabindex: "0" }, text));
}
