// The open conversation: messages, composer, the app's tabs, and the thread pane beside it.

import { markRead, noticesHere, openHome } from "./actions.js";
import { Composer } from "./composer.js";
import { el, fill, icon } from "./dom.js";
import { Home } from "./home.js";
import { MessageList } from "./message_list.js";
import { channelOf, channelTitle, isAppChannel, store } from "./store.js";
import { touch } from "./sync.js";

const byTime = (left, right) => Number.parseFloat(left.ts) - Number.parseFloat(right.ts);

export class Conversation {
  /** `surface`, `aside`: where the conversation and the thread go; `onTab(tab)`, `onThread(ts or null)`. */
  constructor(surface, aside, { onTab, onThread }) {
    Object.assign(this, { surface, aside, onThread, place: null, unreadFrom: null });
    this.list = new MessageList({ label: "Messages", onThread, testid: "messages" });
    this.composer = new Composer({ who: () => store.as, testid: "" });
    this.outside = el("p", { class: "outside" }, "You are not a member of this channel.");
    this.home = new Home();
    const tab = (id, label) => el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, testid: `${id}-tab`, on: { click: () => onTab(id) } }, label);
    this.tabs = { home: tab("home", "Home"), messages: tab("messages", "Messages") };
    this.tablist = el("div", { class: "tabs", role: "tablist", "aria-label": "App", on: { keydown: (event) => this.turn(event) } }, Object.values(this.tabs));
    this.panel = el("div", { class: "panel", id: "panel-messages" }, this.list.node, this.outside, this.composer.node);
    fill(surface, this.tablist, this.home.node, this.panel);
    this.replies = new MessageList({ label: "Thread", onThread: null, testid: "thread-messages" });
    this.answer = new Composer({ who: () => store.as, thread: () => store.thread, testid: "thread-" });
    fill(aside,
      el("header", { class: "thread-head" }, el("h2", {}, "Thread"), el("span", { class: "topic", dir: "auto" }),
        el("button", { type: "button", class: "button icon-button", "aria-label": "Close the thread", testid: "thread-close", on: { click: () => onThread(null) } }, icon("close"))),
      this.replies.node, this.answer.node);
    aside.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) onThread(null);
    });
  }

  turn(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const other = store.tab === "home" ? "messages" : "home";
    this.tabs[other].click();
    this.tabs[other].focus();
  }

  /** The acting person, the conversation, the tab or the thread is another one. */
  moved() {
    const channel = channelOf(store.channel);
    if (!channel) return;
    const place = `${store.as} ${store.channel}`;
    const changed = place !== this.place;
    if (changed) {
      this.place = place;
      this.list.clear();
      this.entering = true;
      this.unreadFrom = null;
      this.unread = channel.unread || 0;
    }
    const app = isAppChannel(channel);
    const home = app && store.tab === "home";
    this.tablist.hidden = !app;
    for (const [name, value] of [["role", "tabpanel"], ["aria-labelledby", "tab-messages"]]) {
      if (app) this.panel.setAttribute(name, value);
      else this.panel.removeAttribute(name);
    }
    for (const [id, tab] of Object.entries(this.tabs)) {
      const selected = (id === "home") === home;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    const homeOpened = home && (changed || this.home.node.hidden);
    this.home.node.hidden = !home;
    this.panel.hidden = home;
    const member = channel.member !== false;
    this.outside.hidden = member;
    this.composer.node.hidden = !member;
    const name = channel.kind === "im" ? channelTitle(channel) : `#${channel.name}`;
    this.composer.show(place, `Message ${name}`);
    if (homeOpened) openHome();
    this.showThread(channel, name);
    if (home) this.home.update();
    else if (changed) touch("messages");
    if (!home && changed && window.matchMedia("(min-width: 720px)").matches && !document.querySelector("dialog[open]")) this.composer.field.focus();
  }

  showThread(channel, name) {
    const open = Boolean(store.thread) && !this.panel.hidden;
    const key = open ? `${this.place} ${store.thread}` : null;
    if (key === this.threadKey) return;
    const back = this.threadKey && !open && this.aside.contains(document.activeElement);
    const before = this.threadTs;
    this.threadKey = key;
    this.threadTs = store.thread;
    this.aside.hidden = !open;
    this.replies.clear();
    if (open) {
      this.aside.querySelector(".topic").textContent = name;
      this.answer.show(key, "Reply…");
      touch("thread");
      this.answer.field.focus();
    } else if (back) {
      (this.list.list.querySelector(`[data-ts="${CSS.escape(before)}"]`) || this.composer.field).focus();
    }
  }

  /** New messages of the conversation. */
  renew() {
    if (!store.messages || !this.place) return;
    const own = noticesHere().filter((one) => !one.thread_ts);
    const top = store.messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts || one.ephemeral && store.thread !== one.thread_ts || one.subtype === "thread_broadcast");
    if (this.entering && this.unread) {
      const others = top.filter((one) => one.user !== store.as && !one.ephemeral);
      this.unreadFrom = others.at(-this.unread)?.ts || null;
    }
    this.entering = false;
    const empty = el("div", { class: "empty" }, el("p", {}, "No messages yet. Type / to see what the bot can do."));
    this.list.update([...top, ...own].sort(byTime), { empty, unreadFrom: this.unreadFrom });
    this.seen();
  }

  /** New replies in the open thread. */
  renewThread() {
    if (!store.thread || !store.replies) return;
    const root = store.replies.some((one) => one.ts === store.thread) ? [] : (store.messages || []).filter((one) => one.ts === store.thread);
    const own = noticesHere().filter((one) => one.thread_ts === store.thread);
    this.replies.update([...root, ...store.replies, ...own].sort(byTime), { inThread: true });
  }

  /** Marks the open conversation as read when the person can see it. */
  seen() {
    const channel = channelOf(store.channel);
    if (channel?.unread && !this.panel.hidden && document.visibilityState === "visible") markRead(channel.id);
  }
}
