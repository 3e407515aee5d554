// A list of messages that keeps the nodes of unchanged ones, the scroll position and the keyboard's place.

import { el } from "./dom.js";
import { author, messageNode } from "./message.js";
import { me, store } from "./store.js";
import { longDay, ofTs } from "./time.js";

const GAP = 5 * 60 * 1000;

export class MessageList {
  /** `onThread(ts)` opens a thread; null inside the thread pane. */
  constructor({ label, onThread, testid }) {
    this.onThread = onThread;
    this.cache = new Map();
    this.newer = el("button", { type: "button", class: "newer", hidden: true, on: { click: () => this.toEnd() } }, "New messages ↓");
    this.list = el("div", { class: "messages", role: "log", "aria-label": label, tabindex: "0", testid, on: { keydown: (event) => this.key(event), scroll: () => this.scrolled() } });
    this.node = el("div", { class: "message-pane" }, this.list, this.newer);
    // A pane that shows the end keeps showing it when its size or its messages' sizes change.
    this.ending = true;
    this.sizes = new ResizeObserver(() => this.ending && this.toEnd());
    this.sizes.observe(this.list);
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.newer.hidden = true;
  }

  scrolled() {
    this.ending = this.atEnd();
    if (this.ending) this.newer.hidden = true;
  }

  /** Empties the list, for another conversation. */
  clear() {
    this.cache.clear();
    this.ending = true;
    this.list.replaceChildren();
    this.newer.hidden = true;
  }

  /** Shows these messages; `empty`: nodes for none; `unreadFrom`: ts of the first unread message. */
  update(messages, { empty, unreadFrom = null, inThread = false } = {}) {
    const stay = this.ending || !this.cache.size;
    const known = new Set(this.cache.keys());
    const zone = me().tz;
    const nodes = [];
    const fresh = new Map();
    let before = null;
    for (const message of messages) {
      const day = longDay(ofTs(message.ts), zone);
      const newDay = !before || longDay(ofTs(before.ts), zone) !== day;
      if (newDay && !inThread) nodes.push(this.keep(fresh, `day ${day}`, day, () => el("div", { class: "day" }, el("span", {}, day))));
      if (message.ts === unreadFrom) nodes.push(this.keep(fresh, "unread", unreadFrom, () => el("div", { class: "unread-line", testid: "unread-line" }, el("span", {}, "New"))));
      const follow = Boolean(before) && !newDay && !message.notice && !before.notice && message.ts !== unreadFrom &&
        author(before) === author(message) && Boolean(before.ephemeral) === Boolean(message.ephemeral) &&
        ofTs(message.ts) - ofTs(before.ts) < GAP;
      const signature = JSON.stringify([message, follow, store.as]);
      nodes.push(this.keep(fresh, message.key || message.ts, signature, () =>
        messageNode(message, { follow, inThread, onThread: this.onThread })));
      before = message;
    }
    if (!messages.length && empty) nodes.push(empty);
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    const place = focused && focused !== this.list ? whereabouts(focused) : null;
    arrange(this.list, nodes);
    if (place && !focused.isConnected) refocus(this.list, place);
    this.cache = fresh;
    this.list.querySelectorAll('.message[tabindex="0"]').forEach((node) => node.setAttribute("tabindex", "-1"));
    const last = [...this.list.querySelectorAll(".message")].at(-1);
    if (last) last.setAttribute("tabindex", "0");
    if (stay) this.toEnd();
    else if (messages.some((message) => !known.has(message.key || message.ts))) this.newer.hidden = false;
  }

  keep(fresh, key, signature, make) {
    const old = this.cache.get(key);
    const same = old && old.signature === signature;
    const entry = same ? old : { signature, node: make() };
    if (!same) this.sizes.observe(entry.node);
    if (old && !same) this.sizes.unobserve(old.node);
    fresh.set(key, entry);
    return entry.node;
  }

  key(event) {
    const current = document.activeElement;
    if (event.target !== current || (current !== this.list && !current.classList.contains("message"))) return;
    const all = [...this.list.querySelectorAll(".message")];
    const at = all.indexOf(current);
    const goal = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (goal === undefined || !all[goal]) return;
    event.preventDefault();
    all.forEach((node, index) => node.setAttribute("tabindex", index === goal ? "0" : "-1"));
    all[goal].focus();
  }
}

// Moves nodes only where the order differs, so that untouched ones keep focus and selection.
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] || null);
  });
}

/** Names a control by its message, block and action, to find it again after a new drawing. */
export function whereabouts(node) {
  return {
    ts: node.closest("[data-ts]")?.dataset.ts, block: node.closest("[data-block-id]")?.dataset.blockId,
    action: node.closest("[data-action-id]")?.dataset.actionId,
  };
}

/** Focuses the control that `whereabouts` named, or its message. */
export function refocus(root, { ts, block, action }) {
  const message = ts ? root.querySelector(`[data-ts="${CSS.escape(ts)}"]`) : root;
  const area = block ? message?.querySelector(`[data-block-id="${CSS.escape(block)}"]`) : message;
  const named = action ? area?.querySelector(`[data-action-id="${CSS.escape(action)}"]`) : null;
  const control = named?.matches("button, input, textarea, a") ? named : named?.querySelector("button, input, textarea, a");
  (control || message)?.focus();
}
