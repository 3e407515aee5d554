// Radio buttons and checkboxes.

import { el, uniqueId } from "../dom.js";
import { changed } from "./act.js";
import { described, missing } from "./entry.js";
import { textNodes } from "./texts.js";

export const radioButtons = (element, at) => choices(element, at, "radio");

export const checkboxes = (element, at) => choices(element, at, "checkbox");

function choices(element, at, kind) {
  const radio = kind === "radio";
  const type = radio ? "radio_buttons" : "checkboxes";
  const key = radio ? "selected_option" : "selected_options";
  const { values } = at.context;
  const earlier = values.earlier(at.blockId, element.action_id, type);
  const first = earlier ? earlier[key] : radio ? element.initial_option : element.initial_options;
  const chosen = new Set([first ?? []].flat().map((option) => option.value));
  const group = uniqueId(kind);
  const controls = element.options.map((option) => {
    const control = el("input", { type: kind, name: group, value: option.value });
    control.checked = chosen.has(option.value);
    return control;
  });
  const selected = () => element.options.filter((_, index) => controls[index].checked);
  const value = () => (radio ? { selected_option: selected()[0] || null } : { selected_options: selected() });
  values.add(at.blockId, element.action_id, { read: () => ({ type, ...value() }), check: () => missing(selected().length === 0, at) });
  for (const control of controls) control.addEventListener("change", () => changed(element, at, value(), null));
  const attributes = described(element, at);
  // A group of checkboxes has no aria-required of its own.
  if (!radio) delete attributes["aria-required"];
  return el("div", { class: "choices", role: radio ? "radiogroup" : "group", ...attributes },
    element.options.map((option, index) => el("label", { class: "choice" }, controls[index],
      el("span", { class: "choice-text" },
        el("span", { class: "text", dir: "auto" }, textNodes(option.text)),
        option.description ? el("span", { class: "note", dir: "auto" }, textNodes(option.description)) : null))));
}
