// The input block: label, one element, hint, and the place of its error.

import { el, uniqueId } from "../dom.js";
import { renderElement } from "./elements.js";
import { textNodes } from "./texts.js";

export function input(block, at) {
  const labelId = uniqueId("label");
  const errorId = uniqueId("error");
  const hintId = uniqueId("hint");
  const controlId = uniqueId("control");
  const error = el("div", { id: errorId, class: "field-error", role: "alert" });
  const hint = block.hint ? el("div", { id: hintId, class: "hint", dir: "auto" }, textNodes(block.hint)) : null;
  const field = {
    labelId, controlId, optional: Boolean(block.optional), dispatch: Boolean(block.dispatch_action),
    describedBy: hint ? hintId : undefined,
  };
  const control = renderElement(block.element, { ...at, field });
  const target = () => node.querySelector(`#${controlId}`) || control;
  const node = el("div", {},
    el("label", { id: labelId, for: controlId, dir: "auto" }, textNodes(block.label), field.optional ? el("span", { class: "optional" }, " (optional)") : null),
    control, hint, error);
  const describe = () => {
    const ids = [error.textContent ? errorId : null, hint ? hintId : null].filter(Boolean).join(" ");
    if (ids) target().setAttribute("aria-describedby", ids);
    else target().removeAttribute("aria-describedby");
  };
  const showError = (sentence) => {
    error.textContent = sentence || "";
    node.classList.toggle("invalid", Boolean(sentence));
    if (sentence) target().setAttribute("aria-invalid", "true");
    else target().removeAttribute("aria-invalid");
    describe();
  };
  node.addEventListener("input", () => error.textContent && showError(""));
  node.addEventListener("change", () => error.textContent && showError(""));
  at.context.fields?.set(at.blockId, {
    showError,
    focus: () => (target().matches("input, textarea, select, button") ? target() : target().querySelector("input, button") || target()).focus(),
  });
  return node;
}
