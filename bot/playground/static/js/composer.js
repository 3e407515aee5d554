// The field to write in: Enter sends, Shift+Enter breaks the line, arrow up recalls, / @ # complete.

import { command, notice, say, upload } from "./actions.js";
import { ApiError } from "./api.js";
import { commandOf, complete } from "./completion.js";
import { el, icon, uniqueId } from "./dom.js";
import { Listbox } from "./listbox.js";

const recalled = new Map(); // person -> texts sent, oldest first

export class Composer {
  /** `thread()` gives the ts of the thread it writes to, or null. `who()` names the drawer for drafts and recall. */
  constructor({ thread = () => null, who, testid }) {
    Object.assign(this, { thread, who, drafts: new Map(), at: -1, offer: { options: [] }, place: null, files: [] });
    const hint = uniqueId("usage");
    this.hint = el("div", { id: hint, class: "usage", "aria-live": "polite", hidden: true });
    this.field = el("textarea", {
      class: "composer-field", rows: "1", dir: "auto", testid: `${testid}composer`, role: "combobox", "aria-autocomplete": "list",
      "aria-haspopup": "listbox", "aria-describedby": hint, autocomplete: "off", spellcheck: "true", disabled: true,
    });
    this.send = el("button", { type: "submit", class: "send", testid: `${testid}send`, "aria-label": "Send", disabled: true }, icon("send"));
    this.chooser = el("input", { type: "file", class: "file-chooser", testid: `${testid}file-chooser`, "aria-label": "File to share", tabindex: "-1", on: { change: () => this.attach() } });
    this.clip = el("button", { type: "button", class: "attach", testid: `${testid}attach`, "aria-label": "Share a file", on: { click: () => this.chooser.click() } }, icon("file"));
    this.attached = el("p", { class: "usage", "aria-live": "polite", testid: `${testid}attached`, hidden: true });
    this.box = el("div", { class: "composer-box" }, this.clip, this.chooser, this.field, this.send);
    this.list = new Listbox({ owner: this.field, anchor: this.box, label: "Suggestions", testid: `${testid}suggestions`, onChoose: (option) => this.choose(option) });
    this.node = el("form", { class: "composer", "aria-label": "Write", on: { submit: (event) => (event.preventDefault(), this.submit()) } }, this.hint, this.attached, this.box, this.list.node);
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
    this.hold([]);
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

  /** Uploads the chosen file at once; it is shared with the next message. */
  async attach() {
    const [chosen] = this.chooser.files;
    this.chooser.value = "";
    if (!chosen) return;
    this.hold([], `${chosen.name} is being uploaded …`);
    try {
      this.hold([await upload(chosen)]);
      this.field.focus();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.hold([], error.message);
    }
  }

  hold(files, note = files.length ? `Goes with your message: ${files.map((one) => one.name).join(", ")}` : "") {
    this.files = files;
    this.attached.hidden = !note;
    this.attached.textContent = note;
    this.grow();
  }

  put(text) {
    this.field.value = text;
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 200)}px`;
    this.send.disabled = !this.field.value.trim() && !this.files.length;
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

  async submit() {
    const text = this.field.value.trim();
    const files = this.files.map((one) => one.id);
    if (!text && !files.length) return;
    this.list.hide();
    this.at = -1;
    this.put("");
    this.drafts.delete(this.place);
    this.hold([]);
    recalled.set(this.who(), [...(recalled.get(this.who()) || []), text].slice(-50));
    const match = /^(\/[a-z0-9_-]+)(?:\s+([\s\S]*))?$/i.exec(text);
    this.node.classList.add("busy");
    try {
      if (match && this.thread()) notice(`${match[1]} is not possible in a thread. Use it in the channel.`);
      else if (match) await command(match[1].toLowerCase(), match[2] || "");
      else await say(text, this.thread(), files);
    } finally {
      this.node.classList.remove("busy");
    }
  }
}
