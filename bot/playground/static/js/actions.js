// What a person does, as requests to the server. A failure becomes a message that only this page shows.

import { ApiError, send, uploadAs } from "./api.js";
import { playgroundNow, store } from "./store.js";
import { emit, touch } from "./sync.js";

let notes = 0;

/** A message of the page itself in the open conversation. */
export function notice(text, thread = store.thread) {
  notes += 1;
  const key = `${store.as} ${store.channel}`;
  const ts = (playgroundNow() / 1000).toFixed(6);
  const message = { ts, key: `notice-${notes}`, notice: true, ephemeral: true, text, thread_ts: thread || undefined };
  store.notices.set(key, [...(store.notices.get(key) || []), message]);
  emit("messages");
  emit("thread");
}

/** The page's own messages in the open conversation. */
export const noticesHere = () => store.notices.get(`${store.as} ${store.channel}`) || [];

// Sends, reads again what may have changed, and gives {ok, error} also for refusals.
async function tell(name, body) {
  let answer;
  try {
    answer = await send(name, { as: store.as, ...body });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    answer = { ok: false, error: error.message };
  }
  await touch("state", "messages", "thread");
  return answer;
}

/** Uploads a chosen file as the acting person; gives what the workspace knows of it. */
export const upload = (file) => uploadAs(store.as, file);

/** `files` are ids of uploaded files that go with the words. */
export async function say(text, thread, files = []) {
  const answer = await tell("say", { channel: store.channel, text, thread_ts: thread || undefined, files });
  if (answer.ok === false) notice(`Your message was not sent: ${answer.error}`, thread);
  return answer.ok !== false;
}

/** A code such as operation_timeout as Slack words it; a sentence stays a sentence. */
const failure = (what, error) => (/\s/.test(error || "") ? error : `${what} failed with the error '${error}'`);

export async function command(name, text) {
  const answer = await tell("command", { channel: store.channel, command: name, text });
  if (answer.ok === false) notice(failure(name, answer.error), null);
}

/** A press on an element; `place` says where: {message_ts}, {view_id} or {home: true}. */
export async function press(place, blockId, actionId, action, values) {
  const channel = place.message_ts ? store.channel : undefined;
  const answer = await tell("press", { ...place, channel, block_id: blockId, action_id: actionId, action, values });
  return answer.ok === false ? failure(store.boot.app.name, answer.error) : null;
}

/** Options of an external select as [{option, group?}]. */
export async function options(place, blockId, actionId, value) {
  const answer = await send("options", { as: store.as, ...place, block_id: blockId, action_id: actionId, value });
  if (answer.option_groups) {
    return answer.option_groups.flatMap((group) => group.options.map((option) => ({ option, group: group.label.text })));
  }
  return (answer.options || []).map((option) => ({ option }));
}

export const submit = (viewId, values) => tell("submit", { view_id: viewId, values });

export const close = (viewId, everything) => tell("close", { view_id: viewId, everything });

export const openHome = () => tell("open_home", {});

export async function markRead(channel) {
  try {
    await send("read", { as: store.as, channel });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  return touch("state");
}
