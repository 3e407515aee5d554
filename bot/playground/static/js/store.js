// What the page knows. One object, read everywhere, changed by app.js only.

export const store = {
  boot: null,        // answer of /client/boot
  state: null,       // answer of /client/state of the acting person
  as: null,          // acting person's id
  channel: null,     // id of the open conversation
  tab: "messages",   // of the app: "home" or "messages"
  thread: null,      // ts of the open thread's first message
  clock: { at: 0, read: 0, moved: false }, // playground time in ms, and the page's own clock when it was read
  notices: new Map(), // channel id -> messages that only this page shows, such as a failed command
};

/** The person with this id; for the app's user and unknown ids a stand-in with a name. */
export function person(id) {
  const { people, app } = store.boot;
  const found = people.find((one) => one.id === id);
  if (found) return found;
  if (id === app.bot_user || id === app.bot_id) {
    return { id, handle: app.name.toLowerCase(), name: app.name, role: "app", tz: "UTC", bot: true };
  }
  return { id, handle: id, name: id || "Unknown", role: "", tz: "UTC" };
}

/** The acting person. */
export const me = () => person(store.as);

/** The conversation with this id as the acting person sees it, or undefined. */
export const channelOf = (id) => (store.state ? store.state.channels.find((one) => one.id === id) : undefined);

/** Whether the conversation is the one with the app. */
export const isAppChannel = (channel) => Boolean(channel && channel.kind === "im" && person(channel.with).bot);

/** A conversation's name for people: the channel's own, or the other person's. */
export function channelTitle(channel) {
  return channel.kind === "im" ? person(channel.with).name : channel.name;
}

/** Playground time in milliseconds since 1970. It runs on between two readings. */
export const playgroundNow = () => store.clock.at + (performance.now() - store.clock.read);

/** Takes over a reading of the playground's clock (ISO 8601). */
export function readClock(iso) {
  const at = Date.parse(iso);
  if (!Number.isNaN(at)) Object.assign(store.clock, { at, read: performance.now() });
}

/** Two letters for an avatar. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join("") || "?";
}

/** The address fragment that opens a conversation. */
export function conversationHash(channel, tab) {
  const parts = new URLSearchParams({ as: store.as, channel });
  if (tab) parts.set("tab", tab);
  return `#${parts}`;
}
