// One message as a node.

import { options, press, notice } from "./actions.js";
import { renderBlocks } from "./blocks/index.js";
import { Values } from "./blocks/values.js";
import { el, icon, outsideLink } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { initials, me, person, store } from "./store.js";
import { clockTime, fullMoment, ofTs } from "./time.js";

/** A square with a person's initials, or the app's drawing. Decorative: the name stands beside it. */
export function avatar(id, className = "") {
  const who = person(id);
  const node = el("span", { class: `avatar ${className}${who.bot ? " avatar-app" : ""}`, "aria-hidden": "true" }, who.bot ? icon("bridge") : initials(who.name));
  if (who.color) {
    node.style.backgroundColor = who.color;
    node.classList.toggle("on-light", isLight(who.color));
  }
  return node;
}

function isLight(color) {
  const parts = /^#(..)(..)(..)$/.exec(color);
  if (!parts) return false;
  const [red, green, blue] = parts.slice(1).map((part) => Number.parseInt(part, 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 160;
}

export const author = (message) => message.user || store.boot.app.bot_user;

/** `follow`: the same author wrote just before; `inThread`: shown in the thread pane; `onThread(ts)` opens a thread. */
export function messageNode(message, { follow, inThread, onThread }) {
  const zone = me().tz;
  const at = ofTs(message.ts);
  const who = message.notice ? { name: "Playground", role: "page" } : person(author(message));
  const time = el("a", { class: "time", title: fullMoment(at, zone) }, el("time", { datetime: new Date(at).toISOString() }, clockTime(at, zone)));
  const root = message.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : message.ts;
  const canReply = onThread && !message.ephemeral;
  const classes = ["message", follow && "follow", message.ephemeral && "ephemeral", message.notice && "notice"].filter(Boolean).join(" ");
  return el("article", {
    class: classes, testid: "message", tabindex: "-1", data: { ts: message.ts }, "aria-label": `${who.name}, ${clockTime(at, zone)}`,
  },
    follow ? el("span", { class: "gutter" }, time) : message.notice ? el("span", { class: "avatar avatar-page", "aria-hidden": "true" }, "!") : avatar(author(message)),
    el("div", { class: "message-body" },
      follow ? null : el("div", { class: "message-head" },
        el("span", { class: "author", dir: "auto" }, who.name),
        who.bot ? el("span", { class: "badge" }, "App") : null, time),
      content(message),
      message.files?.length ? el("div", { class: "files" }, message.files.map(file)) : null,
      message.ephemeral ? el("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      message.reply_count && onThread
        ? el("button", { type: "button", class: "replies", testid: "replies", on: { click: () => onThread(message.ts) } },
          icon("reply"), `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`)
        : null,
      inThread || !message.thread_ts || root === message.ts || !onThread ? null
        : el("button", { type: "button", class: "replies", on: { click: () => onThread(root) } }, "Open the thread")),
    canReply ? el("div", { class: "message-tools" },
      el("button", { type: "button", class: "button icon-button", testid: "reply", "aria-label": "Reply in thread", title: "Reply in thread", on: { click: () => onThread(root) } }, icon("reply"))) : null);
}

function content(message) {
  const place = { message_ts: message.ts };
  const context = {
    surface: "message",
    values: new Values(),
    press: async (blockId, actionId, action) => {
      const problem = await press(place, blockId, actionId, action, context.values.collect());
      if (problem) notice(problem, message.thread_ts || null);
    },
    options: (blockId, actionId, query) => options({ ...place, channel: store.channel }, blockId, actionId, query),
  };
  const blocks = message.blocks?.length ? renderBlocks(message.blocks, context) : null;
  const attachments = (message.attachments || []).map((one) => attachment(one, context));
  return el("div", { class: "message-content" },
    blocks ? blocks : message.text ? el("div", { class: "text", dir: "auto" }, mrkdwn(message.text)) : null,
    attachments,
    message.edited ? el("span", { class: "edited" }, "(edited)") : null);
}

function attachment(one, context) {
  const node = el("div", { class: "attachment" },
    one.pretext ? el("div", { class: "text", dir: "auto" }, mrkdwn(one.pretext)) : null,
    one.blocks ? renderBlocks(one.blocks, context) : [
      one.title ? el("strong", { dir: "auto" }, one.title) : null,
      el("div", { class: "text", dir: "auto" }, mrkdwn(one.text || one.fallback || "")),
    ]);
  if (/^#?[0-9a-f]{6}$/i.test(one.color || "")) node.style.borderInlineStartColor = `#${one.color.replace("#", "")}`;
  return node;
}

const KINDS = { "text/html": "Web page", "text/markdown": "Markdown", "application/json": "JSON", "text/csv": "CSV", "image/png": "Picture" };
const SHOWN = new Set(["text/html", "image/png", "image/jpeg", "image/gif"]);

function weight(bytes) {
  if (!bytes) return "";
  return bytes < 10240 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

/** A shared file: what it is called, how large it is, a way to open and to save it; a picture is shown. */
function file(one) {
  const title = one.title || one.name || "File";
  const address = one.url_private || one.permalink || one.url;
  const absolute = address ? new URL(address, window.location.href).href : null;
  const image = absolute && (one.mimetype || "").startsWith("image/")
    ? el("img", { class: "file-image", src: absolute, alt: one.alt_txt || title, loading: "lazy" }) : null;
  image?.addEventListener("error", () => image.remove());
  return el("div", { class: "file", testid: "file" },
    icon("file"),
    el("span", { class: "file-text" },
      el("span", { class: "file-name", dir: "auto" }, title),
      el("span", { class: "note file-saved", dir: "auto", title: one.name || title }, one.name),
      el("span", { class: "note" }, [KINDS[one.mimetype] || one.filetype, weight(one.size)].filter(Boolean).join(", "))),
    absolute ? el("span", { class: "file-ways" },
      SHOWN.has(one.mimetype) ? outsideLink(absolute, "Open") : null,
      el("a", { href: absolute, download: one.name || "", "aria-label": `Download ${title}` }, "Download")) : null,
    image);
}
