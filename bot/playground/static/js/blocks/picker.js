// A field that chooses one or several entries of a list: types to filter, arrows, Enter, Escape.

import { el, fill, icon } from "../dom.js";
import { Listbox } from "../listbox.js";

/**
 * `entries(query)`: promise of [{key, label, note?, group?, value}]. `chosen`: entries selected at first.
 * `onChange(chosen)`. `most`: limit of a multi-choice. Returns {node, control, chosen()}.
 */
export function picker({ entries, chosen, multi, placeholder, attributes, most = Infinity, clearable, onChange }) {
  let picked = [...chosen];
  let asked = 0;
  const control = el("input", {
    class: "picker-text", type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", dir: "auto",
    "aria-haspopup": "listbox", ...attributes,
  });
  const chips = el("span", { class: "chips" });
  const box = el("div", { class: `picker entry${multi ? " picker-multi" : ""}` }, chips, control, icon("chevron"));
  const list = new Listbox({ owner: control, anchor: box, label: placeholder || "Options", multi, onChoose: (option) => choose(option.entry) });
  const node = el("div", { class: "picker-wrap" }, box, list.node);

  const isPicked = (entry) => picked.some((one) => one.key === entry.key);

  const show = () => {
    if (multi) {
      fill(chips, picked.map((entry) => el("span", { class: "chip" }, el("span", { class: "chip-label", dir: "auto" }, entry.label),
        el("button", { type: "button", "aria-label": `Remove ${entry.label}`, on: { click: () => change(picked.filter((one) => one.key !== entry.key)) } }, icon("close")))));
      control.value = "";
    } else {
      control.value = picked[0]?.label || "";
    }
    control.placeholder = picked.length ? "" : placeholder || (multi ? "Choose any" : "Choose one");
  };

  const change = (next) => {
    picked = next;
    show();
    // An input block clears its error at this event, as it does for native controls.
    control.dispatchEvent(new Event("change", { bubbles: true }));
    onChange(picked);
  };

  const choose = (entry) => {
    if (multi) {
      if (isPicked(entry)) change(picked.filter((one) => one.key !== entry.key));
      else if (picked.length < most) change([...picked, entry]);
      control.focus();
      open("");
    } else {
      list.hide();
      change([entry]);
    }
  };

  const open = async (query) => {
    asked += 1;
    const mine = asked;
    const found = await entries(query);
    // A slower, earlier answer must not replace a newer one, nor open a list the person has left.
    if (mine !== asked || document.activeElement !== control) return;
    const options = found.map((entry) => ({
      entry, label: entry.label, group: entry.group, selected: isPicked(entry),
      content: [el("span", { class: "option-label", dir: "auto" }, entry.label), entry.note ? el("span", { class: "option-note", dir: "auto" }, entry.note) : null],
    }));
    list.show(options, { active: Math.max(0, options.findIndex((option) => !multi && option.selected)) });
  };

  box.addEventListener("click", (event) => {
    if (event.target.closest("button, .listbox")) return;
    control.focus();
    if (list.open) return;
    control.select();
    open("");
  });
  control.addEventListener("input", () => open(control.value));
  control.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return list.hide();
    if (list.key(event)) return undefined;
    if (["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
      event.preventDefault();
      open("");
    } else if (event.key === "Backspace" && multi && control.value === "" && picked.length) {
      change(picked.slice(0, -1));
    }
    return undefined;
  });
  control.addEventListener("blur", () => {
    asked += 1;
    list.hide();
    if (!multi && clearable && control.value === "" && picked.length) change([]);
    else show();
  });
  show();
  return { node, control, chosen: () => picked };
}
