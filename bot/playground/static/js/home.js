// The app's Home tab.

import { notice, options, press } from "./actions.js";
import { renderBlocks } from "./blocks/index.js";
import { Values } from "./blocks/values.js";
import { el, fill } from "./dom.js";
import { refocus, whereabouts } from "./message_list.js";
import { store } from "./store.js";

export class Home {
  constructor() {
    this.node = el("div", { class: "home", role: "tabpanel", id: "panel-home", "aria-labelledby": "tab-home", tabindex: "0", testid: "home" });
    this.drawn = null;
  }

  update() {
    const view = store.state.home;
    const sign = JSON.stringify([store.as, view]);
    if (sign === this.drawn) return;
    this.drawn = sign;
    const place = this.node.contains(document.activeElement) && document.activeElement !== this.node ? whereabouts(document.activeElement) : null;
    const scroll = this.node.scrollTop;
    if (!view) {
      fill(this.node, el("div", { class: "empty" }, el("p", {}, `${store.boot.app.name} has not published a Home view for you yet.`)));
      return;
    }
    const problem = el("div", { class: "field-error", role: "alert" });
    const context = {
      surface: "home",
      values: new Values(),
      press: async (blockId, actionId, action) => {
        const sentence = await press({ home: true }, blockId, actionId, action, context.values.collect());
        problem.textContent = sentence || "";
        if (sentence) notice(sentence, null);
      },
      options: (blockId, actionId, query) => options({ home: true, view_id: view.id }, blockId, actionId, query),
    };
    fill(this.node, el("div", { class: "home-body" }, problem, renderBlocks(view.blocks, context)));
    this.node.scrollTop = scroll;
    if (place) refocus(this.node, place);
  }
}
