// The field to write in: Enter sends, Shift+Enter breaks the line, arrow up recalls, / @ # complete.

import { command, notice, say, share } from "./actions.js";
import { commandOf, complete } from "./completion.js";
import { el, icon, uniqueId } from "./dom.js";
import { Listbox } from "./listbox.js";

const recalled = new Map(); // person -> texts sent, oldest first

export class Composer {
  /** `thread()` gives the ts of the thread it writes to, or null. `who()` names the drawer for drafts and recall. */
  constructor({ thread = () => null, who, testid }) {
    Object.assign(this, { thread, who, drafts: new Map(), at: -1, offer: { options: [] }, place: null });
    const hint = uniqueId("usage");
    this.hint = el("div", { id: hint, class: "usage", "aria-live": "polite", hidden: true });
    this.field = el("textarea", {
      class: "composer-field", rows: "1", dir: "auto", testid: `${testid}composer`, role: "combobox", "aria-autocomplete": "list",
      "aria-haspopup": "listbox", "aria-describedby": hint, autocomplete: "off", spellcheck: "true", disabled: true,
    });
    this.send = el("button", { type: "submit", class: "send", testid: `${testid}send`, "aria-label": "Send", disabled: true }, icon("send"));
    this.file = el("input", { type: "file", class: "visually-hidden", testid: `${testid}file`, on: { change: () => this.attach() } });
    const attach = el("label", { class: "attach", title: "Share a file" }, icon("attach"), el("span", { class: "visually-hidden" }, "Share a file"), this.file);
    this.box = el("div", { class: "composer-box" }, attach, this.field, this.send);
    this.list = new Listbox({ owner: this.field, anchor: this.box, label: "Suggestions", testid: `${testid}suggestions`, onChoose: (option) => this.choose(option) });
    this.node = el("form", { class: "composer", "aria-label": "Write", on: { submit: (event) => (event.preventDefault(), this.submit()) } }, this.hint, this.box, this.list.node);
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("click", () => this.suggest());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.list.hide());
  }

  /** Turns to another conversation: its draft comes back. */
  show(place, label) {
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
    this.field.disabled = false;
    if (place === this.place) return;
    if (this.place) this.drafts.set(this.place, this.field.value);
    this.place = place;
    this.at = -1;
    this.put(this.drafts.get(place) || "");
    this.list.hide();
  }

  /** Takes nothing until the next conversation is known: what was typed would go to no channel. */
  wait() {
    this.field.disabled = true;
  }

  put(text) {
    this.field.value = text;
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 200)}px`;
    this.send.disabled = !this.field.value.trim();
    const known = this.thread() ? undefined : commandOf(this.field.value);
    this.hint.hidden = !known;
    this.hint.textContent = known ? `${known.command} ${known.usage_hint || ""} ${known.description ? `– ${known.description}` : ""}` : "";
  }

  changed() {
    this.at = -1;
    this.grow();
    this.suggest();
  }

  suggest() {
    this.offer = complete(this.field.value, this.field.selectionStart, { commands: !this.thread() });
    if (this.offer.options.length) this.list.show(this.offer.options);
    else this.list.hide();
  }

  choose(option) {
    const { from, to } = this.offer;
    const text = this.field.value;
    this.put(text.slice(0, from) + option.insert + text.slice(to));
    const caret = from + option.insert.length;
    this.field.setSelectionRange(caret, caret);
    this.list.hide();
    this.field.focus();
  }

  key(event) {
    if (event.isComposing) return;
    // What is typed in full is sent by Enter at once; a choice would only add a space.
    const typed = this.field.value.slice(this.offer.from, this.offer.to);
    const only = this.list.open && event.key === "Enter" && this.list.options[this.list.active]?.insert.trim() === typed;
    if (!only && this.list.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      this.recall(event);
    }
  }

  recall(event) {
    const texts = recalled.get(this.who()) || [];
    const recalling = this.at >= 0;
    if (!texts.length || (this.field.value && !recalling)) return;
    if (event.key === "ArrowDown" && !recalling) return;
    this.at = event.key === "ArrowUp" ? Math.min(this.at + 1, texts.length - 1) : this.at - 1;
    event.preventDefault();
    this.put(this.at < 0 ? "" : texts[texts.length - 1 - this.at]);
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  async attach() {
    const [file] = this.file.files;
    const text = this.field.value.trim();
    this.file.value = "";
    if (!file) return;
    this.put("");
    await share(file, text);
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.list.hide();
    this.at = -1;
    this.put("");
    this.drafts.delete(this.place);
    recalled.set(this.who(), [...(recalled.get(this.who()) || []), text].slice(-50));
    const match = /^(\/[a-z0-9_-]+)(?:\s+([\s\S]*))?$/i.exec(text);
    this.node.classList.add("busy");
    try {
      if (match && this.thread()) notice(`${match[1]} is not possible in a thread. Use it in the channel.`);
      else if (match) await command(match[1].toLowerCase(), match[2] || "");
      else await say(text, this.thread());
    } finally {
      this.node.classList.remove("busy");
    }
  }
}
