// Slack's mrkdwn as DOM nodes. plain_text never comes here.

import { el, outsideLink } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelOf, conversationHash, me, person, playgroundNow, store } from "./store.js";
import { dateTokens, fullMoment } from "./time.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const decode = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

// A pair of marks counts only at the edges of words. Links and code inside a pair are passed over whole.
const pair = (mark) =>
  `(?<![\\p{L}\\p{N}${mark}])${mark}(?=[^\\s${mark}])((?:<[^<>\\n]+>|\`[^\`\\n]+\`|[^${mark}\\n])*?[^\\s${mark}])${mark}(?![\\p{L}\\p{N}${mark}])`;
const TOKENS = new RegExp(
  ["`([^`\\n]+)`", "<([^<>\\n]+)>", ":([a-z0-9_+-]+(?:::skin-tone-[2-6])?):", pair("\\*"), pair("_"), pair("~")].join("|"),
  "gu",
);

/** Nodes of a mrkdwn text: preformatted parts, quotes and lines. */
export function mrkdwn(text) {
  const nodes = [];
  const parts = text.split(/```\n?([\s\S]+?)\n?```\n?/);
  parts.forEach((part, index) => {
    if (index % 2) nodes.push(el("pre", { dir: "auto", tabindex: "0" }, code(part)));
    else if (part) nodes.push(...quotes(part));
  });
  return nodes;
}

function quotes(text) {
  const nodes = [];
  let run = [];
  let quoted = false;
  const flush = () => {
    if (run.length) nodes.push(quoted ? el("blockquote", { dir: "auto" }, inline(run.join("\n"))) : inline(run.join("\n")));
    run = [];
  };
  for (const line of text.split("\n")) {
    const match = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (Boolean(match) !== quoted) {
      flush();
      quoted = Boolean(match);
    }
    run.push(match ? match[1] : line);
  }
  flush();
  return nodes.flat();
}

/** Nodes of one stretch without blocks. Line ends stay; the page keeps them with white-space: pre-wrap. */
export function inline(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, fixed, angle, short, bold, italic, strike] = match;
    const node =
      fixed !== undefined ? el("code", {}, code(fixed))
      : angle !== undefined ? reference(angle)
      : short !== undefined ? emoji(short)
      : bold !== undefined ? el("strong", {}, inline(bold))
      : italic !== undefined ? el("em", {}, inline(italic))
      : el("s", {}, inline(strike));
    if (node === null) continue;
    if (match.index > last) nodes.push(decode(text.slice(last, match.index)));
    nodes.push(node);
    last = match.index + whole.length;
  }
  if (last < text.length) nodes.push(decode(text.slice(last)));
  return nodes;
}

// Inside code only the entities and the bare addresses of links mean something.
const code = (text) => decode(text.replace(/<(?:[^<>|\n]+\|)?([^<>\n]+)>/g, "$1"));

function reference(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : decode(inside.slice(bar + 1));
  if (target.startsWith("@")) return userPill(target.slice(1), label);
  if (target.startsWith("#")) return channelPill(target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  // An angle bracket that is no link stays what was written.
  return /^[a-z][a-z+.-]*:/i.test(target) ? outsideLink(decode(target), label || decode(target)) : decode(`<${inside}>`);
}

/** A mention of a person. */
export function userPill(id, label = "") {
  const known = person(id);
  const mine = id === store.as ? " pill-me" : "";
  return el("span", { class: `pill${mine}`, title: known.role, dir: "auto" }, `@${known.id === known.name ? label || id : known.name}`);
}

/** A mention of a channel; a link when the acting person can open it. */
export function channelPill(id, label = "") {
  const channel = channelOf(id);
  if (!channel) return el("span", { class: "pill" }, `#${label || id}`);
  return el("a", { class: "pill", href: conversationHash(id) }, `#${channel.name}`);
}

/** A group mention; inert, nobody is called. */
export const broadcastPill = (range) => el("span", { class: "pill pill-inert", title: "A group mention" }, `@${range}`);

function special(command, label) {
  const [name, ...rest] = command.split("^");
  if (name === "date") return dateNode(Number(rest[0]), rest[1] || "", rest[2], label);
  if (name === "subteam") return el("span", { class: "pill pill-inert" }, label || `@${rest[0] || "group"}`);
  return broadcastPill(label || name);
}

/** A moment in the acting person's zone; the fallback when it is not a number. */
export function dateNode(seconds, pattern, link, fallback) {
  if (!Number.isFinite(seconds)) return el("span", {}, fallback || "");
  const zone = me().tz;
  const text = pattern ? dateTokens(seconds, pattern, zone, playgroundNow()) : fullMoment(seconds * 1000, zone);
  const time = el("time", { datetime: new Date(seconds * 1000).toISOString(), title: fullMoment(seconds * 1000, zone) }, text);
  return link ? outsideLink(link, time) : time;
}
