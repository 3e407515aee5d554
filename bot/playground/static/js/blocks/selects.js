// Select menus: fixed and external options, people, conversations and channels; single and multi.

import { person, channelTitle, store } from "../store.js";
import { changed } from "./act.js";
import { described, missing } from "./entry.js";
import { picker } from "./picker.js";
import { withEmoji } from "../emoji.js";

const ofOption = (option, group) => ({
  key: option.value, label: withEmoji(option.text.text), note: option.description?.text, group, value: option,
});
const ofPerson = (id) => ({ key: id, label: person(id).name, note: person(id).role, value: id });
const ofChannel = (id) => {
  const channel = store.state.channels.find((one) => one.id === id);
  const name = channel ? channelTitle(channel) : id;
  return { key: id, label: channel && channel.kind !== "im" ? `#${name}` : name, value: id };
};

const matches = (query) => {
  const wanted = query.trim().toLowerCase();
  return (entry) => `${entry.label} ${entry.note || ""}`.toLowerCase().includes(wanted);
};
const filtered = (all) => async (query) => all().filter(matches(query));

const flat = (element) =>
  element.option_groups
    ? element.option_groups.flatMap((group) => group.options.map((option) => ofOption(option, group.label.text)))
    : (element.options || []).map((option) => ofOption(option));

// Each kind: entries to choose from, the value's key in Slack's shape (plural for multi), the initial key, the entry of a value.
const KINDS = {
  static_select: { key: "selected_option", initial: "initial_option", of: (option) => ofOption(option), entries: (element) => filtered(() => flat(element)) },
  external_select: { key: "selected_option", initial: "initial_option", of: (option) => ofOption(option), entries: external },
  users_select: { key: "selected_user", initial: "initial_user", of: ofPerson, entries: () => filtered(() => store.boot.people.map((one) => ofPerson(one.id))) },
  channels_select: {
    key: "selected_channel", initial: "initial_channel", of: ofChannel,
    entries: () => filtered(() => store.state.channels.filter((one) => one.kind === "channel").map((one) => ofChannel(one.id))),
  },
  conversations_select: { key: "selected_conversation", initial: "initial_conversation", of: ofChannel, entries: conversations },
};

function external(element, at) {
  return async (query) => {
    if (query.length < (element.min_query_length ?? 3) && query !== "") return [];
    const answer = await at.context.options(at.blockId, element.action_id, query);
    return answer.map(({ option, group }) => ofOption(option, group));
  };
}

function conversations(element) {
  const filter = element.filter || {};
  const kinds = { public: "channel", private: "private", im: "im", mpim: "mpim" };
  const wanted = filter.include ? new Set(filter.include.map((name) => kinds[name])) : null;
  return filtered(() => store.state.channels
    .filter((one) => !wanted || wanted.has(one.kind))
    .filter((one) => !(filter.exclude_bot_users && one.kind === "im" && person(one.with).bot))
    .map((one) => ofChannel(one.id)));
}

function select(kind, multi) {
  const rule = KINDS[kind];
  const type = multi ? `multi_${kind}` : kind;
  const key = multi ? `${rule.key}s` : rule.key;
  return (element, at) => {
    const { values } = at.context;
    const earlier = values.earlier(at.blockId, element.action_id, type);
    let initial = element[multi ? `${rule.initial}s` : rule.initial];
    if (initial === undefined && element.default_to_current_conversation) initial = multi ? [store.channel] : store.channel;
    const first = [(earlier ? earlier[key] : initial) ?? []].flat();
    const value = (chosen) => ({ [key]: multi ? chosen.map((one) => one.value) : chosen[0]?.value ?? null });
    const field = picker({
      entries: rule.entries(element, at), chosen: first.map(rule.of), multi, placeholder: element.placeholder?.text,
      most: element.max_selected_items, clearable: Boolean(at.field), attributes: described(element, at),
      onChange: (chosen) => changed(element, at, value(chosen), null),
    });
    if (element.focus_on_load) field.control.setAttribute("autofocus", "");
    values.add(at.blockId, element.action_id, {
      read: () => ({ type, ...value(field.chosen()) }),
      check: () => missing(field.chosen().length === 0, at),
    });
    return field.node;
  };
}

/** type -> renderer of every select element. */
export const selectElements = Object.fromEntries(
  Object.keys(KINDS).flatMap((kind) => [[kind, select(kind, false)], [`multi_${kind}`, select(kind, true)]]),
);
