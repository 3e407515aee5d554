// Modals: the top of the view stack in a dialog, its fields, errors and buttons.

import { close, options, press, submit } from "./actions.js";
import { renderBlocks } from "./blocks/index.js";
import { textNodes } from "./blocks/texts.js";
import { Values } from "./blocks/values.js";
import { el, fill, icon } from "./dom.js";
import { refocus, whereabouts } from "./message_list.js";
import { store } from "./store.js";

export class Modal {
  /** `onClosed()` runs after the last view is gone, when the element that opened it no longer exists. */
  constructor({ onClosed }) {
    this.onClosed = onClosed;
    this.sheets = new Map(); // view id -> {view, values, fields, body}
    this.busy = false;
    this.dialog = el("dialog", { class: "dialog modal", testid: "modal", "aria-labelledby": "modal-title" });
    // Escape closes the top view only; the dialog itself closes when the server says that no view is left.
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target !== this.dialog) return;
      this.dialog.querySelector(".modal-body")?.focus();
    });
    document.body.append(this.dialog);
  }

  update() {
    const views = store.state.views || [];
    for (const id of [...this.sheets.keys()]) if (!views.some((view) => view.id === id)) this.sheets.delete(id);
    const top = views.at(-1);
    if (!top) return this.shut();
    const sheet = this.sheetOf(top);
    if (this.shown === sheet && this.depth === views.length) return undefined;
    const sameView = this.shown?.view.id === top.id;
    const place = sameView && this.dialog.contains(document.activeElement) ? whereabouts(document.activeElement) : null;
    this.depth = views.length;
    this.draw(sheet, views.length);
    if (!this.dialog.open) {
      this.before = document.activeElement;
      this.beforePlace = this.before ? whereabouts(this.before) : null;
      this.dialog.showModal();
    }
    if (place?.action) refocus(this.dialog, place);
    else if (!sameView) this.focusFirst();
    return undefined;
  }

  sheetOf(view) {
    const old = this.sheets.get(view.id);
    const sign = JSON.stringify([view.hash, view.blocks, view.title, view.submit]);
    if (old && old.sign === sign) return old;
    const values = old ? new Values(old.values.collect()) : Values.held(view.state?.values);
    const fields = new Map();
    const context = {
      surface: "modal", values, fields,
      press: async (blockId, actionId, action) => {
        const problem = await press({ view_id: view.id }, blockId, actionId, action, values.collect());
        if (problem) this.complain(problem);
      },
      options: (blockId, actionId, query) => options({ view_id: view.id, values: values.collect() }, blockId, actionId, query),
    };
    const sheet = { view, sign, values, fields, body: el("div", { class: "modal-body", tabindex: "-1" }, renderBlocks(view.blocks, context)) };
    this.sheets.set(view.id, sheet);
    return sheet;
  }

  draw(sheet, depth) {
    const { view } = sheet;
    this.shown = sheet;
    this.setBusy(false);
    this.problem = el("div", { class: "modal-problem", role: "alert" });
    this.submitButton = view.submit
      ? el("button", { type: "submit", class: "button primary", testid: "modal-submit" }, textNodes(view.submit)) : null;
    if (view.submit_disabled) this.submitButton?.setAttribute("disabled", "");
    this.dialog.classList.toggle("stacked", depth > 1);
    this.dialog.dataset.viewId = view.id;
    fill(this.dialog, el("form", { class: "modal-form", novalidate: true, on: { submit: (event) => (event.preventDefault(), this.send()) } },
      el("header", { class: "modal-head" },
        el("h2", { id: "modal-title", dir: "auto" }, textNodes(view.title)),
        depth > 1 ? el("span", { class: "note" }, `Step ${depth}`) : null,
        el("button", { type: "button", class: "button icon-button", "aria-label": depth > 1 ? "Close all" : "Close", testid: "modal-x", on: { click: () => this.leave(true) } }, icon("close"))),
      el("div", { class: "progress", "aria-hidden": "true" }),
      this.problem,
      sheet.body,
      el("footer", { class: "modal-foot" },
        el("button", { type: "button", class: "button", testid: "modal-close", on: { click: () => this.leave() } }, view.close ? textNodes(view.close) : view.submit ? "Cancel" : "Close"),
        this.submitButton)));
  }

  focusFirst() {
    const body = this.shown.body;
    const wanted = body.querySelector("[autofocus]") ||
      body.querySelector(".block-input input, .block-input textarea, .block-input button") || this.submitButton || body;
    wanted.focus();
    body.scrollTop = 0;
  }

  setBusy(busy) {
    this.busy = busy;
    this.dialog.classList.toggle("busy", busy);
    if (busy) this.dialog.setAttribute("aria-busy", "true");
    else this.dialog.removeAttribute("aria-busy");
    if (this.submitButton && !this.shown?.view.submit_disabled) this.submitButton.disabled = busy;
  }

  complain(sentence) {
    this.problem.textContent = sentence || "";
  }

  async send() {
    if (this.busy || !this.shown?.view.submit) return;
    const sheet = this.shown;
    if (this.mark(sheet, sheet.values.problems())) return;
    this.complain("");
    this.setBusy(true);
    const answer = await submit(sheet.view.id, sheet.values.collect());
    this.setBusy(false);
    if (this.shown !== sheet) return;
    if (answer.ok !== false || (answer.errors && this.mark(sheet, answer.errors))) return;
    this.complain(answer.errors ? Object.values(answer.errors).join(" ") : `Submitting failed with the error '${answer.error}'`);
    this.submitButton?.focus();
  }

  // Shows the errors at their fields and focuses the first; true when at least one has a field here.
  mark(sheet, errors) {
    let first = null;
    for (const [blockId, field] of sheet.fields) {
      field.showError(errors[blockId] || "");
      if (errors[blockId]) first ??= field;
    }
    first?.focus();
    return Boolean(first);
  }

  // Leaves the top view, or the whole stack.
  async leave(everything = false) {
    if (this.busy || !this.shown) return;
    this.setBusy(true);
    await close(this.shown.view.id, everything);
    this.setBusy(false);
  }

  shut() {
    if (!this.dialog.open) return;
    this.shown = null;
    this.submitButton = null;
    this.setBusy(false);
    this.dialog.close();
    fill(this.dialog);
    if (this.before?.isConnected && this.before !== document.body) this.before.focus();
    else if (this.beforePlace?.block) refocus(document.getElementById("surface"), this.beforePlace);
    else this.onClosed();
  }
}
