// Block elements: buttons, menus, and the register of fields.

import { el, icon, safeAddress, uniqueId } from "../dom.js";
import { hide, place } from "../listbox.js";
import { act } from "./act.js";
import { dateTimePicker, datePicker, emailInput, fileInput, numberInput, textInput, timePicker, urlInput } from "./entry.js";
import { checkboxes, radioButtons } from "./choice.js";
import { selectElements } from "./selects.js";
import { picture, textNodes } from "./texts.js";
import { unknownBox } from "./unknown.js";

const ELEMENTS = {
  button, overflow, checkboxes,
  radio_buttons: radioButtons, datepicker: datePicker, timepicker: timePicker, datetimepicker: dateTimePicker,
  plain_text_input: textInput, number_input: numberInput, email_text_input: emailInput, url_text_input: urlInput,
  file_input: fileInput, feedback_buttons: feedbackButtons, icon_button: iconButton,
  image: (element) => picture(element, "accessory-image"),
  ...selectElements,
};

/**
 * An element's node. `at`: {context, blockId, field?}; `field` (input blocks only): {labelId, describedBy, optional,
 * dispatch}. Outside input blocks every change is told to the bot at once.
 */
export function renderElement(element, at) {
  const render = Object.hasOwn(ELEMENTS, element?.type) ? ELEMENTS[element.type] : null;
  if (!render) return unknownBox("element", element);
  const node = render(element, at);
  node.dataset.actionId = element.action_id || "";
  return node;
}

function button(element, at) {
  const style = ["primary", "danger"].includes(element.style) ? ` ${element.style}` : "";
  const label = { class: `button${style}`, "aria-label": element.accessibility_label || null };
  const action = element.value === undefined ? {} : { value: element.value };
  const address = element.url ? safeAddress(element.url) : null;
  if (address) {
    const link = el("a", { ...label, href: address, target: "_blank", rel: "noopener noreferrer" }, textNodes(element.text));
    link.addEventListener("click", async (event) => {
      if (!element.confirm) return void act(element, at, action, link);
      event.preventDefault();
      if (await act(element, at, action, link)) window.open(address, "_blank", "noopener");
    });
    return link;
  }
  const node = el("button", { type: "button", ...label }, textNodes(element.text));
  node.addEventListener("click", () => act(element, at, action, node));
  return node;
}

function overflow(element, at) {
  const opener = el("button", { type: "button", class: "button icon-button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": "More actions" }, icon("more"));
  const menu = el("div", { class: "listbox menu", role: "menu", popover: "auto", id: uniqueId("menu"), "aria-label": "More actions" },
    element.options.map((option) => {
      const entry = el(option.url && safeAddress(option.url) ? "a" : "button", { class: "option", role: "menuitem", tabindex: "-1" },
        el("span", { class: "option-label", dir: "auto" }, textNodes(option.text)),
        option.description ? el("span", { class: "option-note", dir: "auto" }, textNodes(option.description)) : null);
      if (entry.tagName === "A") Object.assign(entry, { href: safeAddress(option.url), target: "_blank", rel: "noopener noreferrer" });
      else entry.type = "button";
      entry.addEventListener("click", () => {
        hide(menu);
        opener.focus();
        act(element, at, { selected_option: option }, opener);
      });
      return entry;
    }));
  const wrapper = el("div", { class: "overflow" }, opener, menu);
  // The press that closes an open menu must not open it again with its click.
  let closedAt = -Infinity;
  menu.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    opener.setAttribute("aria-expanded", String(open));
    if (!open) closedAt = performance.now();
  });
  opener.addEventListener("click", () => {
    if (performance.now() - closedAt < 200) return;
    place(menu, opener, { wide: false });
    menu.querySelector(".option")?.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const entries = [...menu.querySelectorAll(".option")];
    const now = entries.indexOf(document.activeElement);
    const goal = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") {
      hide(menu);
      opener.focus();
    }
    if (event.key !== "Escape" && goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (goal !== undefined) entries[(goal + entries.length) % entries.length].focus();
  });
  return wrapper;
}

function feedbackButtons(element, at) {
  return el("span", { class: "feedback" }, [element.positive_button, element.negative_button].filter(Boolean).map((one, index) => {
    const node = el("button", { type: "button", class: "button small", "aria-label": one.accessibility_label || null }, index ? "👎 " : "👍 ", textNodes(one.text));
    node.addEventListener("click", () => act(element, at, { value: one.value }, node));
    return node;
  }));
}

function iconButton(element, at) {
  const node = el("button", { type: "button", class: "button small", "aria-label": element.accessibility_label || null }, textNodes(element.text));
  node.addEventListener("click", () => act(element, at, { value: element.value }, node));
  return node;
}
