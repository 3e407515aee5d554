// The top bar: where one is, the clock, the log, light or dark.

import { Clock } from "./clock.js";
import { el, fill, icon } from "./dom.js";
import { channelOf, channelTitle, person, store } from "./store.js";
import { isDark, switchTheme } from "./theme.js";

export class Topbar {
  constructor(node, { onMenu, onLog }) {
    this.title = el("h1", { class: "title", testid: "title" });
    this.topic = el("p", { class: "topic", dir: "auto" });
    this.clock = new Clock();
    this.menu = el("button", { type: "button", class: "button icon-button menu-button", testid: "menu", "aria-label": "Channels and people", "aria-expanded": "false", on: { click: onMenu } }, icon("menu"));
    this.log = el("button", { type: "button", class: "button icon-button", testid: "log-toggle", "aria-label": "Request log", title: "Request log", "aria-expanded": "false", on: { click: onLog } }, icon("list"));
    this.theme = el("button", { type: "button", class: "button icon-button", testid: "theme", on: { click: () => (switchTheme(), this.showTheme()) } });
    fill(node, this.menu, el("div", { class: "titles" }, this.title, this.topic), this.clock.node, this.log, this.theme);
    this.showTheme();
  }

  showTheme() {
    const label = isDark() ? "Light colours" : "Dark colours";
    this.theme.setAttribute("aria-label", label);
    this.theme.title = label;
    fill(this.theme, icon(isDark() ? "sun" : "moon"));
  }

  update() {
    const channel = channelOf(store.channel);
    if (!channel) return;
    const name = channelTitle(channel);
    const mark = channel.kind === "im" ? null : icon(channel.kind === "private" ? "lock" : "hash");
    fill(this.title, mark, el("span", { class: "title-name", dir: "auto", title: name }, name));
    this.topic.textContent = channel.kind === "im" ? person(channel.with).role : channel.topic || "";
    this.topic.title = this.topic.textContent;
    document.title = `${channel.kind === "im" ? "" : "#"}${name} – ${store.boot.team.name}`;
  }
}
