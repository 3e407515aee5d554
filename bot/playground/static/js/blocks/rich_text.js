// The rich_text block: sections, nested lists, quotes and preformatted text.

import { el, outsideLink } from "../dom.js";
import { emoji } from "../emoji.js";
import { broadcastPill, channelPill, dateNode, userPill } from "../mrkdwn.js";

export function richText(block) {
  return el("div", { class: "rich-text" }, parts(block.elements || []));
}

function parts(elements) {
  const nodes = [];
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at];
    if (element.type === "rich_text_list") {
      const run = [];
      while (elements[at]?.type === "rich_text_list") run.push(elements[at++]);
      at -= 1;
      nodes.push(...lists(run));
    } else if (element.type === "rich_text_preformatted") {
      nodes.push(el("pre", { tabindex: "0", dir: "auto" }, inlines(element.elements)));
    } else if (element.type === "rich_text_quote") {
      nodes.push(el("blockquote", { dir: "auto" }, inlines(element.elements)));
    } else if (element.type === "rich_text_section") {
      nodes.push(el("div", { class: "text", dir: "auto" }, inlines(element.elements)));
    } else {
      nodes.push(unknown(element));
    }
  }
  return nodes;
}

// Slack sends nested lists flat, one after the other, each with its indent; a deeper one belongs to the last entry.
function lists(run) {
  const roots = [];
  const open = []; // lists from the outermost to the innermost
  for (const part of run) {
    const indent = part.indent || 0;
    const ordered = part.style === "ordered";
    while (open.length && open[open.length - 1].indent > indent) open.pop();
    let top = open[open.length - 1];
    if (!top || top.indent < indent || top.ordered !== ordered) {
      if (top && top.indent === indent) open.pop();
      const parent = open[open.length - 1]?.node.lastElementChild;
      const node = el(ordered ? "ol" : "ul", { data: { depth: String(indent % 3) } });
      if (ordered && part.offset) node.setAttribute("start", String(part.offset + 1));
      if (parent) parent.append(node);
      else roots.push(node);
      top = { node, indent, ordered };
      open.push(top);
    }
    for (const entry of part.elements) top.node.append(el("li", { dir: "auto" }, inlines(entry.elements)));
  }
  return roots;
}

/** Nodes of inline rich text elements. */
export function inlines(elements = []) {
  return elements.map(inline);
}

function inline(element) {
  const known = INLINE[element.type];
  return known ? styled(known(element), element.style) : unknown(element);
}

const INLINE = {
  text: (element) => element.text,
  link: (element) => outsideLink(element.url, element.text || element.url),
  user: (element) => userPill(element.user_id),
  usergroup: (element) => el("span", { class: "pill pill-inert" }, `@${element.usergroup_id}`),
  channel: (element) => channelPill(element.channel_id),
  broadcast: (element) => broadcastPill(element.range),
  emoji: (element) => emoji(element.name) || (element.unicode ? fromCodes(element.unicode) : `:${element.name}:`),
  date: (element) => dateNode(Number(element.timestamp), element.format || "", element.url, element.fallback),
  color: (element) => element.value,
};

const fromCodes = (codes) => String.fromCodePoint(...codes.split("-").map((code) => Number.parseInt(code, 16)));

function styled(node, style = {}) {
  let result = node;
  for (const [name, tag] of [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"], ["underline", "u"]]) {
    if (style[name]) result = el(tag, {}, result);
  }
  return result;
}

const unknown = (element) => el("code", { class: "unknown-inline" }, JSON.stringify(element));
