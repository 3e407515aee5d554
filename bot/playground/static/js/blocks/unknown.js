// What this page cannot show.

import { el } from "../dom.js";

/** The grey box for what this page cannot show. */
export function unknownBox(kind, data) {
  return el("details", { class: "unknown", open: true, testid: "unknown-block" },
    el("summary", {}, `Unknown ${kind}: ${String(data?.type ?? "without a type")}`),
    el("pre", { tabindex: "0" }, JSON.stringify(data, null, 2)));
}
