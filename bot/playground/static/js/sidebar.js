// The left side: workspace, acting person, conversations, unread marks.

import { el, fill, icon } from "./dom.js";
import { Listbox } from "./listbox.js";
import { avatar } from "./message.js";
import { channelTitle, conversationHash, isAppChannel, me, person, store } from "./store.js";

export class Sidebar {
  /** `onPerson(id)`: act as another person; `onGo()`: a conversation was chosen. */
  constructor(node, { onPerson, onGo }) {
    Object.assign(this, { node, onPerson, onGo });
    this.button = el("button", { type: "button", class: "act-as", role: "combobox", testid: "act-as", "aria-haspopup": "listbox" });
    this.list = new Listbox({ owner: this.button, anchor: this.button, label: "Act as", testid: "people", onChoose: (option) => this.choose(option) });
    this.places = el("div", { class: "places" });
    this.button.addEventListener("click", () => (this.list.open ? this.list.hide() : this.open()));
    this.button.addEventListener("blur", () => this.list.hide());
    this.button.addEventListener("keydown", (event) => this.key(event));
    const { team } = store.boot;
    fill(node,
      el("div", { class: "workspace" }, el("span", { class: "workspace-mark", "aria-hidden": "true" }, icon("bridge")),
        el("span", { class: "workspace-text" }, el("span", { class: "workspace-name", dir: "auto" }, team.name), el("span", { class: "note" }, "Local playground"))),
      el("div", { class: "act-as-wrap" }, el("span", { class: "side-label", id: "act-as-label" }, "Act as"), this.button, this.list.node),
      this.places);
  }

  open() {
    const people = store.boot.people;
    this.list.show(people.map((one) => ({
      id: one.id, label: one.name, selected: one.id === store.as, testid: `person-${one.handle}`,
      content: el("span", { class: "option-person" }, avatar(one.id, "small"),
        el("span", {}, el("span", { class: "option-label", dir: "auto" }, one.name), el("span", { class: "option-note" }, one.role))),
    })), { active: people.findIndex((one) => one.id === store.as) });
  }

  key(event) {
    if (this.list.key(event)) return;
    if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.open();
    } else if (/^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (!this.list.open) this.open();
      const at = this.list.options.findIndex((option) => option.label.toLowerCase().startsWith(event.key.toLowerCase()));
      if (at >= 0) this.list.activate(at);
    }
  }

  choose(option) {
    this.list.hide();
    if (option.id !== store.as) this.onPerson(option.id);
  }

  update() {
    const acting = me();
    this.button.setAttribute("aria-label", `Act as: ${acting.name}, ${acting.role}`);
    const sign = `${acting.id}`;
    if (this.button.dataset.person !== sign) {
      this.button.dataset.person = sign;
      fill(this.button, avatar(acting.id, "small"),
        el("span", { class: "act-as-text" }, el("span", { class: "act-as-name", dir: "auto" }, acting.name), el("span", { class: "note" }, acting.role)), icon("chevron"));
    }
    const { channels } = store.state;
    const joined = channels.filter((one) => one.kind !== "im" && one.member !== false);
    const others = channels.filter((one) => one.kind !== "im" && one.member === false);
    const direct = channels.filter((one) => one.kind === "im" && !isAppChannel(one));
    const apps = channels.filter(isAppChannel);
    const focused = this.places.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    fill(this.places,
      this.group("Channels", joined), this.group("Other channels", others), this.group("Direct messages", direct), this.group("Apps", apps));
    if (focused) this.places.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }

  group(label, channels) {
    if (!channels.length) return null;
    return el("div", { class: "place-group" }, el("h2", { class: "side-label" }, label),
      el("ul", {}, channels.map((channel) => el("li", {}, this.link(channel)))));
  }

  link(channel) {
    const current = channel.id === store.channel;
    const app = isAppChannel(channel);
    const name = channelTitle(channel);
    const mark = channel.kind === "im" ? avatar(channel.with, "tiny") : icon(channel.kind === "private" ? "lock" : "hash");
    const unread = channel.unread && !(current && !(app && store.tab === "home")) ? channel.unread : 0;
    return el("a", {
      class: `place${unread ? " unread" : ""}${channel.member === false ? " other" : ""}`, testid: `channel-${app ? "app" : channel.kind === "im" ? person(channel.with).handle : channel.name}`,
      href: conversationHash(channel.id, app && !unread ? "home" : app ? "messages" : undefined), "aria-current": current ? "page" : null, title: name,
      on: { click: () => this.onGo() },
    }, mark, el("span", { class: "place-name", dir: "auto" }, name),
    unread ? el("span", { class: "unread-count", testid: `unread-${app ? "app" : channel.name}` }, unread > 99 ? "99+" : String(unread), el("span", { class: "visually-hidden" }, " unread")) : null);
  }
}
