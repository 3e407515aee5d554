// From a control on the page to the bot.

import { confirmed } from "./confirm.js";

/** Tells the bot about an action, after the confirm dialog. `control` is busy and inert until the answer is there. */
export async function act(element, at, action, control) {
  if (control?.getAttribute("aria-busy") === "true" || !(await confirmed(element.confirm))) return false;
  control?.setAttribute("aria-busy", "true");
  try {
    await at.context.press(at.blockId, element.action_id, action);
  } finally {
    control?.removeAttribute("aria-busy");
  }
  return true;
}

/** Tells the bot about a field's new value, if this field is one that dispatches. */
export function changed(element, at, action, control) {
  return at.field && !at.field.dispatch ? Promise.resolve(true) : act(element, at, action, control);
}
