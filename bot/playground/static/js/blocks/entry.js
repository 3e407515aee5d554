// Fields to type into: text, numbers, addresses, dates and times, files.

import { upload } from "../actions.js";
import { ApiError } from "../api.js";
import { el } from "../dom.js";
import { me } from "../store.js";
import { fromField, toField } from "../time.js";
import { changed } from "./act.js";

/** Attributes that tie a control to its label, hint and error. */
export function described(element, at) {
  return {
    id: at.field?.controlId, "aria-labelledby": at.field?.labelId, "aria-describedby": at.field?.describedBy,
    "aria-label": at.field ? null : element.placeholder?.text || element.action_id || "Field",
    "aria-required": at.field && !at.field.optional ? "true" : null,
  };
}

const REQUIRED = "Please complete this required field.";

/** The sentence for a missing entry, or null. */
export const missing = (empty, at) => (empty && at.field && !at.field.optional ? REQUIRED : null);

// One text-like control: registers its value, dispatches on Enter or on each character as the element asks.
function typed(element, at, control, type, check) {
  const { values } = at.context;
  const earlier = values.earlier(at.blockId, element.action_id, type);
  control.value = (earlier ? earlier.value : element.initial_value) ?? "";
  if (element.focus_on_load) control.setAttribute("autofocus", "");
  const read = () => ({ type, value: control.value === "" ? null : control.value });
  values.add(at.blockId, element.action_id, { read, check: () => missing(control.value === "", at) || (control.value === "" ? null : check(control.value)) });
  const triggers = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const tell = () => changed(element, at, { value: control.value }, null);
  if (!at.field || at.field.dispatch) {
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || !triggers.includes("on_enter_pressed")) return;
      event.preventDefault();
      tell();
    });
    let timer = null;
    control.addEventListener("input", () => {
      if (!triggers.includes("on_character_entered")) return;
      clearTimeout(timer);
      timer = setTimeout(tell, 300);
    });
  }
  return control;
}

const count = (text) => [...text].length;

export function textInput(element, at) {
  const attributes = { class: "entry", dir: "auto", placeholder: element.placeholder?.text, ...described(element, at) };
  const control = element.multiline ? el("textarea", { ...attributes, rows: "4" }) : el("input", { ...attributes, type: "text", autocomplete: "off" });
  typed(element, at, control, "plain_text_input", (text) => {
    if (element.max_length && count(text) > element.max_length) return `Please use ${element.max_length} characters or fewer.`;
    if (element.min_length && count(text) < element.min_length) return `Please use at least ${element.min_length} characters.`;
    return null;
  });
  if (!element.max_length) return control;
  const left = el("span", { class: "count", "aria-hidden": "true" });
  const show = () => {
    const rest = element.max_length - count(control.value);
    left.textContent = String(rest);
    left.classList.toggle("over", rest < 0);
    left.hidden = rest > 100 && rest > element.max_length / 5;
  };
  control.addEventListener("input", show);
  show();
  return el("div", { class: "counted" }, control, left);
}

export function numberInput(element, at) {
  const control = el("input", { class: "entry", type: "text", inputmode: element.is_decimal_allowed ? "decimal" : "numeric", autocomplete: "off", placeholder: element.placeholder?.text, ...described(element, at) });
  return typed(element, at, control, "number_input", (text) => {
    if (!/^-?\d+([.]\d+)?$/.test(text.trim())) return "Please enter a number.";
    const number = Number(text);
    if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
    if (element.min_value !== undefined && number < Number(element.min_value)) return `Please enter ${element.min_value} or more.`;
    if (element.max_value !== undefined && number > Number(element.max_value)) return `Please enter ${element.max_value} or less.`;
    return null;
  });
}

export function emailInput(element, at) {
  const control = el("input", { class: "entry", type: "email", autocomplete: "off", placeholder: element.placeholder?.text, ...described(element, at) });
  return typed(element, at, control, "email_text_input", (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "Please enter a valid email address."));
}

export function urlInput(element, at) {
  const control = el("input", { class: "entry", type: "url", autocomplete: "off", placeholder: element.placeholder?.text, ...described(element, at) });
  return typed(element, at, control, "url_text_input", (text) => (/^https?:\/\/[^\s/]+/.test(text) ? null : "Please enter an address that starts with https:// or http://."));
}

// One native date or time control. `toValue` and `fromValue` translate between the control and Slack's value.
function picked(element, at, { kind, type, key, initial, extra = {}, toValue = (text) => text || null, fromValue = (value) => value }) {
  const { values } = at.context;
  const control = el("input", { class: "entry", type: kind, ...described(element, at) });
  const earlier = values.earlier(at.blockId, element.action_id, type);
  const first = earlier ? earlier[key] : initial;
  control.value = first === undefined || first === null ? "" : fromValue(first);
  if (element.focus_on_load) control.setAttribute("autofocus", "");
  const read = () => ({ type, [key]: toValue(control.value), ...extra });
  values.add(at.blockId, element.action_id, {
    read,
    check: () => (control.validity.badInput ? "Please complete this entry." : missing(control.value === "", at)),
  });
  let told = control.value;
  control.addEventListener("change", () => {
    if (control.value === told) return;
    told = control.value;
    const { type: _, ...action } = read();
    changed(element, at, action, null);
  });
  return control;
}

export const datePicker = (element, at) =>
  picked(element, at, { kind: "date", type: "datepicker", key: "selected_date", initial: element.initial_date });

export function timePicker(element, at) {
  const extra = element.timezone ? { timezone: element.timezone } : {};
  return picked(element, at, { kind: "time", type: "timepicker", key: "selected_time", initial: element.initial_time, extra });
}

export function dateTimePicker(element, at) {
  const zone = me().tz;
  return picked(element, at, {
    kind: "datetime-local", type: "datetimepicker", key: "selected_date_time", initial: element.initial_date_time,
    toValue: (text) => {
      const moment = fromField(text, zone);
      return moment === null ? null : Math.floor(moment / 1000);
    },
    fromValue: (seconds) => toField(seconds * 1000, zone),
  });
}

/** Files are uploaded as they are chosen; the form then holds what the workspace knows of them. */
export function fileInput(element, at) {
  const { values } = at.context;
  const endings = (element.filetypes || []).map((ending) => `.${ending}`);
  const most = element.max_files || 10;
  let files = values.earlier(at.blockId, element.action_id, "file_input")?.files || [];
  let trouble = null;
  const control = el("input", { class: "file-input", type: "file", multiple: most > 1, accept: endings.join(",") || null, ...described(element, at) });
  const named = () => (files.length ? `Uploaded: ${files.map((one) => one.name).join(", ")}` : "");
  const said = el("p", { class: "note", "aria-live": "polite" }, named());
  values.add(at.blockId, element.action_id, {
    read: () => ({ type: "file_input", files }),
    check: () => trouble || missing(files.length === 0, at),
  });
  control.addEventListener("change", async () => {
    const chosen = [...control.files];
    files = [];
    trouble = "The file is still being uploaded.";
    if (chosen.length > most) trouble = `Choose at most ${most}.`;
    else if (endings.length && chosen.some((one) => !endings.some((ending) => one.name.toLowerCase().endsWith(ending)))) trouble = `Choose a file that ends in ${endings.join(" or ")}.`;
    else {
      try {
        files = await Promise.all(chosen.map(upload));
        trouble = null;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        trouble = error.message;
      }
    }
    said.textContent = trouble || named();
  });
  return el("div", { class: "file-box" }, control, said);
}
