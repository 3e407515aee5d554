// Collects state.values in Slack's shape: block_id -> action_id -> {type, ...}.

/** The fields of one surface (a modal, the Home tab, a message). */
export class Values {
  /** `kept`: values of an earlier showing of the same view; they win over the blocks' initial values. */
  constructor(kept = {}) {
    this.kept = kept;
    this.fields = [];
  }

  /** From what the server holds of a view. Its empty values say only that nothing was entered yet. */
  static held(state = {}) {
    const filled = ([, value]) => Object.entries(value).some(([key, part]) => key !== "type" && part !== null && part?.length !== 0);
    const entries = Object.entries(state).map(([block, actions]) => [block, Object.fromEntries(Object.entries(actions).filter(filled))]);
    return new Values(Object.fromEntries(entries));
  }

  /** The earlier value of a field, or undefined. */
  earlier(blockId, actionId, type) {
    const value = this.kept[blockId]?.[actionId];
    return value && value.type === type ? value : undefined;
  }

  /** `read()` gives the value object, `check()` a sentence when the entry cannot be sent, else null. */
  add(blockId, actionId, { read, check = () => null }) {
    this.fields.push({ blockId, actionId, read, check });
  }

  collect() {
    const values = {};
    for (const { blockId, actionId, read } of this.fields) {
      values[blockId] = { ...values[blockId], [actionId]: read() };
    }
    return values;
  }

  /** {block_id: sentence} of the entries that Slack's own client would refuse before sending. */
  problems() {
    const found = {};
    for (const { blockId, check } of this.fields) {
      const sentence = check();
      if (sentence && !(blockId in found)) found[blockId] = sentence;
    }
    return found;
  }
}
