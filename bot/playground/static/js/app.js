// Starts the page, keeps the address and the parts together.

import { ApiError, read } from "./api.js";
import { Conversation } from "./channel.js";
import { el, fill } from "./dom.js";
import { Log } from "./log.js";
import { Modal } from "./modal.js";
import { Sidebar } from "./sidebar.js";
import { channelOf, conversationHash, isAppChannel, readClock, store } from "./store.js";
import { followActing, on, touch } from "./sync.js";
import { startTheme } from "./theme.js";
import { Topbar } from "./topbar.js";

const byId = (id) => document.getElementById(id);

async function start() {
  try {
    store.boot = await read("boot");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    fill(byId("surface"), el("div", { class: "empty", role: "alert" }, el("p", {}, error.message),
      el("button", { type: "button", class: "button primary", on: { click: () => window.location.reload() } }, "Try again")));
    return;
  }
  readClock(store.boot.now);
  store.clock.moved = Boolean(store.boot.clock_moved);
  const sidebar = new Sidebar(byId("sidebar"), { onPerson: actAs, onGo: () => drawer(false) });
  const topbar = new Topbar(byId("topbar"), { onMenu: () => drawer(!byId("shell").classList.contains("drawer")), onLog: () => showLog(!log.open) });
  const conversation = new Conversation(byId("surface"), byId("thread"), {
    onTab: (tab) => go(conversationHash(store.channel, tab)),
    onThread: (ts) => {
      store.thread = ts;
      store.replies = null;
      conversation.moved();
    },
  });
  const modal = new Modal({ onClosed: () => (conversation.panel.hidden ? conversation.home.node : conversation.composer.field).focus() });
  const log = new Log(byId("log"), { onClose: () => showLog(false) });
  startTheme(() => topbar.showTheme());

  function showLog(open) {
    log.show(open);
    topbar.log.setAttribute("aria-expanded", String(open));
    if (!open) topbar.log.focus();
  }

  // The sidebar of a narrow screen.
  function drawer(open) {
    byId("shell").classList.toggle("drawer", open);
    byId("scrim").hidden = !open;
    topbar.menu.setAttribute("aria-expanded", String(open));
    byId("main").inert = open;
    if (open) sidebar.button.focus();
  }

  function place() {
    settle();
    sidebar.update();
    topbar.update();
    conversation.moved();
  }

  on("state", () => {
    place();
    if (!conversation.home.node.hidden) conversation.home.update();
    modal.update();
    conversation.seen();
  });
  on("messages", () => conversation.renew());
  on("thread", () => conversation.renewThread());
  on("clock", () => topbar.clock.show());
  on("log", () => log.update());

  byId("scrim").addEventListener("click", () => drawer(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !byId("shell").classList.contains("drawer")) return;
    drawer(false);
    topbar.menu.focus();
  });
  document.addEventListener("visibilitychange", () => conversation.seen());
  window.addEventListener("hashchange", () => {
    const before = store.as;
    follow();
    if (store.as !== before) {
      conversation.composer.wait();
      followActing();
      touch("state", "messages");
    } else if (store.state) {
      place();
    }
  });

  follow();
  followActing();
  touch("state", "messages");
}

// Takes over what the address says: as, channel, tab.
function follow() {
  const asked = new URLSearchParams(window.location.hash.slice(1));
  const people = store.boot.people;
  const wanted = people.find((one) => one.id === asked.get("as") || one.handle === asked.get("as")) || people[0];
  const channel = asked.get("channel") || (store.as === wanted.id ? store.channel : null);
  const moved = store.as !== wanted.id || channel !== store.channel;
  if (store.as !== wanted.id) store.state = null;
  if (moved) Object.assign(store, { thread: null, messages: null, replies: null });
  store.as = wanted.id;
  store.channel = channel;
  store.tab = asked.get("tab") === "home" ? "home" : "messages";
}

// An address without a conversation, or with one the person cannot see, opens the first that fits.
function settle() {
  const channels = store.state.channels;
  if (channelOf(store.channel)) return;
  const named = (one) => (store.channel === "app" ? isAppChannel(one) : one.name === store.channel);
  const found = (store.channel && channels.find(named)) || channels.find((one) => one.member !== false && !isAppChannel(one)) || channels[0];
  if (!found) return;
  Object.assign(store, { channel: found.id, thread: null, messages: null, replies: null });
  window.history.replaceState(null, "", conversationHash(found.id, isAppChannel(found) ? store.tab : undefined));
  touch("messages");
}

function go(hash) {
  if (window.location.hash !== hash) window.location.hash = hash;
}

function actAs(id) {
  const channel = channelOf(store.channel);
  // The app's conversation is another one for every person; the same tab of it opens.
  const parts = new URLSearchParams({ as: id });
  if (isAppChannel(channel)) {
    parts.set("channel", "app");
    parts.set("tab", store.tab);
  } else if (channel) {
    parts.set("channel", channel.id);
  }
  go(`#${parts}`);
}

start();
