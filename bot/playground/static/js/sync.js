// Keeps the store in step with the server: reads what changed, one round at a time, and tells the parts of the page.

import { ApiError, follow, read } from "./api.js";
import { channelOf, readClock, store } from "./store.js";

const listeners = new Map();
let stale = new Set();
let running = null;
let stop = null;

/** Runs `listener` whenever a part of the store ("state", "messages", "thread", "log", "clock", "place") was renewed. */
export function on(part, listener) {
  listeners.set(part, [...(listeners.get(part) || []), listener]);
}

/** Tells the page that a part changed. */
export function emit(part) {
  for (const listener of listeners.get(part) || []) listener();
}

/** Marks parts as out of date and reads them again; resolves when they are renewed. */
export function touch(...parts) {
  for (const part of parts) stale.add(part);
  running ??= round();
  return running;
}

async function round() {
  // Changes often come in bursts; a short wait reads them once.
  await new Promise((resolve) => setTimeout(resolve, 15));
  try {
    while (stale.size) {
      const parts = stale;
      stale = new Set();
      await Promise.all([...parts].map(renew));
    }
    connection(null);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    connection(error.message);
  } finally {
    running = null;
  }
}

const READERS = {
  async state(as) {
    const state = await read("state", { as });
    if (store.as !== as) return;
    store.state = state;
    readClock(state.now);
    emit("state");
    emit("clock");
  },
  async messages(as, channel) {
    if (!channel || !channelOf(channel)) return;
    const { messages } = await read("messages", { as, channel });
    if (store.as !== as || store.channel !== channel) return;
    store.messages = messages;
    emit("messages");
  },
  async thread(as, channel) {
    const thread = store.thread;
    if (!thread || !channel) return;
    const { messages } = await read("messages", { as, channel, thread_ts: thread });
    if (store.as !== as || store.channel !== channel || store.thread !== thread) return;
    store.replies = messages;
    emit("thread");
  },
  async log() {
    emit("log");
  },
};

const renew = (part) => READERS[part](store.as, store.channel);

/** Shows or hides the line about a lost connection. */
export function connection(sentence) {
  const line = document.getElementById("connection");
  line.hidden = sentence === null;
  line.textContent = sentence ? `${sentence} Trying again…` : "";
}

const MEANING = {
  message: ["state", "messages", "thread"], ephemeral: ["messages", "thread"], view: ["state"], home: ["state"],
  channel: ["state", "messages"], clock: ["state"], log: ["log"],
};

/** Follows the events of the acting person from now on. */
export function followActing() {
  stop?.();
  stop = follow(store.as, {
    onOpen: () => touch("state", "messages", "thread", "log"),
    onLost: () => connection("The connection to the playground is lost."),
    onEvent: ({ kind, channel }) => {
      const here = !channel || channel === store.channel;
      touch(...(MEANING[kind] || ["state"]).filter((part) => here || !["messages", "thread"].includes(part)));
    },
  });
}
