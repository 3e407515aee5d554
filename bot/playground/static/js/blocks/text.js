// Blocks that show text and images, and the rows that hold elements.

import { el } from "../dom.js";
import { markdown } from "../markdown.js";
import { renderElement } from "./elements.js";
import { picture, textIn, textNodes } from "./texts.js";

export function section(block, at) {
  const body = el("div", { class: "section-body" });
  if (block.text) body.append(textIn("div", "text", block.text));
  if (block.fields) body.append(el("div", { class: "fields" }, block.fields.map((field) => textIn("div", "text field", field))));
  return el("div", {}, body, block.accessory ? el("div", { class: "accessory" }, renderElement(block.accessory, at)) : null);
}

export const header = (block) => el("h3", { dir: "auto" }, textNodes(block.text));

export function context(block) {
  return el("div", {}, block.elements.map((element) =>
    element.type === "image" ? picture(element, "context-image") : textIn("span", "text", element)));
}

export const actions = (block, at) =>
  el("div", { role: "group", "aria-label": "Actions" }, block.elements.map((element) => renderElement(element, at)));

export const contextActions = actions;

export const divider = () => el("hr");

export function image(block) {
  return el("figure", {},
    block.title ? el("figcaption", { dir: "auto" }, textNodes(block.title)) : null,
    picture(block, "image"));
}

export const markdownBlock = (block) => el("div", { class: "markdown" }, markdown(block.text || ""));
