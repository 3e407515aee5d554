// Builds DOM nodes. Data reaches the page as text nodes and attributes only, never as markup.

let counter = 0;

/** A document-wide unique id with a readable prefix. */
export function uniqueId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/**
 * An element. `attributes`: `class`, `testid`, `on: {event: listener}`, `data: {...}`, or any HTML attribute;
 * null, undefined and false leave an attribute out. Children: nodes, strings, nested lists; null is skipped.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      for (const [key, text] of Object.entries(value)) if (text !== undefined) node.dataset[key] = text;
    } else if (name === "testid") {
      node.dataset.testid = value;
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(node, children);
  return node;
}

/** Appends children (nodes, strings, nested lists) to a node. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
}

/** Replaces what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

const SHAPES = {
  hash: "M6 3 4.6 15M12 3l-1.4 12M3 7h12M2.5 11.5h12",
  lock: "M4.5 8V6a4.5 4.5 0 0 1 9 0v2M4 8h10v7.5H4z",
  menu: "M3 5h12M3 9h12M3 13h12",
  close: "M4 4l10 10M14 4 4 14",
  send: "M3 9h9M3 9 2.5 3 16 9 2.5 15z",
  sun: "M9 6a3 3 0 1 0 0 6 3 3 0 0 0 0-6M9 1v2M9 15v2M1 9h2M15 9h2M3.3 3.3l1.4 1.4M13.3 13.3l1.4 1.4M3.3 14.7l1.4-1.4M13.3 4.7l1.4-1.4",
  moon: "M14.5 11A6.5 6.5 0 0 1 7 3.5a6.5 6.5 0 1 0 7.5 7.5z",
  clock: "M9 2a7 7 0 1 0 0 14A7 7 0 0 0 9 2M9 5v4l3 2",
  list: "M3 5h.01M6.5 5h8.5M3 9h.01M6.5 9h8.5M3 13h.01M6.5 13h8.5",
  reply: "M15 14c0-4-2.5-6-6-6H4M7.5 4.5 4 8l3.5 3.5",
  eye: "M1.5 9S4 4 9 4s7.5 5 7.5 5S14 14 9 14 1.5 9 1.5 9zM9 7a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  chevron: "M5 7l4 4 4-4",
  file: "M5 2h5l3.5 3.5V16H5zM10 2v4h3.5",
  bridge: "M1.5 12.5h15M5 15.5V4.5M13 15.5V4.5M1.5 9.5C3.2 9 4.5 7 5 4.5c1.5 6 6.5 6 8 0 .5 2.5 1.8 4.5 3.5 5",
  more: "M9 4v.01M9 9v.01M9 14v.01",
};

/** A decorative line drawing, hidden from screen readers. */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** The address if it is http, https or mailto; null otherwise, so that no script address is ever followed. */
export function safeAddress(address) {
  try {
    const parsed = new URL(address);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A link to another site in a new window; plain content when the address is not allowed. */
export function outsideLink(address, ...children) {
  const href = safeAddress(address);
  const content = children.length ? children : [address];
  return href === null ? el("span", {}, content) : el("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}
