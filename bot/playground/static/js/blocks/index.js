// Blocks to DOM nodes. `context` of a surface:
//   surface: "message" | "modal" | "home"
//   values: Values of the surface
//   press(blockId, actionId, action): promise; tells the bot
//   options(blockId, actionId, query): promise of Slack option objects
//   fields: Map of block_id -> {showError(sentence)} for input blocks

import { alert, card, carousel, container } from "./cards.js";
import { dataVisualization } from "./chart.js";
import { input } from "./input.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./table.js";
import { actions, context, contextActions, divider, header, image, markdownBlock, section } from "./text.js";
import { unknownBox } from "./unknown.js";

const BLOCKS = {
  section, header, context, actions, divider, image, input, table, alert, card, carousel, container,
  rich_text: richText, markdown: markdownBlock, data_table: dataTable, context_actions: contextActions,
  data_visualization: dataVisualization,
};

/** One node per block, in order. A block that cannot be shown becomes a grey box with its JSON. */
export function renderBlocks(blocks, context) {
  return (blocks || []).map((block, index) => renderBlock(block, context, index));
}

export function renderBlock(block, context, index = 0) {
  const render = Object.hasOwn(BLOCKS, block?.type) ? BLOCKS[block.type] : null;
  if (!render) return unknownBox("block", block);
  try {
    const at = { context, blockId: block.block_id || `block-${index}`, renderBlocks };
    const node = render(block, at);
    node.classList.add("block", `block-${block.type.replaceAll("_", "-")}`);
    node.dataset.blockId = at.blockId;
    return node;
  } catch (error) {
    // A malformed block must not take the rest of the page with it.
    if (error instanceof TypeError || error instanceof RangeError) return unknownBox("broken block", block);
    throw error;
  }
}
