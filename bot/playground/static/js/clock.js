// The playground's clock: shows it, moves it forward.

import { ApiError, send } from "./api.js";
import { el, fill, icon, uniqueId } from "./dom.js";
import { hide, place } from "./listbox.js";
import { me, playgroundNow, readClock, store } from "./store.js";
import { emit, touch } from "./sync.js";
import { fromField, fullMoment, nextMonday, shortMoment, toField } from "./time.js";

export class Clock {
  constructor() {
    this.text = el("span", { class: "clock-text" });
    this.button = el("button", { type: "button", class: "button clock-button", testid: "clock", "aria-haspopup": "dialog", "aria-expanded": "false" }, icon("clock"), this.text);
    const fieldId = uniqueId("moment");
    this.field = el("input", { id: fieldId, class: "entry", type: "datetime-local", testid: "clock-moment", required: true });
    this.error = el("div", { class: "field-error", role: "alert" });
    this.zone = el("span", { class: "note" });
    this.popup = el("div", { class: "clock-popup", popover: "auto", role: "dialog", "aria-label": "Playground clock" },
      el("p", { class: "clock-now" }),
      el("div", { class: "clock-steps" }, this.steps()),
      el("form", { class: "clock-form", on: { submit: (event) => (event.preventDefault(), this.pick()) } },
        el("label", { for: fieldId }, "Go to a moment ", this.zone),
        el("div", { class: "clock-row" }, this.field, el("button", { type: "submit", class: "button primary", testid: "clock-go" }, "Go"))),
      this.error);
    this.node = el("div", { class: "clock" }, this.button, el("div", { class: "clock-quick" }, this.steps("quick-")), this.popup);
    let closedAt = -Infinity;
    this.popup.addEventListener("toggle", (event) => {
      const open = event.newState === "open";
      this.button.setAttribute("aria-expanded", String(open));
      if (!open) closedAt = performance.now();
    });
    this.button.addEventListener("click", () => {
      if (performance.now() - closedAt < 200) return;
      this.field.value = toField(playgroundNow() + 3600000, me().tz);
      this.error.textContent = "";
      this.show();
      place(this.popup, this.button, { wide: false });
      this.popup.querySelector("button").focus();
    });
    setInterval(() => this.show(), 1000);
  }

  steps(prefix = "") {
    const step = (id, label, title, body) => el("button", { type: "button", class: "button small", title, testid: `${prefix}${id}`, on: { click: () => this.move(body()) } }, label);
    return [
      step("clock-hour", "+1 hour", "One hour later", () => ({ advance_seconds: 3600 })),
      step("clock-day", "+1 day", "One day later", () => ({ advance_seconds: 86400 })),
      step("clock-monday", "Mon 9:00", "Next Monday, 9:00 in the acting person's zone", () => ({ to: new Date(nextMonday(playgroundNow(), me().tz)).toISOString() })),
    ];
  }

  pick() {
    const moment = fromField(this.field.value, me().tz);
    if (moment !== null) this.move({ to: new Date(moment).toISOString() });
  }

  async move(body) {
    this.node.classList.add("busy");
    try {
      const answer = await send("clock", body);
      readClock(answer.now);
      store.clock.moved = true;
      hide(this.popup);
      this.error.textContent = "";
      emit("clock");
      await touch("state", "messages", "thread");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.error.textContent = error.message;
      if (!this.popup.matches(":popover-open")) place(this.popup, this.button, { wide: false });
    } finally {
      this.node.classList.remove("busy");
    }
  }

  show() {
    if (!store.as) return;
    const zone = me().tz;
    const now = playgroundNow();
    const text = shortMoment(now, zone);
    if (this.text.textContent !== text) {
      this.text.textContent = text;
      this.button.setAttribute("aria-label", `Playground clock: ${fullMoment(now, zone)}. Change it`);
    }
    this.button.classList.toggle("moved", store.clock.moved);
    fill(this.zone, `(${zone})`);
    this.popup.querySelector(".clock-now").textContent = `${fullMoment(now, zone)}${store.clock.moved ? ", moved ahead of real time" : ""}`;
  }
}
