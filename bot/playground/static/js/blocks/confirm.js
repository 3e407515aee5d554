// The confirm object: a small dialog before an action is sent.

import { el, uniqueId } from "../dom.js";
import { textNodes } from "./texts.js";

/** Asks; resolves to true when the person agrees. Without a confirm object it agrees at once. */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const title = uniqueId("confirm");
    const text = uniqueId("confirm");
    const dialog = el("dialog", { class: "dialog confirm", role: "alertdialog", testid: "confirm", "aria-labelledby": title, "aria-describedby": text },
      el("h2", { id: title, dir: "auto" }, textNodes(confirm.title) || "Are you sure?"),
      el("div", { id: text, class: "text", dir: "auto" }, textNodes(confirm.text)),
      el("div", { class: "dialog-buttons" },
        el("button", { type: "button", class: "button", testid: "confirm-no", on: { click: () => dialog.close("no") } }, textNodes(confirm.deny), confirm.deny ? null : "Cancel"),
        el("button", { type: "button", testid: "confirm-yes", class: `button ${confirm.style === "danger" ? "danger" : "primary"}`, on: { click: () => dialog.close("yes") } }, textNodes(confirm.confirm), confirm.confirm ? null : "Yes")));
    const before = document.activeElement;
    // Escape closes this dialog only, not the modal under it.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
