// The markdown block: headings, lists, quotes, code, rules, simple tables and inline marks.

import { el, outsideLink } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { broadcastPill, channelPill, userPill } from "./mrkdwn.js";

const TOKENS =
  /(`+)([^`]+)\1|\*\*(?=\S)(.+?)\*\*|__(?=\S)(.+?)__|~~(?=\S)(.+?)~~|(?<![\w*])\*(?=\S)([^*]+?)\*(?!\w)|(?<![\w_])_(?=\S)([^_]+?)_(?!\w)|!?\[([^\]]*)\]\(([^()\s]+)\)|<([@#!][^<>\s]+)>|<?(https?:\/\/[^\s<>]+)>?|\\([\\`*_{}[\]()#+\-.!~>|])/g;

/** Nodes of a Markdown text. */
export function markdown(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const nodes = [];
  let at = 0;
  const take = (matches) => {
    const run = [];
    while (at < lines.length && matches(lines[at])) run.push(lines[at++]);
    return run;
  };
  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (/^\s*$/.test(line)) at += 1;
    else if (/^\s*```/.test(line)) {
      at += 1;
      const body = take((one) => !/^\s*```/.test(one));
      at += 1;
      nodes.push(el("pre", { tabindex: "0", dir: "auto" }, body.join("\n")));
    } else if (heading) {
      at += 1;
      nodes.push(el(heading[1].length < 3 ? "h3" : "h4", { dir: "auto" }, marks(heading[2])));
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      at += 1;
      nodes.push(el("hr"));
    } else if (/^\s*>/.test(line)) {
      nodes.push(el("blockquote", { dir: "auto" }, markdown(take((one) => /^\s*>/.test(one)).map((one) => one.replace(/^\s*>\s?/, "")).join("\n"))));
    } else if (isItem(line)) {
      nodes.push(list(take((one) => isItem(one) || /^\s{2,}\S/.test(one))));
    } else if (/^\s*\|.*\|/.test(line) && /^\s*\|[\s:|-]+\|\s*$/.test(lines[at + 1] || "")) {
      nodes.push(table(take((one) => /^\s*\|/.test(one))));
    } else {
      nodes.push(el("p", { dir: "auto" }, marks(take((one) => one.trim() && !/^(#{1,6}\s|\s*>|\s*```)/.test(one) && !isItem(one)).join("\n"))));
    }
  }
  return nodes;
}

const isItem = (line) => /^\s*([-*+]|\d+[.)])\s+/.test(line);

function list(lines) {
  const depth = (line) => /^\s*/.exec(line)[0].length;
  const base = depth(lines[0]);
  const node = el(/^\s*\d/.test(lines[0]) ? "ol" : "ul", {});
  const first = /^\s*(\d+)/.exec(lines[0]);
  if (first && first[1] !== "1") node.setAttribute("start", first[1]);
  let at = 0;
  while (at < lines.length) {
    const text = lines[at].replace(/^\s*([-*+]|\d+[.)])?\s+/, "");
    const box = /^\[([ xX])\]\s+(.*)$/.exec(text);
    const entry = el("li", { dir: "auto" }, box ? [box[1] === " " ? "☐ " : "☑ ", marks(box[2])] : marks(text));
    at += 1;
    const nested = [];
    while (at < lines.length && depth(lines[at]) > base) nested.push(lines[at++]);
    if (nested.length) entry.append(...(isItem(nested[0]) ? [list(nested)] : [" ", ...marks(nested.map((one) => one.trim()).join("\n"))]));
    node.append(entry);
  }
  return node;
}

function table(lines) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const [head, , ...rows] = lines.map(cells);
  return el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    el("table", {},
      el("thead", {}, el("tr", {}, head.map((cell) => el("th", { scope: "col", dir: "auto" }, marks(cell))))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", { dir: "auto" }, marks(cell))))))));
}

function marks(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, , code, bold, strong, strike, star, under, label, address, mention, bare, escaped] = match;
    if (match.index > last) nodes.push(withEmoji(text.slice(last, match.index)));
    last = match.index + whole.length;
    const italic = star ?? under;
    const heavy = bold ?? strong;
    nodes.push(
      code !== undefined ? el("code", {}, code)
      : heavy !== undefined ? el("strong", {}, marks(heavy))
      : strike !== undefined ? el("s", {}, marks(strike))
      : italic !== undefined ? el("em", {}, marks(italic))
      : label !== undefined ? outsideLink(address, label || address)
      : mention !== undefined ? mentionNode(mention)
      : bare !== undefined ? outsideLink(bare)
      : escaped,
    );
  }
  if (last < text.length) nodes.push(withEmoji(text.slice(last)));
  return nodes;
}

function mentionNode(mention) {
  const [id, label] = mention.slice(1).split("|");
  return { "@": userPill, "#": channelPill, "!": broadcastPill }[mention[0]](id, label);
}
