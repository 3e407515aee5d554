// What the composer offers while one types: commands, people, channels.

import { el } from "./dom.js";
import { avatar } from "./message.js";
import { channelOf, store } from "./store.js";

/** {options, from, to, hint} for a text and caret: what to offer, and the stretch a choice replaces. */
export function complete(text, caret, { commands }) {
  const before = text.slice(0, caret);
  const slash = /^\/[^\s]*$/.exec(before);
  if (slash && commands) return { options: commandOptions(slash[0]), from: 0, to: caret };
  const word = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!word) return { options: [] };
  const from = caret - word[2].length - 1;
  const wanted = word[2].toLowerCase();
  return { options: word[1] === "@" ? peopleOptions(wanted) : channelOptions(wanted), from, to: caret };
}

/** The known command a text begins with, when it is followed by a space. */
export function commandOf(text) {
  const match = /^(\/[^\s]+)\s/.exec(text);
  return match ? store.boot.commands.find((one) => one.command === match[1]) : undefined;
}

function commandOptions(typed) {
  return store.boot.commands.filter((one) => one.command.startsWith(typed.toLowerCase())).map((one) => ({
    label: one.command, insert: `${one.command} `, testid: `command-${one.command.slice(1)}`,
    content: [
      el("span", { class: "option-line" }, el("strong", {}, one.command), " ", el("span", { class: "option-hint" }, one.usage_hint || "")),
      el("span", { class: "option-note" }, one.description || ""),
    ],
  }));
}

function peopleOptions(wanted) {
  const members = store.boot.people.filter((one) => one.handle.startsWith(wanted) || one.name.toLowerCase().split(" ").some((part) => part.startsWith(wanted)));
  return members.map((one) => ({
    label: one.name, insert: `@${one.handle} `,
    content: el("span", { class: "option-person" }, avatar(one.id, "small"),
      el("span", {}, el("span", { class: "option-label", dir: "auto" }, one.name), el("span", { class: "option-note" }, `@${one.handle}, ${one.role}`))),
  }));
}

function channelOptions(wanted) {
  return store.state.channels
    .filter((one) => one.kind !== "im" && one.name.includes(wanted) && channelOf(one.id))
    .map((one) => ({ label: `#${one.name}`, insert: `#${one.name} ` }));
}
