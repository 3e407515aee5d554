// Cards, carousels, containers and alerts.

import { el, icon } from "../dom.js";
import { renderElement } from "./elements.js";
import { richText } from "./rich_text.js";
import { picture, textIn, textNodes } from "./texts.js";

export function alert(block) {
  const level = ["info", "warning", "error", "success"].includes(block.level) ? block.level : "default";
  return el("div", { class: `alert alert-${level}`, role: level === "error" ? "alert" : "status" }, textIn("div", "text", block.text));
}

export function card(block, at) {
  return el("article", { class: "card" },
    block.hero_image ? picture(block.hero_image, "card-hero") : null,
    el("div", { class: "card-head" },
      block.icon ? picture(block.icon, "card-icon") : null,
      el("div", { class: "card-titles" },
        block.title ? textIn("div", "card-title", block.title) : null,
        block.subtitle ? textIn("div", "card-subtitle", block.subtitle) : null)),
    block.body ? textIn("div", "text", block.body) : null,
    block.subtext ? textIn("div", "card-subtext", block.subtext) : null,
    block.actions?.length ? el("div", { class: "card-actions" }, block.actions.map((element) => renderElement(element, at))) : null);
}

export function carousel(block, at) {
  const track = el("div", { class: "carousel-track", role: "group", "aria-label": "Cards", tabindex: "0" },
    at.renderBlocks(block.elements, at.context));
  const step = (direction) => () => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    track.scrollBy({ left: direction * Math.max(200, track.clientWidth * 0.8), behavior: calm ? "auto" : "smooth" });
  };
  const arrow = (direction, label) =>
    el("button", { type: "button", class: `button icon-button carousel-${direction < 0 ? "back" : "next"}`, "aria-label": label, on: { click: step(direction) } }, icon("chevron"));
  return el("div", { class: "carousel" }, track,
    block.elements.length > 1 ? el("div", { class: "carousel-steps" }, arrow(-1, "Earlier cards"), arrow(1, "Later cards")) : null);
}

export function container(block, at) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : el("span", { class: "container-title", dir: "auto" }, textNodes(block.title));
  const head = [
    block.icon ? picture(block.icon, "card-icon") : null,
    el("span", { class: "container-head" }, title, block.subtitle ? textIn("span", "card-subtitle", block.subtitle) : null),
  ];
  const children = el("div", { class: "container-body" }, at.renderBlocks(block.child_blocks || block.blocks || block.elements, at.context));
  const width = ["narrow", "wide", "full"].includes(block.width) ? block.width : "standard";
  if (block.is_collapsible) {
    return el("details", { class: `container container-${width}`, open: !block.default_collapsed }, el("summary", {}, head), children);
  }
  return el("section", { class: `container container-${width}${block.has_header_divider ? " ruled" : ""}` }, el("div", { class: "container-top" }, head), children);
}
