// A popup list of options with an active one. The field or button that owns it keeps the focus.

import { el, fill, uniqueId } from "./dom.js";

/** Puts a popup into the top layer beside its anchor, below it when there is room, else above. */
export function place(popup, anchor, { wide = true } = {}) {
  if (!popup.matches(":popover-open")) popup.showPopover();
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const up = below < 180 && above > below;
  popup.style.maxHeight = `${Math.max(96, Math.min(360, up ? above : below))}px`;
  popup.style.minWidth = wide ? `${Math.round(box.width)}px` : "";
  const width = popup.offsetWidth;
  popup.style.left = `${Math.round(Math.max(8, Math.min(box.left, window.innerWidth - width - 8)))}px`;
  popup.style.top = up ? "auto" : `${Math.round(box.bottom + 4)}px`;
  popup.style.bottom = up ? `${Math.round(window.innerHeight - box.top + 4)}px` : "auto";
}

/** Hides a popup made by `place`. */
export function hide(popup) {
  if (popup.isConnected && popup.matches(":popover-open")) popup.hidePopover();
}

/**
 * The list. `owner`: element with the focus (gets aria-expanded, aria-activedescendant), `anchor`: where to open,
 * `onChoose(option)`. Options: {label, content?: nodes, group?, selected?, testid?, value}.
 */
export class Listbox {
  constructor({ owner, anchor, label, onChoose, multi = false, testid }) {
    Object.assign(this, { owner, anchor, onChoose, options: [], active: -1, open: false });
    this.node = el("div", {
      id: uniqueId("list"), class: "listbox", role: "listbox", popover: "manual", "aria-label": label, testid,
      "aria-multiselectable": multi ? "true" : null,
      // The owner must not lose the focus to a click in the list.
      on: { mousedown: (event) => event.preventDefault() },
    });
    owner.setAttribute("aria-controls", this.node.id);
    owner.setAttribute("aria-expanded", "false");
    this.reposition = () => place(this.node, this.anchor);
  }

  /** Opens the list with these options; `empty` is said when there are none. */
  show(options, { active = 0, empty = "Nothing found" } = {}) {
    this.options = options;
    this.active = options.length ? Math.min(active, options.length - 1) : -1;
    let group;
    const rows = [];
    this.rows = options.map((option, index) => {
      if (option.group && option.group !== group) rows.push(el("div", { class: "listbox-group", role: "presentation" }, option.group));
      group = option.group;
      const row = el("div", {
        id: `${this.node.id}-${index}`, class: "option", role: "option", testid: option.testid,
        "aria-selected": option.selected ? "true" : "false",
        on: { click: () => this.onChoose(option), mousemove: () => this.activate(index) },
      }, option.content || el("span", { class: "option-label", dir: "auto" }, option.label));
      rows.push(row);
      return row;
    });
    fill(this.node, rows.length ? rows : el("div", { class: "listbox-empty" }, empty));
    place(this.node, this.anchor);
    if (!this.open) {
      window.addEventListener("resize", this.reposition);
      document.addEventListener("scroll", this.follow, true);
    }
    this.open = true;
    this.owner.setAttribute("aria-expanded", "true");
    this.activate(this.active);
  }

  follow = (event) => {
    if (event.target !== this.node && this.owner.isConnected) this.reposition();
  };

  activate(index) {
    this.active = index;
    this.rows.forEach((row, at) => row.classList.toggle("active", at === index));
    const row = this.rows[index];
    if (row) {
      this.owner.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else {
      this.owner.removeAttribute("aria-activedescendant");
    }
  }

  hide() {
    if (!this.open) return;
    this.open = false;
    hide(this.node);
    window.removeEventListener("resize", this.reposition);
    document.removeEventListener("scroll", this.follow, true);
    this.owner.setAttribute("aria-expanded", "false");
    this.owner.removeAttribute("aria-activedescendant");
  }

  /** Keys of an open list; true when the key was used. */
  key(event) {
    if (!this.open || event.isComposing) return false;
    const last = this.options.length - 1;
    const moves = { ArrowDown: this.active >= last ? 0 : this.active + 1, ArrowUp: this.active <= 0 ? last : this.active - 1 };
    if (event.key in moves) this.activate(moves[event.key]);
    else if ((event.key === "Enter" || event.key === "Tab") && this.options[this.active] && !event.shiftKey) this.onChoose(this.options[this.active]);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
