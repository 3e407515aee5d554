// Text objects and images, the parts every other block is made of.

import { el, safeAddress } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { mrkdwn } from "../mrkdwn.js";

/** Nodes of a text object. Only mrkdwn is parsed; plain_text stays as it is. */
export function textNodes(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text || "");
  return [object.emoji === false ? object.text : withEmoji(object.text || "")];
}

/** A text object in an element of this tag. */
export const textIn = (tag, className, object) => el(tag, { class: className, dir: "auto" }, textNodes(object));

/** An image with its alternative text; the text alone when the address is not http(s) or does not load. */
export function picture(source, className) {
  const address = safeAddress(source.image_url || source.slack_file?.url || "");
  const instead = () => el("span", { class: "image-missing", role: "img", "aria-label": source.alt_text || "Image" }, source.alt_text || "Image");
  if (!address || address.startsWith("mailto:")) return instead();
  const node = el("img", { class: className, src: address, alt: source.alt_text || "", loading: "lazy", referrerpolicy: "no-referrer" });
  node.addEventListener("error", () => node.replaceWith(instead()));
  return node;
}
